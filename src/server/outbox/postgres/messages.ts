// The messages that wait in an outbox in PostgreSQL.
import type { CountName } from '../../../rappel/counts.ts';
import type { SealedMessage, SealedRappel, Waiting } from '../../../rappel/outbox.ts';
import { count } from './counts.ts';
import type { Reader, Transaction } from './transaction.ts';

/** Adds a message and its turn. `isSequel`: it says not to follow another, which may have left. */
export async function keep(
  message: SealedMessage,
  isSequel: boolean,
  transaction: Transaction,
): Promise<void> {
  const { id, receivedAt, sealed, late, isTest, isUnverified } = message;
  await transaction.turns.add(message);
  await transaction.query(
    `INSERT INTO demandes.outbox
     (id, received_at, sealed, late_from, late_sealed, is_test, is_unverified, is_sequel)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, receivedAt, sealed, late?.from, late?.sealed, isTest ?? false, isUnverified ?? false, isSequel],
  );
}

/** Removes a message and its turn; resolves with what was known of it, when it was there. */
export async function erase(
  id: string,
  transaction: Transaction,
): Promise<{ departure: number; receivedAt: number } | undefined> {
  await transaction.turns.remove(id);
  const [gone] = await transaction.query<{ departure: number; receivedAt: number }>(
    'DELETE FROM demandes.outbox WHERE id = $1 RETURNING departure, received_at::float8 AS "receivedAt"',
    [id],
  );
  return gone;
}

/** Removes a message that has left, and counts it if it was there. */
export async function eraseSent(
  id: string,
  counts: readonly CountName[],
  transaction: Transaction,
): Promise<void> {
  const gone = await erase(id, transaction);
  if (gone) await count(counts, { id, ...gone }, transaction);
}

/** Whether a message still waits. */
export async function holds(id: string, { query }: Reader): Promise<boolean> {
  return (await query('SELECT FROM demandes.outbox WHERE id = $1', [id])).length > 0;
}

/** How many messages could not be opened at their last attempt. */
export async function countUnreadable({ query }: Reader): Promise<number> {
  const sql = 'SELECT count(*)::int AS count FROM demandes.outbox WHERE unreadable';
  const [row] = await query<{ count: number }>(sql);
  return row?.count ?? 0;
}

/** How many messages wait, and since when. */
export async function waiting({ query }: Reader): Promise<Waiting> {
  const [row] = await query<{ count: number; oldest: number | null }>(
    `SELECT count(*)::int AS count, (min(received_at) FILTER (WHERE NOT unreadable))::float8 AS oldest
     FROM demandes.outbox`,
  );
  return { count: row?.count ?? 0, oldestAt: row?.oldest ?? undefined };
}

/** Every message that waits, read one at a time. */
export async function* all({ query }: Reader): AsyncGenerator<SealedMessage> {
  for (const { id } of await query<{ id: string }>('SELECT id FROM demandes.outbox')) {
    const [row] = await query<Row>(`SELECT ${columns} FROM demandes.outbox WHERE id = $1`, [id]);
    if (row) yield messageOf(row);
  }
}

/** A row as a message. */
export function messageOf({ lateFrom, lateSealed, ...message }: Row): SealedRappel {
  return {
    ...message,
    late: lateFrom !== null && lateSealed ? { from: lateFrom, sealed: lateSealed } : undefined,
  };
}

/** The columns of a row. */
export const columns = `id, received_at::float8 AS "receivedAt", sealed, late_from::float8 AS "lateFrom",
  late_sealed AS "lateSealed", is_test AS "isTest", is_unverified AS "isUnverified", is_second AS "isSecond", attempts`;

/** A message as it is read. */
export type Row = Omit<SealedRappel, 'late'> & { lateFrom: number | null; lateSealed: Uint8Array | null };
