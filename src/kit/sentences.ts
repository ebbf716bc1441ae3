// The few sentences that the kit says, each written once.
import { urgent } from '../service/helplines.ts';
import { frenchText } from '../service/interface-text.ts';
import { service } from '../service/service.ts';
import { unbroken } from '../service/typography.ts';

/** What the line is, in words that anybody may read over a shoulder. */
export const appeal = {
  who: `Une ligne téléphonique ${unbroken(`du ${service.owner}.`)}`,
  what: 'On vous écoute, on vous informe, on vous oriente.',
} as const;

/** The words around the urgent numbers. */
export type UrgentWords = { danger: string; or: string; withoutSpeaking: string; text: string; end: string };

const french: UrgentWords = {
  danger: 'En danger :',
  or: frenchText.ou,
  withoutSpeaking: frenchText.sans_parler,
  text: frenchText.sms,
  end: '.',
};

/** The urgent numbers, a line each: to call, to write to. A full-width mark, as in Chinese, brings its own space. */
export function urgentLines(words: UrgentWords = french): [string, string] {
  const { danger, or, withoutSpeaking, text, end } = words;
  const line = (sentence: string) => unbroken(sentence.replaceAll('： ', '：'));
  return [
    line(`${danger} ${urgent.police.number} ${or} ${urgent.europe.number}${end}`),
    line(`${withoutSpeaking} ${text} ${urgent.silent.number}${end}`),
  ];
}
