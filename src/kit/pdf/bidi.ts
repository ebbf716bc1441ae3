// The order of letters on paper: Arabic goes from right to left, and the figures inside it from left to right.
import bidiFactory from 'bidi-js';
import { type Alphabet, alphabetOf } from './typeface.ts';

/** Letters that stand together, and live in one typeface. */
export type Run = {
  text: string;
  alphabet: Alphabet;
  /** What is read, where a mark is drawn turned over: a bracket, from right to left. */
  says: string;
  /** Where it is in what is read. */
  at: number;
};

/** The side from which words are read. */
export type Direction = 'ltr' | 'rtl';

const bidi = bidiFactory();
const control = /[\u2066-\u2069]/g;

/** Words that keep their own order from left to right, whatever stands around them: « 9 h » in Arabic. */
export function fromLeft(words: string): string {
  return `\u2066${words}\u2069`;
}

/** The same words, without the marks that keep an order. */
export function withoutMarks(words: string): string {
  return words.replace(control, '');
}

/** The side from which a text is read. */
export function directionOf(text: string): Direction {
  return bidi.getEmbeddingLevels(text).paragraphs[0]?.level === 1 ? 'rtl' : 'ltr';
}

/**
 * The runs of a line as they stand on paper, from left to right. Arabic letters are left in the order in which they are
 * written: the typeface joins and turns them. Throws for a letter that nobody could read on paper.
 */
export function runsOf(line: string, direction: Direction): Run[] {
  const embedding = bidi.getEmbeddingLevels(line, direction);
  const mirrored = bidi.getMirroredCharactersMap(line, embedding.levels);
  const runs: (Run & { level: number })[] = [];
  for (const at of bidi.getReorderedIndices(line, embedding)) {
    const says = line.charAt(at);
    const text = mirrored.get(at) ?? says;
    if (withoutMarks(text) === '') continue;
    const alphabet = alphabetOf(text);
    if (!alphabet) throw new Error(`No typeface of the kit has the letter ${text}`);
    const level = embedding.levels[at] ?? 0;
    const last = runs.at(-1);
    if (last && last.alphabet === alphabet && last.level === level && staysWhole(last))
      lengthen(last, text, at);
    else runs.push({ text, alphabet, says, at, level });
  }
  return runs;
}

// Spaces and marks that go from right to left are runs of their own: so many stand in the order of paper only.
function staysWhole({ alphabet, level }: Run & { level: number }): boolean {
  return alphabet === 'arabic' || level % 2 === 0;
}

function lengthen(run: Run, letter: string, at: number): void {
  run.text = run.alphabet === 'arabic' ? letter + run.text : run.text + letter;
  run.says = run.text;
  run.at = Math.min(run.at, at);
}
