// The e-mails that take a request back, which the team may already have read.
import { type Message, textOf } from './message.ts';
import { calendarOf } from './message-calendar.ts';
import { writtenMoment } from './message-moments.ts';
import { outOfAgenda, sameWords } from './message-related.ts';
import { rootOf, threadOf } from './message-thread.ts';
import { referenceOf } from './reference.ts';
import type { SlotDate } from './slots.ts';

/** A request that was kept, as far as its cancellation knows it. */
export type Withdrawn = { id: string; receivedAt: Date; dates: readonly SlotDate[] };

/** The e-mail that withdraws a request which the team may already have read; `others` said the same from elsewhere. */
export function cancellationOf({ id, dates }: Withdrawn, at: Date, others: readonly string[]): Message {
  const reference = referenceOf(id);
  const sections = [
    [`ANNULATION réf. ${reference}`],
    [
      'NE PLUS APPELER pour cette demande : la personne l’a annulée.',
      'Ne pas la rappeler pour vérifier.',
      ...(others.length > 0
        ? sameWords(id, others)
        : ['Si la demande n’est pas dans la boîte, il n’y a rien à faire.']),
      outOfAgenda(reference),
    ],
    [`Annulée le ${writtenMoment(at)} (heure de Paris)`],
  ];
  const thread = threadOf([...others, id]); // where the mail of one of these left, it is beside that one
  const calendars = dates.length > 0 ? [calendarOf('CANCEL', dates, { id, at })] : [];
  return { ...named(reference), thread, text: textOf(sections), calendars };
}

/** The e-mail that withdraws a request of which only the reference and the last two digits of the number are known. */
export function cancellationByReference(reference: string, ending: string, at: Date): Message {
  const sections = [
    [`ANNULATION réf. ${reference} (demandée par référence, finissant par ${ending})`],
    [
      `NE PLUS APPELER pour la demande qui porte cette référence, si son numéro finit par ${ending}.`,
      'Si la référence correspond, mais pas les chiffres : dans le doute, ne pas appeler.',
      'Ne pas rappeler pour vérifier. Si aucune demande ne correspond, il n’y a rien à faire.',
      outOfAgenda(reference),
    ],
    [`Demandée le ${writtenMoment(at)} (heure de Paris)`],
  ];
  return { ...named(reference), thread: [rootOf(reference)], text: textOf(sections), calendars: [] };
}

function named(reference: string): Pick<Message, 'kind' | 'subject' | 'reference'> {
  return { kind: 'annulation', subject: `ANNULÉE ${reference}`, reference };
}
