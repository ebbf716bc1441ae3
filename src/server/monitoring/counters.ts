// Counters of what happens, for Prometheus. Labels are events and codes of ours, never an id or a word.
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { countedCode, series } from './known-codes.ts';

/** All that is measured. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const events = new Counter({
  name: 'premierpas_events_total',
  help: 'Events of the journal',
  labelNames: ['event', 'code'],
  registers: [registry],
});
for (const one of series) events.inc(one, 0); // a series that is born at 1 has not increased

const lostLines = new Counter({
  name: 'premierpas_journal_lost_total',
  help: 'Lines of the journal that could not be written',
  registers: [registry],
});

const delivery = new Histogram({
  name: 'premierpas_delivery_seconds',
  help: 'From the moment a request is kept to the moment the mail server accepts it',
  buckets: [0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 3600],
  registers: [registry],
});

/** Counts one event of the journal. */
export function countEvent(event: string, { code, seconds }: Record<string, string>): void {
  events.inc({ event, code: countedCode(event, code) });
  if (seconds) delivery.observe(Number(seconds));
}

/** Counts one line of the journal that could not be written. */
export function countLostLine(): void {
  lostLines.inc();
}
