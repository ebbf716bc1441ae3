// What the page after the form needs to know, carried in a sealed token: no number, no name, no typed word. An address stays
// in a history and in a proxy's log, so it must hold nothing that a key could betray; nor may its length tell anything.
import {
  byField,
  type FieldName,
  fields,
  type OtherAnswer,
  type Slot,
  type Tries,
  type Voicemail,
} from './fields.ts';
import type { Rappel } from './rappel.ts';
import { type Box, readOpaque, writeOpaque } from './seal.ts';

/** How long a request can be changed from its page. */
export const changeableMinutes = 30;

/**
 * A kept request, seen from the page that confirms it. `writtenAt`: when that page was answered, later than `receivedAt`
 * for a form sent again. `typed` names the free texts that were filled in. `replaces`: the id of the request whose place it
 * took, as its own page named it.
 */
export type Outcome = {
  id: string;
  receivedAt: number;
  writtenAt: number;
  slots: Slot[];
  otherAnswer: OtherAnswer | undefined;
  voicemail: Voicemail | undefined;
  tries: Tries | undefined;
  typed: FieldName[];
  replaces?: string | undefined;
  cancelled?: true;
};

/** The outcome of a request, for a page answered at an instant. */
export function outcomeOf(
  rappel: Rappel,
  { id, receivedAt, replaces }: Pick<Outcome, 'id' | 'receivedAt' | 'replaces'>,
  at: Date,
): Outcome {
  const { slots, otherAnswer, voicemail, tries } = rappel;
  const typed = byField(rappel)
    .filter(({ name, answer }) => answer && 'limit' in fields[name])
    .map(({ name }) => name);
  const choices = { slots, otherAnswer, voicemail, tries };
  return { id, receivedAt, writtenAt: at.getTime(), ...choices, typed, replaces };
}

/** What is left to show of a request that was taken back at an instant. */
export function cancelledOutcome({ id, receivedAt }: Pick<Outcome, 'id' | 'receivedAt'>, at: Date): Outcome {
  const nothing = { slots: [], otherAnswer: undefined, voicemail: undefined, tries: undefined, typed: [] };
  return { id, receivedAt, writtenAt: at.getTime(), ...nothing, cancelled: true };
}

/** The form of a request as far as its outcome knows it: its choices. What was typed is kept nowhere. */
export function choicesIn(outcome: Outcome): FormData {
  const form = new FormData();
  for (const { name, answer } of byField(outcome))
    for (const choice of [answer].flat()) if (typeof choice === 'string') form.append(name, choice);
  return form;
}

/** An outcome as an opaque text for an address or a hidden field. */
export function writeToken(outcome: Outcome, box: Box): string {
  return writeOpaque(outcome, box);
}

/** The outcome in a token, or undefined when it is forged, cut, or written more than thirty minutes ago. */
export function readToken(token: string, at: Date, box: Box): Outcome | undefined {
  const outcome = readOpaque<Outcome>(token, box);
  return outcome && isRecent(outcome.writtenAt, at) ? outcome : undefined;
}

/** The same, only while its request can be changed: for thirty minutes, whatever its page was sent again. */
export function readChangeable(token: string, at: Date, box: Box): Outcome | undefined {
  const outcome = readToken(token, at, box);
  return outcome && isChangeable(outcome, at) ? outcome : undefined;
}

/** Whether a request can still be changed from its page. */
export function isChangeable({ receivedAt }: Pick<Outcome, 'receivedAt'>, at: Date): boolean {
  return isRecent(receivedAt, at);
}

/**
 * Whether a time is thirty minutes away at most. A time to come, beyond what clocks differ by, was written before a clock was
 * set back: nobody knows how old it is.
 */
export function isRecent(time: number, at: Date): boolean {
  return Math.abs(at.getTime() - time) <= changeableMinutes * 60_000;
}

/** The id of the request that a token speaks of, however old it is; undefined when the token is not ours. */
export function requestOf(token: string, box: Box): string | undefined {
  return readOpaque<Outcome>(token, box)?.id;
}
