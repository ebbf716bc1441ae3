// The letters of the paper kit: Noto as npm brings it, a file for each alphabet, embedded in what is printed.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { inflateSync } from 'node:zlib';

const require = createRequire(import.meta.url);

/** How heavy letters are. */
export type Weight = 400 | 700;

/** Letters that live in one file. */
export type Alphabet = keyof typeof letters;

const letters = {
  latin: /[\0-\u00ff\u0131\u0152\u0153\u2000-\u206f]/,
  'latin-ext': /[\u0100-\u02af\u1e00-\u1eff]/,
  cyrillic: /[\u0400-\u045f\u0490\u0491]/,
  arabic: /[\u0600-\u06ff]/,
  tamil: /[\u0b80-\u0bff]/,
  'chinese-simplified': /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/,
};

const notoSans = require.resolve('@fontsource/noto-sans/package.json');
const otherNoto: Partial<Record<Alphabet, string>> = {
  arabic: require.resolve('@fontsource/noto-sans-arabic/package.json'),
  tamil: require.resolve('@fontsource/noto-sans-tamil/package.json'),
  'chinese-simplified': require.resolve('@fontsource/noto-sans-sc/package.json'),
};

const read = new Map<string, Buffer>();

/** Every alphabet that can be printed. */
export const alphabets = Object.keys(letters) as Alphabet[];

/** Whether every letter can be printed. Others ask for typefaces that we do not have. */
export function canPrint(text: string): boolean {
  return [...text].every((letter) => alphabetOf(letter));
}

/** The alphabet of a letter, if we have it. */
export function alphabetOf(letter: string): Alphabet | undefined {
  return alphabets.find((alphabet) => letters[alphabet].test(letter));
}

/** The typeface of an alphabet, read once. */
export function typeface(alphabet: Alphabet, weight: Weight): Buffer {
  const home = dirname(otherNoto[alphabet] ?? notoSans);
  const file = join(home, `files/${basename(home)}-${alphabet}-${weight}-normal.woff`);
  const bytes = read.get(file) ?? unwrapped(readFileSync(file));
  read.set(file, bytes);
  return bytes;
}

/**
 * The TrueType file in a WOFF one, which deflates its tables. fontkit reads both, but fails on the accented letters of a
 * WOFF when it keeps only those in use. Source: WOFF 1.0, sections 3 to 5.
 */
export function unwrapped(woff: Buffer): Buffer {
  const tables = Array.from({ length: woff.readUInt16BE(12) }, (_, index) => 44 + 20 * index).map((entry) => {
    const [start = 0, deflated = 0, length = 0] = [4, 8, 12].map((field) => woff.readUInt32BE(entry + field));
    const bytes = woff.subarray(start, start + deflated);
    return { entry, length, bytes: deflated < length ? inflateSync(bytes) : bytes };
  });
  const head = Buffer.alloc(12 + 16 * tables.length);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(tables.length, 4); // the search fields that follow are hints, which nobody needs
  const parts: Buffer[] = [head];
  let at = head.length;
  for (const [index, { entry, length, bytes }] of tables.entries()) {
    const row = 12 + 16 * index;
    woff.copy(head, row, entry, entry + 4);
    woff.copy(head, row + 4, entry + 16, entry + 20);
    head.writeUInt32BE(at, row + 8);
    head.writeUInt32BE(length, row + 12);
    const padding = Buffer.alloc(-length & 3);
    parts.push(bytes, padding);
    at += length + padding.length;
  }
  return Buffer.concat(parts);
}
