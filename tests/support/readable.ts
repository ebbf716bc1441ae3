// Looks for words where nothing may be read: in files, in the ways in which bytes are usually written.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The words of a list that can be read in some bytes: plain, UTF-16, hexadecimal, or base64 from any alignment. */
export function readableIn(bytes: Uint8Array, words: string[]): string[] {
  const raw = Buffer.from(bytes).toString('latin1');
  const views = [raw, raw.replace(/\s+/g, '')];
  return words.filter((word) =>
    writingsOf(word).some((writing) => views.some((view) => view.includes(writing))),
  );
}

/** The same in every file under a folder, as `word in file`. */
export function readableUnder(folder: string, words: string[]): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.flatMap((name) => {
    const file = join(folder, name);
    if (!statSync(file).isFile()) return [];
    return readableIn(readFileSync(file), words).map((word) => `${word} in ${name}`);
  });
}

function writingsOf(word: string): string[] {
  const utf8 = Buffer.from(word);
  const utf16 = Buffer.from(word, 'utf16le');
  const bytes = [utf8, utf16, Buffer.from(utf16).swap16(), Buffer.from(word, 'latin1')];
  const hex = bytes.flatMap((one) => [one.toString('hex'), one.toString('hex').toUpperCase()]);
  return [...bytes.map((one) => one.toString('latin1')), ...hex, ...bytes.flatMap(base64Of)];
}

// What base64 shows of some bytes, wherever they begin in a group of three.
function base64Of(bytes: Buffer): string[] {
  return [0, 1, 2].map((skipped) => {
    const whole = bytes.subarray(skipped);
    return whole.subarray(0, whole.length - (whole.length % 3)).toString('base64');
  });
}
