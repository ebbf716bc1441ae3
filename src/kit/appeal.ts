// The few sentences that the kit says, each written once.
import { helpline } from '../service/helplines.ts';
import { service } from '../service/service.ts';
import { unbroken } from '../service/typography.ts';

/** What the line is, in words that anybody may read over a shoulder. */
export const appeal = {
  who: `Une ligne téléphonique ${unbroken(`du ${service.owner}.`)}`,
  what: 'On vous écoute, on vous informe, on vous oriente.',
  cost: 'Appel non surtaxé',
} as const;

/** The words around the urgent numbers. */
export type UrgentWords = { danger: string; or: string; withoutSpeaking: string; text: string };

const frenchWords: UrgentWords = {
  danger: 'En danger :',
  or: 'ou',
  withoutSpeaking: 'Sans parler :',
  text: 'SMS au',
};

/** The urgent numbers, a line each: to call, to write to. */
export function urgent({ danger, or, withoutSpeaking, text }: UrgentWords = frenchWords): [string, string] {
  const [police, europe, silent] = ['17', '112', '114'].map((key) => helpline(key).number);
  return [
    unbroken(`${danger} ${police} ${or} ${europe}.`),
    unbroken(`${withoutSpeaking} ${text} ${silent}.`),
  ];
}
