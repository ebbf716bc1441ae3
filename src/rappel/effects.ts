// The effects handed to those who receive: time, chance, keys and the outbox. The domain reaches nothing by itself.
import type { Opening } from '../service/service.ts';
import type { Journal } from './journal.ts';
import type { Message } from './message.ts';
import type { Envelope, Outbox } from './outbox.ts';
import { type ParseRappel, parserFor } from './rappel.ts';
import type { Box } from './seal.ts';
import { type SlotDates, slotDatesFor } from './slots.ts';

/** How often the domain begins again because another request came in between; then it gives up. */
export const mostTries = 5;

/** What follows from the hours of a line. */
type ByHours = {
  opening: Opening;
  /** Reads a posted form. */
  parse: ParseRappel;
  slotDates: SlotDates;
};

/** What `receive` and its neighbours are handed. */
export type ReceiveEffects = ByHours & {
  now(): Date;
  /** Thirty-two random hexadecimal digits. */
  newId(): string;
  /** Closes a message; its envelope is that under which it is kept: it is closed with it. */
  seal(message: Message, envelope: Envelope): Promise<Uint8Array>;
  /** The team's own address. */
  mailbox: string;
  /** A keyed fingerprint, in hexadecimal, of a text that begins with its kind (`cle:`, `contenu:`…): two kinds never meet. */
  digest(text: string): string;
  /** What addresses carry, for thirty minutes. */
  tokens: Box;
  /** What pages carry to take a request back. */
  cancellations: Box;
  /** The last two digits of numbers, at rest. */
  endings: Box;
  outbox: Outbox;
  /** Tells the courier that something waits. */
  wake(): void;
  /** Whether what is kept now is likely to reach the team late. */
  isMailLate(): Promise<boolean>;
  /** Writes an event with a code, never words. */
  journal: Journal;
};

/** The effects that follow from the hours of a line, made once for all its forms. */
export function byHours(opening: Opening): ByHours {
  return { opening, parse: parserFor(opening), slotDates: slotDatesFor(opening) };
}

/** The error of who began again too often. */
export function overtaken(): Error {
  return Object.assign(new Error('Other requests came in between each time'), { code: 'OVERTAKEN' });
}
