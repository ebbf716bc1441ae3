// Metrics, in Prometheus' text format: what was counted, and the health of this moment.
import { Gauge } from 'prom-client';
import { version } from '../../settings/version.ts';
import { alarms } from './alarms.ts';
import { registry } from './counters.ts';
import type { Health } from './health.ts';

new Gauge({
  name: 'premierpas_site_info',
  help: 'Always 1; the version that runs',
  labelNames: ['version'],
  registers: [registry],
}).set({ version }, 1);

const gauges = {
  waiting: gauge('waiting', 'Requests not accepted by the mail server yet'),
  oldestUnsentMinutes: gauge('oldest_unsent_minutes', 'Age of the oldest of them'),
  freeMegabytes: gauge('free_megabytes', 'Room left on the disk of the outbox'),
  formsThisHour: gauge('forms_this_hour', 'Forms kept by this machine since the hour began'),
  floodMeasure: gauge('flood_measure', 'From how many in an hour on they are a flood'),
  loopBusyShare: gauge('event_loop_busy_share', 'Share of the last whole minute that the event loop worked'),
  loopDelaySeconds: gauge(
    'event_loop_delay_seconds',
    'How late timers came in the last whole minute, 99 % of them at most',
  ),
  keyExpiresInDays: gauge('key_expires_in_days', 'Days until the first of the team’s keys expires'),
};
const bounced = gauge('bounced', 'Messages that came back and have no way left');
const state = gauge('state', '0 ok, 1 degraded, 2 red');
const alarm = new Gauge({
  name: 'premierpas_alarm',
  help: '1 while an alarm of health is raised',
  labelNames: ['alarm'],
  registers: [registry],
});

/** The page that Prometheus reads, with a health of this moment. */
export function metricsText(health: Health): Promise<string> {
  for (const [name, one] of Object.entries(gauges))
    one.set(health[name as keyof typeof gauges] ?? Number.NaN);
  bounced.set(health.bounced.length);
  state.set(['ok', 'degraded', 'red'].indexOf(health.state));
  for (const { code } of alarms) alarm.set({ alarm: code }, health.alarms.includes(code) ? 1 : 0);
  return registry.metrics();
}

function gauge(name: string, help: string): Gauge {
  return new Gauge({ name: `premierpas_${name}`, help, registers: [registry] });
}
