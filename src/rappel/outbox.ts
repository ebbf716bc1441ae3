// What every outbox promises, on one machine or on several.
import type { Count, CountName } from './counts.ts';
import type { Fingerprints, Kept, Mark, Recognised } from './recognise.ts';

/** A message closed for the team; nothing in it can be read without its key. Times are milliseconds since 1970. */
export type SealedMessage = {
  id: string;
  receivedAt: number;
  sealed: Uint8Array;
  /** What to send in its place from a time on: the last moment to call has passed by then. */
  late?: { from: number; sealed: Uint8Array } | undefined;
  /** A test of the way itself: it goes to the mailbox for tests. */
  isTest?: boolean | undefined;
  /** Perhaps sent by a machine: it leaves after all that is not. */
  isUnverified?: boolean | undefined;
  /** It leaves for the second mailbox of the team: the first one sent it back. */
  isSecond?: boolean | undefined;
};

/** What names a message, and tells to which mailbox it goes. */
export type Envelope = Pick<SealedMessage, 'id' | 'receivedAt' | 'isTest'>;

/** A message on its way; `attempts` counts the one under way. */
export type SealedRappel = SealedMessage & { attempts: number };

/**
 * A request to keep. `replaces` is the id of the request whose place it takes. `phone` is a fingerprint of its number, and
 * `ending` its last two digits, sealed: kept beside `phone`, or beside a duplicate. `counts` is what it counts as, if it is
 * kept and changes nothing. The last two: its mail speaks of what `others` gives for the request that it replaces, of what
 * `given` gives for its number.
 */
export type Entry = SealedMessage & {
  form: Fingerprints;
  replaces?: string | undefined;
  phone?: Mark | undefined;
  ending?: Uint8Array | undefined;
  counts?: readonly CountName[] | undefined;
  tellsOfOthers?: boolean | undefined;
  tellsOfGiven?: boolean | undefined;
};

/** What tells the team that a request was taken back. `tellsOfOthers`: it speaks of what `others` gives for that request. */
export type Notice = SealedMessage & Pick<Entry, 'tellsOfOthers'>;

/**
 * What became of an entry. `known`: the same form was kept before; only its key is noted. `duplicate`: its words were kept
 * before, from elsewhere; its id is remembered, its message is not kept. `overtaken`: what its mail says of other requests
 * is no longer true; nothing is added.
 */
export type Put =
  | { kind: 'kept' }
  | { kind: 'known'; known: Kept }
  | { kind: 'duplicate' }
  | { kind: 'overtaken' };

/** Which sending of a message came back: the one to its own mailbox, or the one to the second. */
export type Sending = 'first' | 'second';

/** A message that came back, at a time; `hasSecond`: there is a second mailbox to send it to. */
export type Bounce = { id: string; sending: Sending; at: number; hasSecond: boolean };

/**
 * What becomes of a message that came back. `sent-again`: it waits once more, for the second mailbox. `bounced`: there is no
 * way left; it is kept until `sendBack`. `void`: it was taken back or replaced since, and nobody must act on it. `unknown`:
 * no such sending is watched.
 */
export type Bounced = 'sent-again' | 'bounced' | 'void' | 'unknown';

/** What came back: the ids of those without a way left, and how many were sent again. */
export type Returns = { bounced: string[]; sentAgain: number };

/** How many messages wait, and since when the oldest of those that can be opened. */
export type Waiting = { count: number; oldestAt: number | undefined };

/** How long a form sent again is recognised, and a number. */
export const rememberedMs = 48 * 3_600_000;

/**
 * How much longer it is known which request took the place of which, shares the message of which, or was taken back: by ids
 * alone. Some page may still take back a request until its first moment, three weeks away when two holidays put it off.
 */
export const linkedMs = 31 * 24 * 3_600_000;

/** How many ids `given`, `others` and `returns` list at most. */
export const mostListed = { given: 100, others: 5, returns: 100 };

