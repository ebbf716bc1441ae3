// A sentence of the journey as HTML: its own tags, the number and the addresses that it names, and what the page puts there.
import { getEntry } from 'astro:content';
import { frenchText } from '../service/interface-text.ts';
import { hours, phone, service } from '../service/service.ts';
import { journeyPath, type OtherTongue, type Tongue } from '../service/tongues.ts';
import { type FrenchWord, sentenceIn, type TranslatedWord, type Word, wordIn } from '../service/words.ts';

/** A sentence in a language. `values` are plain text; `marked` is HTML of ours, for any place that is left. */
export async function said(
  tongue: Tongue,
  word: Word | FrenchWord | TranslatedWord,
  { values = {}, marked = '' }: { values?: Record<string, string>; marked?: string } = {},
): Promise<string> {
  const words = wordIn(tongue, word);
  if (!words.includes('{')) return words;
  const plain = Object.entries({ ...values, horaires: await hoursIn(tongue), service: service.owner });
  return sentenceIn(tongue, word, {
    ...{ reference: marked, numero: number },
    'page-formulaire': journeyPath('form', tongue),
    'page-annuler': journeyPath('cancel', tongue),
    'page-donnees': '/donnees',
    ...Object.fromEntries(
      plain.map(([place, value]) => [
        place,
        tongue === 'francais' ? escaped(value) : `<bdi>${escaped(value)}</bdi>`,
      ]),
    ),
  });
}

/** The hours of the line, as they stand inside of a sentence of a language. */
export async function hoursIn(tongue: Tongue): Promise<string> {
  if (tongue === 'francais') return hours.written;
  return (await languageText(tongue)).data.mots.horaires;
}

/** The words around a page, with the language (BCP 47) and the direction in which they are read. */
export async function wordsAround(tongue: Tongue) {
  if (tongue === 'francais') return { langue: 'fr', sens: undefined, mots: frenchText };
  return (await languageText(tongue)).data;
}

/** The page of another language, with the words around it. Throws when there is none. */
export async function languageText(tongue: Tongue) {
  const text = await getEntry('languages', tongue);
  if (!text) throw new Error(`No text for ${tongue}`);
  return text;
}

/** How to leave, to erase, and whom else to call, in a language. Throws when there is no such text. */
export async function tracesText(tongue: OtherTongue) {
  const text = await getEntry('traces', tongue);
  if (!text) throw new Error(`No traces in ${tongue}`);
  return text;
}

const number = `<a href="tel:${phone.dialled}" dir="ltr" translate="no">${phone.written}</a>`;

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
