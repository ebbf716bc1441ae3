// What an outbox in PostgreSQL counts, in the transaction that changes what is counted. It comes last there, its rows in one
// order: two machines never wait for each other.
import { type Count, type CountName, monthOf } from '../../../rappel/counts.ts';
import type { Reader } from './transaction.ts';

/** Counts one more of each name, in the month of an instant. */
export async function count(names: readonly CountName[], at: number, { query }: Reader): Promise<void> {
  if (names.length === 0) return;
  await query(
    `INSERT INTO demandes.counts SELECT $1, name, 1 FROM unnest($2::text[]) AS name ORDER BY name
     ON CONFLICT (month, name) DO UPDATE SET count = counts.count + 1`,
    [monthOf(at), [...new Set(names)]],
  );
}

/** All that was counted in a year. */
export async function countsIn(year: number, { query }: Reader): Promise<Count[]> {
  return query<Count>(
    `SELECT right(month, 2)::int AS month, name, count FROM demandes.counts WHERE month BETWEEN $1 AND $2`,
    [`${year}-01`, `${year}-12`],
  );
}
