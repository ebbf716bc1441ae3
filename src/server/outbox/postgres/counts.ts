// What an outbox in PostgreSQL counts, in the transaction that changes what is counted. It comes last there, its rows in one
// order: two machines never wait for each other in a circle.
import { type Count, type CountName, monthOf } from '../../../rappel/counts.ts';
import type { SealedMessage } from '../../../rappel/outbox.ts';
import type { Reader } from './transaction.ts';

// A row that one transaction changes is free for the next only once the first is on disk: a single row for a count would let
// requests in one after another, half as many with two machines.
const shares = 64;

/** Counts one more of each name, in the month in which a message came. */
export async function count(
  names: readonly CountName[],
  { id, receivedAt }: Pick<SealedMessage, 'id' | 'receivedAt'>,
  { query }: Reader,
): Promise<void> {
  if (names.length === 0) return;
  await query(
    `INSERT INTO demandes.counts SELECT $1, name, $2, 1 FROM unnest($3::text[]) AS name ORDER BY name
     ON CONFLICT (month, name, share) DO UPDATE SET count = counts.count + 1`,
    [monthOf(receivedAt), shareOf(id), [...new Set(names)]],
  );
}

// The digits of an id are drawn.
function shareOf(id: string): number {
  return Number.parseInt(id.slice(-2), 16) % shares;
}

/** All that was counted in a year. */
export async function countsIn(year: number, { query }: Reader): Promise<Count[]> {
  return query<Count>(
    `SELECT right(month, 2)::int AS month, name, sum(count)::int AS count FROM demandes.counts
     WHERE month BETWEEN $1 AND $2 GROUP BY month, name`,
    [`${year}-01`, `${year}-12`],
  );
}
