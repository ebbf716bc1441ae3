// The e-mails that take a request back, which the team may already have read.
import { type Message, sameWords, threadRootOf, writtenMoment } from './message.ts';
import { referenceOf } from './reference.ts';
import type { SlotDate } from './slots.ts';

/** A request that was kept, as far as its cancellation knows it. */
export type Withdrawn = { id: string; receivedAt: Date; dates: readonly SlotDate[] };

/** The e-mail that withdraws a request which the team may already have read; `others` said the same from elsewhere. */
export function cancellationOf({ id }: Withdrawn, at: Date, others: readonly string[]): Message {
  const reference = referenceOf(id);
  const lines = [
    `ANNULATION réf. ${reference}`,
    '',
    'NE PLUS APPELER pour cette demande : la personne l’a annulée.',
    'Ne pas la rappeler pour vérifier.',
    ...(others.length > 0
      ? sameWords(id, others)
      : ['Si la demande n’est pas dans la boîte, il n’y a rien à faire.']),
    '',
    `Annulée le ${writtenMoment(at)} (heure de Paris)`,
  ];
  return {
    kind: 'annulation',
    subject: `ANNULÉE ${reference}`,
    reference,
    thread: [threadRootOf(reference), id],
    text: `${lines.join('\n')}\n`,
    calendars: [],
  };
}

/** The e-mail that withdraws a request of which only the reference and the last two digits of the number are known. */
export function cancellationByReference(reference: string, ending: string, at: Date): Message {
  const lines = [
    `ANNULATION réf. ${reference} (demandée par référence, finissant par ${ending})`,
    '',
    'NE PAS APPELER si la référence et les deux derniers chiffres du numéro sont ceux d’une demande.',
    '',
    `Annulée le ${writtenMoment(at)} (heure de Paris)`,
  ];
  return {
    kind: 'annulation',
    subject: `ANNULÉE ${reference}`,
    reference,
    thread: [threadRootOf(reference)],
    text: `${lines.join('\n')}\n`,
    calendars: [],
  };
}
