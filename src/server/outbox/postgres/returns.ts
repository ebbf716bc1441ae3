// What the mail server accepted from an outbox in PostgreSQL, and what came back of it, whatever other machines do meanwhile.
import { type Bounce, type Bounced, mostListed, type Returns } from '../../../rappel/outbox.ts';
import { others } from './recognition.ts';
import type { Reader, Transaction } from './transaction.ts';

const fates = { again: 1, bounced: 2 };

/** Keeps aside what a message was, before it is erased. */
export async function watch(id: string, from: number, { query }: Reader): Promise<void> {
  await query('DELETE FROM demandes.sent WHERE id = $1', [id]);
  await query(
    `INSERT INTO demandes.sent SELECT id, received_at, CASE WHEN NOT is_test THEN sealed END, late_from,
       CASE WHEN NOT is_test THEN late_sealed END, is_test, is_unverified, is_sequel, is_second, $2, 0
     FROM demandes.outbox WHERE id = $1`,
    [id, from],
  );
}

/** Takes note that a message came back. */
export async function bounce(
  { id, sending, at, hasSecond }: Bounce,
  transaction: Transaction,
): Promise<Bounced> {
  await transaction.lock(`message ${id}`);
  const [one] = await transaction.query<{ isSequel: boolean; hasBytes: boolean }>(
    `SELECT is_sequel AS "isSequel", sealed IS NOT NULL AS "hasBytes" FROM demandes.sent
     WHERE id = $1 AND is_second = $2 AND fate = 0`,
    [id, sending === 'second'],
  );
  if (!one) return 'unknown';
  if (!one.isSequel && (await isOver(id, transaction))) {
    await transaction.query('DELETE FROM demandes.sent WHERE id = $1', [id]);
    return 'void';
  }
  const isAgain = sending === 'first' && hasSecond && one.hasBytes;
  if (isAgain) await requeue(id, true, transaction);
  await transaction.query(
    `UPDATE demandes.sent SET fate = $2::int, at = $3, sealed = CASE WHEN $2::int = 2 THEN sealed END,
       late_sealed = CASE WHEN $2::int = 2 THEN late_sealed END WHERE id = $1`,
    [id, isAgain ? fates.again : fates.bounced, at],
  );
  return isAgain ? 'sent-again' : 'bounced';
}

// Nobody must act on it, and no other request shares it.
async function isOver(id: string, transaction: Transaction): Promise<boolean> {
  const ends = await transaction.query(
    'SELECT FROM demandes.replaced WHERE id = $1 UNION ALL SELECT FROM demandes.withdrawn WHERE id = $1',
    [id],
  );
  return ends.length > 0 && (await others(id, transaction)).length === 0;
}

// Some copy of it may have arrived all the same (2).
async function requeue(id: string, isSecond: boolean, { query, turns }: Transaction): Promise<void> {
  const [one] = await query<{ receivedAt: number; isUnverified: boolean }>(
    'SELECT received_at::float8 AS "receivedAt", is_unverified AS "isUnverified" FROM demandes.sent WHERE id = $1',
    [id],
  );
  if (one) await turns.add({ id, ...one });
  await query(
    `INSERT INTO demandes.outbox (id, received_at, sealed, late_from, late_sealed, is_test, is_unverified, is_sequel,
       is_second, departure)
     SELECT id, received_at, sealed, late_from, late_sealed, is_test, is_unverified, is_sequel, $2, 2
     FROM demandes.sent WHERE id = $1`,
    [id, isSecond],
  );
}

/** What has no way left, and how many were sent again since a time. */
export async function returns(since: number, { query }: Reader): Promise<Returns> {
  const bounced = await query<{ id: string }>(
    `SELECT id FROM demandes.sent WHERE fate = 2 ORDER BY at DESC LIMIT ${mostListed.returns}`,
  );
  const [again] = await query<{ count: number }>(
    `SELECT count(*)::int AS count FROM demandes.sent WHERE (fate = 1 OR (fate = 0 AND is_second)) AND at > $1`,
    [since],
  );
  return { bounced: bounced.map(({ id }) => id), sentAgain: again?.count ?? 0 };
}

/** Makes what has no way left due again, or forgets it when its bytes are gone; of these, those that are no tests. */
export async function sendBack(transaction: Transaction): Promise<{ again: number; lost: string[] }> {
  const all = await transaction.query<{ id: string; isTest: boolean; hasBytes: boolean }>(
    'SELECT id, is_test AS "isTest", sealed IS NOT NULL AS "hasBytes" FROM demandes.sent WHERE fate = 2 ORDER BY id FOR UPDATE',
  );
  const whole = all.filter(({ hasBytes }) => hasBytes);
  for (const { id } of whole) await requeue(id, false, transaction);
  await transaction.query('DELETE FROM demandes.sent WHERE id = ANY($1)', [all.map(({ id }) => id)]);
  const lost = all.filter(({ hasBytes, isTest }) => !hasBytes && !isTest).map(({ id }) => id);
  return { again: whole.length, lost };
}

/** Forgets the bytes, then the ids, of what was accepted before two times. */
export async function forgetSent(
  { bytes, ids }: { bytes: number; ids: number },
  { query }: Reader,
): Promise<void> {
  const old = 'fate < 2 AND at < $1';
  await query(
    `UPDATE demandes.sent SET sealed = NULL, late_sealed = NULL WHERE ${old} AND sealed IS NOT NULL`,
    [bytes],
  );
  await query(`DELETE FROM demandes.sent WHERE ${old}`, [ids]);
}
