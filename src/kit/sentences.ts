// The few sentences that the kit says, each written once.
import { helpline, urgent } from '../service/helplines.ts';
import { frenchText } from '../service/interface-text.ts';
import { hours, service } from '../service/service.ts';
import { capital, unbroken } from '../service/typography.ts';
import { filled } from '../writing/texts.ts';

/** What the line is, in words that anybody may read over a shoulder. */
export const appeal = {
  who: `Une ligne téléphonique ${unbroken(`du ${service.owner}.`)}`,
  what: `On vous écoute, on vous informe, ${unbroken('on vous oriente.')}`,
  tabs: 'On vous écoute.',
} as const;

/** The same said plainly, for a place where one is alone: the words of the home page, where each has its facts. */
export const plainAppeal = {
  question: ['Des violences', 'dans le couple', 'ou la famille ?'].map(unbroken).join(' '),
  comfort: 'Ce que vous vivez n’est pas de votre faute.',
  answer: 'Vous pouvez en parler.',
  forWhom: 'Pour toute personne majeure, femme ou homme, dans le Val-de-Marne.',
  others: 'Les proches peuvent appeler aussi.',
  freely: 'L’appel n’oblige à rien, et un doute suffit.',
  trace: 'Le numéro reste dans le journal d’appels, et peut être sur la facture.',
} as const;

/** The hours, as a sentence starts. */
export const hoursLine = capital(hours.written, 'fr');

/** The sentences of the urgent numbers, each with the places of its own, and the mark that ends them. */
export type UrgentWords = { danger: string; withoutSpeaking: string; text: string; end: string };

const french: UrgentWords = {
  danger: 'En danger : {17} ou {112}',
  withoutSpeaking: frenchText.sans_parler,
  text: frenchText.sms,
  end: '.',
};

/** The urgent numbers, a line each: to call, to write to. */
export function urgentLines(words: UrgentWords = french): [string, string] {
  const { danger, withoutSpeaking, text, end } = words;
  const toWrite = filled(text, () => urgent.silent.number);
  return [
    unbroken(`${filled(danger, (key) => helpline(key).number)}${end}`),
    unbroken(`${filled(withoutSpeaking, () => toWrite)}${end}`),
  ];
}
