// The sentences of the urgent numbers, cut where the numbers stand in them.
import type { InterfaceText } from '../service/interface-text.ts';

/** What stands around 17 and 112, then around 114 and inside its link, in the words of a language. */
export function urgentPieces({ danger, sans_parler, sms }: InterfaceText) {
  const [before, between, after] = danger.split(/\{\d+\}/);
  const [first, last] = sans_parler.split('{114}');
  const [send, sent] = sms.split('{114}');
  return { before, between, after, first, last, send, sent };
}
