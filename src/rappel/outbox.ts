// What every outbox promises, on one machine or on several.

/** A message closed for the team; nothing in it can be read without its key. Times are milliseconds since 1970. */
export type SealedMessage = {
  id: string;
  receivedAt: number;
  sealed: Uint8Array;
  /** What to send in its place from a time on: the last moment to call has passed by then. */
  late?: { from: number; sealed: Uint8Array } | undefined;
  /** A test of the way itself: it goes to the mailbox for tests. */
  isTest?: boolean | undefined;
};

/** A message on its way; `attempts` counts the one under way. */
export type SealedRappel = SealedMessage & { attempts: number };

/**
 * A request to keep. `key` recognises a second sending of the same form, `content` tells whether it says the same;
 * both are keyed fingerprints. `replaces` is the id of a request whose place it takes.
 */
export type Entry = SealedMessage & { key: string; content: string; replaces?: string | undefined };

/** A request already kept. */
export type Kept = { id: string; receivedAt: number; content: string };

/**
 * What became of an entry. `known`: the same form, saying the same, was kept before; nothing is added. `overtaken`:
 * what it replaces was replaced meanwhile, or its form says something else under the same key; nothing is added.
 */
export type Put = { kind: 'kept' } | { kind: 'known'; known: Kept } | { kind: 'overtaken' };

/** How many messages wait, and since when the oldest of those that can be opened. */
export type Waiting = { count: number; oldestAt: number | undefined };

/** How long a form sent again is recognised. */
export const rememberedMs = 48 * 3_600_000;

/** The durable place between the form and the mail server. Every method rejects when the disk cannot follow. */
export type Outbox = {
  /** The request first sent under `key` since a time, if any. */
  find(key: string, since: number): Promise<Kept | undefined>;
  /** Keeps a request, unless one is known under its key since a time; once it resolves, a power cut cannot lose it. */
  put(entry: Entry, since: number): Promise<Put>;
  /** The request that took the place of `id`, and of that one, to the last: `id` itself when nothing did. */
  latest(id: string): Promise<string>;
  /**
   * Takes a request back: removed if it has surely not left, else `notice` is kept in its place. A second time does
   * nothing. `overtaken`: another request took its place, and nothing was done.
   */
  withdraw(id: string, notice: SealedMessage): Promise<'withdrawn' | 'notified' | 'already' | 'overtaken'>;
  /** Leases the next message to send until `leasedUntil`; undefined when none is due. */
  due(at: number, leasedUntil: number): Promise<SealedRappel | undefined>;
  /** Gives a message back, not to be tried before a time. `mayHaveLeft`: the mail server gave no clear answer. */
  postpone(id: string, until: number, mayHaveLeft: boolean): Promise<void>;
  /** Gives back a message that cannot be opened, not to be tried before a time. It counts as such until another attempt. */
  markUnreadable(id: string, until: number): Promise<void>;
  /** How many messages could not be opened at their last attempt. */
  unreadable(): Promise<number>;
  /** Makes every message that was given back due at once. */
  hasten(): Promise<void>;
  /** Forgets a message that the mail server has accepted. */
  erase(id: string): Promise<void>;
  /** Whether a message still waits. */
  holds(id: string): Promise<boolean>;
  waiting(): Promise<Waiting>;
  /** The short text kept under a name, if any, for all who share this outbox: a code, a fingerprint, never a word. */
  noted(name: string): Promise<string | undefined>;
  /** Keeps a short text under a name, or forgets it. */
  note(name: string, text: string | undefined): Promise<void>;
  /** Every message that waits, one at a time, in no order. */
  all(): AsyncIterable<SealedMessage>;
  /** Forgets the fingerprints of forms kept before a time. */
  forget(before: number): Promise<void>;
  /** Releases the disk or the connection. */
  close(): Promise<void>;
};