/** How long a bounce of a message is recognised, by its id alone: mail servers try for five days, and some time passes. */
export const watchedMs = 8 * 24 * 3_600_000;

/** The durable place between the form and the mail server. Every method rejects when the disk cannot follow. */
export type Outbox = {
  /** The request kept under a fingerprint since a time, if any. */
  find(mark: Mark): Promise<Kept | undefined>;
  /** What a form is, as things stand: `put` decides again. */
  recognise(form: Fingerprints): Promise<Recognised>;
  /** Keeps a request, unless it is known; once it resolves, a power cut cannot lose it. */
  put(entry: Entry): Promise<Put>;
  /** The request that took the place of `id`, and of that one, to the last: `id` itself when nothing did. */
  latest(id: string): Promise<string>;
  /** The requests that said the same from elsewhere and share one message with `id`: some, in no order. */
  others(id: string): Promise<string[]>;
  /** The requests kept for a number, but for `except`: the newest ones, the last first. */
  given(phone: Mark, except?: string): Promise<string[]>;
  /** The sealed ending of a request, as long as it is remembered, and neither changed nor taken back. */
  ending(id: string): Promise<Uint8Array | undefined>;
  /**
   * Takes a request back: removed if it has surely not left and no other shares it, else `notice` is kept. A second time
   * does nothing. `overtaken`: another request took its place, or the notice should speak of others; nothing was done.
   */
  withdraw(id: string, notice: Notice): Promise<'withdrawn' | 'notified' | 'already' | 'overtaken'>;
  /** Leases the next message to send until `leasedUntil`, the unverified last; undefined when none is due. */
  due(at: number, leasedUntil: number): Promise<SealedRappel | undefined>;
  /** Gives a message back, not to be tried before a time. `mayHaveLeft`: the mail server gave no clear answer. */
  postpone(id: string, how: { until: number; mayHaveLeft: boolean }): Promise<void>;
  /** Gives back a message that cannot be opened, not to be tried before a time. It counts as such until another attempt. */
  markUnreadable(id: string, until: number): Promise<void>;
  /** How many messages could not be opened at their last attempt. */
  unreadable(): Promise<number>;
  /** Makes every message that was given back due at once. */
  hasten(): Promise<void>;
  /**
   * Forgets a message that the mail server has accepted; if it was there, it counts as `counts` in the month it came.
   * `watchedFrom`: its sealed bytes are kept aside from a time on, should it come back; those of a test are not.
   */
  erase(id: string, counts?: readonly CountName[], watchedFrom?: number): Promise<void>;
  /** Takes note that a message came back, once for each sending. */
  bounce(bounce: Bounce): Promise<Bounced>;
  /** What came back: all that has no way left, and what was sent again since a time. */
  returns(since: number): Promise<Returns>;
  /** Makes what has no way left due again for its own mailbox. `lost`: ids whose bytes are gone, forgotten as tests are. */
  sendBack(): Promise<{ again: number; lost: string[] }>;
  /** Forgets the bytes, then the ids, of what was accepted before two times, and has not bounced. */
  forgetSent(before: { bytes: number; ids: number }): Promise<void>;
  /** Whether a message still waits. */
  holds(id: string): Promise<boolean>;
  waiting(): Promise<Waiting>;
  /** The short text kept under a name, if any, for all who share this outbox: a code, a fingerprint, never a word. */
  noted(name: string): Promise<string | undefined>;
  /** Keeps a short text under a name, or forgets it. */
  note(name: string, text: string | undefined): Promise<void>;
  /** Every message that waits, one at a time, in no order. */
  all(): AsyncIterable<SealedMessage>;
  /** All that was counted in a year, in no order. A form known before, a duplicate and a test count for nothing. */
  report(year: number): Promise<Count[]>;
  /** Forgets the fingerprints of forms and numbers kept before a time, and links between ids from `linkedMs` before it. */
  forget(before: number): Promise<void>;
  /** Releases the disk or the connection. */
  close(): Promise<void>;
};
