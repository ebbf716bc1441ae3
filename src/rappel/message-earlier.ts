// Messages that an earlier version kept, and that still wait when this one starts: they had a text and one calendar.
import type { Message } from './message.ts';
import { rootOf } from './message-thread.ts';
import type { Envelope } from './outbox.ts';
import { referenceOf } from './reference.ts';

/** A message of the first version. */
export type EarlierMessage = { text: string; calendar?: string };

/** A message as it is now, from what was kept under an envelope. */
export function messageIn(kept: Message | EarlierMessage, { id, isTest }: Envelope): Message {
  if ('subject' in kept) return kept;
  const cancelled = /^ANNULATION réf\. (.+)$/m.exec(kept.text.split('\n')[0] ?? '')?.[1];
  const reference = cancelled ?? referenceOf(id);
  return {
    ...(cancelled ? { kind: 'annulation', subject: `ANNULÉE ${reference}` } : named(reference, isTest)),
    reference,
    thread: [rootOf(reference)],
    text: kept.text,
    calendars: kept.calendar ? [{ method: 'PUBLISH', file: kept.calendar }] : [],
  };
}

function named(reference: string, isTest: boolean | undefined): Pick<Message, 'kind' | 'subject'> {
  return isTest
    ? { kind: 'essai', subject: 'Essai technique' }
    : { kind: 'demande', subject: `Demande ${reference}` };
}
