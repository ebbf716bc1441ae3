// What is to correct in a form, and its words in each language.
import type { Tongue } from '../service/tongues.ts';
import { type FrenchWord, sentenceIn, type TranslatedWord, type Word, wordIn } from '../service/words.ts';
import { type FieldName, fields } from './fields.ts';

/** The key of a sentence that says what is to correct. */
export type ProblemWord = Extract<Word | FrenchWord | TranslatedWord, `erreur.${string}`>;

/** One thing to correct, to be said beside its field. */
export type Problem = { field: FieldName; word: ProblemWord };

/** Its kind sentence in a language; alone in a summary, it names its field. */
export function problemIn(tongue: Tongue, { field, word }: Problem): string {
  const question = fields[field];
  const limite = 'limit' in question ? String(question.limit) : '';
  return sentenceIn(tongue, word, { champ: wordIn(tongue, `champ.${field}.court`), limite });
}
