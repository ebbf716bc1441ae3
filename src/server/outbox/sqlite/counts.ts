// What an outbox in a file of SQLite counts, in the transaction that changes what is counted.
import { type Count, type CountName, monthOf } from '../../../rappel/counts.ts';
import type { Statements } from './statements.ts';

/** Counts one more of each name, in the month of an instant. */
export function count(names: readonly CountName[], at: number, run: Statements): void {
  for (const name of new Set(names)) run.count.run(monthOf(at), name);
}

/** All that was counted in a year. */
export function countsIn(year: number, run: Statements): Count[] {
  const rows = run.report.all(`${year}-01`, `${year}-12`) as {
    month: string;
    name: CountName;
    count: number;
  }[];
  return rows.map(({ month, name, count }) => ({ month: Number(month.slice(5)), name, count }));
}
