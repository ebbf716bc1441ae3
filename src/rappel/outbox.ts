// What every outbox promises, on one machine or on several.

/** A sealed message waiting to leave. Nothing in it can be read without its key. Times are milliseconds since 1970. */
export type SealedRappel = { id: string; receivedAt: number; sealed: Uint8Array; attempts: number };

/**
 * A request to keep. `key` recognises a second sending of the same form, `content` tells whether it says the same;
 * both are keyed fingerprints. `replaces` is the id of a request whose place it takes.
 */
export type Entry = Omit<SealedRappel, 'attempts'> & {
  key: string;
  content: string;
  replaces?: string | undefined;
};

/** A request already kept. */
export type Kept = { id: string; receivedAt: number; content: string };

/** The durable place between the form and the mail server. Every method rejects when the disk cannot follow. */
export type Outbox = {
  /** The request first sent under `key` since a time, if any. */
  find(key: string, since: number): Promise<Kept | undefined>;
  /** Keeps a request; once it resolves, a power cut cannot lose it. */
  put(entry: Entry): Promise<void>;
  /** The request that took the place of `id`, and of that one, to the last: `id` itself when nothing did. */
  latest(id: string): Promise<string>;
  /** Takes a request back: removed if it has surely not left, else `notice` is kept in its place. A second time does nothing. */
  withdraw(id: string, notice: Omit<SealedRappel, 'attempts'>): Promise<'withdrawn' | 'notified' | 'already'>;
  /** Leases the next message to send until `leasedUntil`; undefined when none is due. */
  due(at: number, leasedUntil: number): Promise<SealedRappel | undefined>;
  /** Gives a message back, not to be tried before a time. `mayHaveLeft`: the mail server gave no clear answer. */
  postpone(id: string, until: number, mayHaveLeft: boolean): Promise<void>;
  /** Forgets a message that the mail server has accepted. */
  erase(id: string): Promise<void>;
  /** Releases the disk or the connection. */
  close(): Promise<void>;
};
