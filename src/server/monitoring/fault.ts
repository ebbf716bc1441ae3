// A fault of ours that nobody caught: one line without a word of it, a mark for the next start, an orderly end with code
// 1. The supervisor starts the site again.
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { codeOf } from '../../rappel/journal.ts';
import { journal } from './journal.ts';

const source = join(import.meta.dirname, '../..');
const shownMs = 24 * 3_600_000;
const settleMs = 5000;

/** The mark of the last fault, overwritten by the next: its time is the file's. */
function markIn(dataDir: string): string {
  return join(dataDir, 'derniere-faute');
}

/**
 * From now on, an exception or a rejection that nobody caught ends the process as SIGTERM would, so that what is being
 * kept or sent is finished, but with code 1, and within five seconds.
 */
export function endOnFault(dataDir: string): void {
  let isEnding = false;
  process.on('uncaughtException', (error) => {
    if (isEnding) return;
    isEnding = true;
    const said = { code: codeOf(error), at: placeOf(error) };
    journal('fault', said);
    leaveMark(dataDir, `${said.code} ${said.at}\n`);
    process.exitCode = 1;
    setTimeout(() => process.exit(), settleMs).unref();
    process.emit('SIGTERM', 'SIGTERM');
  });
}

/** Whether a fault ended the site in the last 24 hours. */
export function hasFaulted(dataDir: string, now: number): boolean {
  const markedAt = statSync(markIn(dataDir), { throwIfNoEntry: false })?.mtimeMs;
  return markedAt !== undefined && Math.abs(now - markedAt) < shownMs;
}

function leaveMark(dataDir: string, text: string): void {
  try {
    writeFileSync(markIn(dataDir), text, { mode: 0o600 });
  } catch {
    // a full disk: the line of the journal says it all the same
  }
}

// The first line of our own code in the stack. The message is there too, and may quote somebody: only what is the path
// of a file of ours is taken from it.
function placeOf(error: unknown): string {
  const { stack } = Object(error) as { stack?: unknown };
  for (const [, file = '', line] of `${stack}`.matchAll(/file:\/\/(\/[^\s:]+\.ts):(\d{1,5}):\d/g))
    if (file.startsWith(`${source}/`) && existsSync(file)) return `${relative(source, file)}:${line}`;
  return 'unknown';
}
