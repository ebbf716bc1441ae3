// The journal, written: one JSON line for each event, on standard error. Codes, ids and counts; not a name, a number, an address.
import { writeSync } from 'node:fs';
import pino from 'pino';
import type { DetailsOf, JournalEvent } from '../../rappel/journal.ts';
import { countEvent, countLostLine } from './counters.ts';

let isLost = false;

const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write });

/**
 * Writes one event of the list, and counts it. Never throws: a line that cannot be written is counted, not kept.
 */
export function journal<Event extends JournalEvent>(event: Event, details: DetailsOf<Event>): void {
  log.info({ event, ...details });
  countEvent(event, details);
}

/** Whether the last line could not be written whole: a full disk, or nobody at the other end of the pipe. */
export function isJournalLost(): boolean {
  return isLost;
}

function write(line: string): void {
  isLost = !isWritten(line);
  if (isLost) countLostLine();
}

function isWritten(line: string): boolean {
  try {
    return writeSync(2, line) === Buffer.byteLength(line);
  } catch {
    return false; // the site matters more than what is said of it
  }
}
