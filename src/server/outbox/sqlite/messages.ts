// The messages that wait in an outbox in a file of SQLite.
import type { SealedMessage, SealedRappel, Waiting } from '../../../rappel/outbox.ts';
import type { Statements } from './statements.ts';

/** Adds a message, due at once. `isSequel`: it says not to follow another, which may have left. */
export function keep(message: SealedMessage, isSequel: boolean, run: Statements): void {
  const { id, receivedAt, sealed, late, isTest, isUnverified } = message;
  const flags = [isTest, isUnverified, isSequel].map((flag) => (flag ? 1 : 0));
  run.keep.run(id, receivedAt, sealed, late?.from ?? null, late?.sealed ?? null, ...flags, receivedAt);
}

/** How many messages wait, and since when. */
export function waiting(run: Statements): Waiting {
  const { count, oldest } = run.waiting.get() as { count: number; oldest: number | null };
  return { count, oldestAt: oldest ?? undefined };
}

/** A message as it is read. */
export type Row = {
  id: string;
  received_at: number;
  sealed: Uint8Array;
  late_from: number | null;
  late_sealed: Uint8Array | null;
  is_test: number;
  is_unverified: number;
  is_second: number;
  attempts: number;
};

/** A row as a message. */
export function messageOf(row: Row): SealedRappel {
  const { id, received_at: receivedAt, sealed, late_from: from, late_sealed, attempts } = row;
  const late = from !== null && late_sealed ? { from, sealed: late_sealed } : undefined;
  const flags = {
    isTest: row.is_test === 1,
    isUnverified: row.is_unverified === 1,
    isSecond: row.is_second === 1,
  };
  return { id, receivedAt, sealed, late, ...flags, attempts };
}
