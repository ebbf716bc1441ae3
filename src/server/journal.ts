// Events with a code and an id, one JSON line each, on standard error. Never words: not a name, a number, an address.
import pino from 'pino';
import { countEvent } from './metrics.ts';

const log = pino(
  { base: null, timestamp: pino.stdTimeFunctions.isoTime },
  pino.destination({ dest: 2, sync: true }),
);

/** Writes one event, and counts it. `details` holds codes, ids and counts only. */
export function journal(event: string, details: Record<string, string>): void {
  log.info({ event, ...details });
  countEvent(event, details);
}
