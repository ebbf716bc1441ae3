// The few sentences that the kit says, each written once.
import { helpline } from '../service/helplines.ts';
import { service } from '../service/service.ts';
import { unbroken } from '../service/typography.ts';

/** What the line is, in words that anybody may read over a shoulder. */
export const appeal = {
  who: `Une ligne téléphonique ${unbroken(`du ${service.owner}.`)}`,
  what: 'On vous écoute, on vous informe, on vous oriente.',
} as const;

/** The words around the urgent numbers. */
export type UrgentWords = { danger: string; or: string; withoutSpeaking: string; text: string; end: string };

const frenchWords: UrgentWords = {
  danger: 'En danger :',
  or: 'ou',
  withoutSpeaking: 'Sans parler :',
  text: 'SMS au',
  end: '.',
};

/** The urgent numbers, a line each: to call, to write to. A full-width mark, as in Chinese, brings its own space. */
export function urgent(words: UrgentWords = frenchWords): [string, string] {
  const { danger, or, withoutSpeaking, text, end } = words;
  const [police, europe, silent] = ['17', '112', '114'].map((key) => helpline(key).number);
  const line = (said: string) => unbroken(said.replaceAll('： ', '：'));
  return [
    line(`${danger} ${police} ${or} ${europe}${end}`),
    line(`${withoutSpeaking} ${text} ${silent}${end}`),
  ];
}
