// Old copies of the outbox: they hold, closed, what has left since. None may last.
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const hourMs = 3_600_000;

// The next look comes in an hour, a little late.
const nextLookMs = 61 * 60_000;

/** Removes from a folder each copy that would reach an age before the next look, in an hour. Resolves with how many went. */
export function removeOldCopies(folder: string, { hours, now }: { hours: number; now: number }): number {
  const old = readdirSync(folder).filter((name) => {
    const age = Math.abs(now - statSync(join(folder, name)).mtimeMs); // a clock set back keeps nothing
    return age + nextLookMs > hours * hourMs;
  });
  for (const name of old) rmSync(join(folder, name));
  return old.length;
}
