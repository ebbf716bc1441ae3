// The letters of the paper kit: Noto as npm brings it, a file for each alphabet, embedded in what is printed.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { trueTypeOf } from './woff.ts';

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
  const bytes = read.get(file) ?? trueTypeOf(readFileSync(file));
  read.set(file, bytes);
  return bytes;
}
