// How easy a French text is to read, by the formula of Kandel and Moles (1958), which fits Flesch's to French:
// 207 − 1.015 × words by sentence − 73.6 × syllables by word. 100 is very easy, under 30 very hard.

/** Counts of a text given as blocks (a heading, a paragraph, an item each). */
export type Reading = { sentences: string[]; wordsBySentence: number; ease: number };

/** Measures a text. A block without a full stop is a sentence. Throws for a text without words. */
export function readingOf(blocks: readonly string[]): Reading {
  const sentences = blocks
    .flatMap((block) => block.split(/(?<=[.!?…])\s+/))
    .filter((sentence) => /\p{L}/u.test(sentence));
  const words = sentences.flatMap(wordsOf);
  if (words.length === 0) throw new Error('a text without words');
  const wordsBySentence = words.length / sentences.length;
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return {
    sentences,
    wordsBySentence,
    ease: 207 - 1.015 * wordsBySentence - (73.6 * syllables) / words.length,
  };
}

/** Words of a text, figures included; « l’aide » is one. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\d]+(?:’[\p{L}\d]+)*/gu) ?? [];
}

/** Groups of vowels, without a last e that nobody pronounces; at least one. */
export function syllablesOf(word: string): number {
  const said = word
    .toLowerCase()
    .replace(/(?<=..)es?$/, '')
    .replace(/qu|gu(?=[eiéèê])/g, 'k');
  return Math.max(1, said.match(/[aeiouyàâäéèêëîïôöùûüœæ]+/g)?.length ?? 0);
}
