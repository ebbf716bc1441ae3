// Sending from an outbox in a file of SQLite: who has which message. On a disk that cannot be written this is noted in memory,
// by this process alone.
import type { SealedRappel } from '../../../rappel/outbox.ts';
import { messageOf, type Row } from './messages.ts';
import type { Statements } from './statements.ts';

// A wait never exceeds five minutes: a later `next_at` means that the clock was set back, and is due at once.
const clockSlackMs = 10 * 60_000;

/** What the disk refused to note, by message. */
export type Leases = Map<string, { until: number; attempts: number }>;

/** Takes the next message that is due, until a time. */
export function lease(at: number, until: number, run: Statements): SealedRappel | undefined {
  const row = run.lease.get(until, at, at + clockSlackMs) as Row | undefined;
  return row && messageOf(row);
}

/** Takes the next message that is due, noted in memory alone. */
export function leaseInMemory(
  { at, until }: { at: number; until: number },
  leases: Leases,
  run: Statements,
): SealedRappel | undefined {
  for (const row of run.allDue.iterate(at, at + clockSlackMs) as Iterable<Row>) {
    const held = leases.get(row.id);
    if (held && held.until > at) continue;
    const attempts = (held?.attempts ?? row.attempts) + 1;
    leases.set(row.id, { until, attempts });
    return messageOf({ ...row, attempts });
  }
  return undefined;
}
