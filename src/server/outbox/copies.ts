// The hourly copies of the outbox. An old one holds, closed, what has left since: none may last.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { outboxFile } from './disk.ts';

const hourMs = 3_600_000;
const lateMs = 2 * hourMs;

// The next look comes in an hour, a little late.
const nextLookMs = 61 * 60_000;

/** Where they are, in the folder of the outbox: its first copy makes that place, and nothing but a hand removes it. */
export function folderOfCopies(dataDir: string): string {
  return join(dataDir, 'copies');
}

/** Whether a copy is made each hour here, and none was made for two. `since`: what came before that moment is not counted. */
export function isCopyLate(dataDir: string, { now, since }: { now: number; since: number }): boolean {
  const folder = folderOfCopies(dataDir);
  if (!existsSync(folder)) return false;
  return now - Math.max(madeAtIn(folder), since) > lateMs;
}

function madeAtIn(folder: string): number {
  try {
    return statSync(outboxFile(folder)).mtimeMs;
  } catch {
    return 0; // not there, or not to be looked at: as good as none
  }
}

/** Removes from a folder each copy that would reach an age before the next look, in an hour. Resolves with how many went. */
export function removeOldCopies(folder: string, { hours, now }: { hours: number; now: number }): number {
  const old = readdirSync(folder).filter((name) => {
    const age = Math.abs(now - statSync(join(folder, name)).mtimeMs); // a clock set back keeps nothing
    return age + nextLookMs > hours * hourMs;
  });
  for (const name of old) rmSync(join(folder, name));
  return old.length;
}
