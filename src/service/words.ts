// Every sentence of the journey of a request, in each language: the form, its answers, its refusals. Those who write and
// those who translate change the files; src/writing/ checks them.
import anglais from '../content/langues/anglais.json' with { type: 'json' };
import arabe from '../content/langues/arabe.json' with { type: 'json' };
import bengali from '../content/langues/bengali.json' with { type: 'json' };
import chinois from '../content/langues/chinois.json' with { type: 'json' };
import espagnol from '../content/langues/espagnol.json' with { type: 'json' };
import francais from '../content/langues/francais.json' with { type: 'json' };
import persan from '../content/langues/persan.json' with { type: 'json' };
import polonais from '../content/langues/polonais.json' with { type: 'json' };
import portugais from '../content/langues/portugais.json' with { type: 'json' };
import roumain from '../content/langues/roumain.json' with { type: 'json' };
import russe from '../content/langues/russe.json' with { type: 'json' };
import tamoul from '../content/langues/tamoul.json' with { type: 'json' };
import turc from '../content/langues/turc.json' with { type: 'json' };
import ukrainien from '../content/langues/ukrainien.json' with { type: 'json' };
import vietnamien from '../content/langues/vietnamien.json' with { type: 'json' };
import type { OtherTongue, Tongue } from './tongues.ts';

const { mots, francais_seul, traductions_seules } = francais;

/** A sentence of every language, by its key. */
export type Word = keyof typeof mots;

/** One that only the French form says, because it asks for free text that the team must be able to read. */
export type FrenchWord = keyof typeof francais_seul;

/** One that only the other languages say. */
export type TranslatedWord = keyof typeof traductions_seules;

type Translation = { dates: string; relu: boolean; mots: Record<Word | TranslatedWord, string> };

const translations: Record<OtherTongue, Translation> = {
  anglais,
  arabe,
  bengali,
  chinois,
  espagnol,
  persan,
  polonais,
  portugais,
  roumain,
  russe,
  tamoul,
  turc,
  ukrainien,
  vietnamien,
};

const french: Record<string, string> = { ...mots, ...francais_seul };

/** A sentence in a language, its places still to be filled. Throws when the language does not say it. */
export function wordIn(tongue: Tongue, word: Word | FrenchWord | TranslatedWord): string {
  const words: Record<string, string> = tongue === 'francais' ? french : translations[tongue].mots;
  const found = words[word];
  if (found === undefined) throw new Error(`« ${word} » is not said in ${tongue}`);
  return found;
}

/** A sentence with a value in each of its places. Throws when a place stays empty. */
export function sentenceIn(
  tongue: Tongue,
  word: Word | FrenchWord | TranslatedWord,
  values: Record<string, string>,
): string {
  return wordIn(tongue, word).replace(/\{([a-z-]+)\}/g, (_, place: string) => {
    const value = values[place];
    if (value === undefined) throw new Error(`« ${word} » has no value for ${place}`);
    return value;
  });
}

/** Whether a translator has read the words of a language. */
export function isReviewed(tongue: OtherTongue): boolean {
  return translations[tongue].relu;
}

/** The tag (BCP 47) under which `Intl` writes dates of a language, with the figures that its readers dial. */
export function datesOf(tongue: Tongue): string {
  return tongue === 'francais' ? francais.dates : translations[tongue].dates;
}
