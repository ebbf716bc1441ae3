import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterFailure, afterTelling, type Change, changeOf, hourMs, isDue, mostPerHour } from './change.ts';
import { type Memory, nothingTold } from './memory.ts';
import type { Seen } from './seen.ts';

const minuteMs = 60_000;
const start = Date.parse('2026-11-24T03:00:00Z');

const ok: Seen = { state: 'ok', alarms: [] };
const refused: Seen = { state: 'degraded', alarms: ['MAIL_REFUSED'] };
const stuck: Seen = { state: 'red', alarms: ['MAIL_REFUSED', 'MAIL_STUCK'] };
const silent: Seen = { state: 'silent', alarms: ['SITE_SILENT'] };

type Told = { at: number; seen: Seen; change: Change };

/** A look each minute; what was told, and what was tried in vain where none `passes`. */
function watch(
  looks: Seen[],
  { passes = true, memory = nothingTold }: { passes?: boolean; memory?: Memory } = {},
) {
  const told: Told[] = [];
  const failed: number[] = [];
  looks.forEach((seen, minute) => {
    const at = start + minute * minuteMs;
    const change = changeOf(memory, seen, at);
    if (!change || !isDue(memory, at)) return;
    memory = afterFailure(memory, at);
    if (!passes) failed.push(at);
    else {
      told.push({ at, seen, change });
      memory = afterTelling(memory, seen, change, at);
    }
  });
  return { told, failed, memory };
}

const changing = (minutes: number, one: Seen, other: Seen) =>
  Array.from({ length: minutes }, (_, minute) => (minute % 2 === 0 ? one : other));

test('each change is told once: a new alarm, a worse state, a silence, an alarm that ends, all well again', () => {
  const looks = [ok, refused, refused, stuck, silent, silent, stuck, refused, refused, ok, ok];
  const { told } = watch(looks);
  assert.deepEqual(
    told.map(({ seen, change: { started, standing, ended } }) => ({
      state: seen.state,
      started,
      standing,
      ended,
    })),
    [
      { state: 'degraded', started: ['MAIL_REFUSED'], standing: [], ended: [] },
      { state: 'red', started: ['MAIL_STUCK'], standing: ['MAIL_REFUSED'], ended: [] },
      { state: 'silent', started: ['SITE_SILENT'], standing: [], ended: [] }, // nobody knows what ended
      { state: 'red', started: ['MAIL_REFUSED', 'MAIL_STUCK'], standing: [], ended: ['SITE_SILENT'] },
      { state: 'degraded', started: [], standing: ['MAIL_REFUSED'], ended: ['MAIL_STUCK'] },
      { state: 'ok', started: [], standing: [], ended: ['MAIL_REFUSED'] },
    ],
  );
});

test('an alarm that comes and goes all night is told so many times an hour, the last one says so', () => {
  const { told } = watch(changing(8 * 60, refused, ok));
  for (const { at } of told) {
    const hour = told.filter((one) => one.at >= at && one.at < at + hourMs);
    assert.ok(hour.length <= mostPerHour, `${hour.length} in an hour`);
  }
  const often = told.flatMap(({ change }, each) => (change.isOften ? [each + 1] : []));
  assert.deepEqual(often.slice(0, 2), [mostPerHour, 2 * mostPerHour]);
  assert.ok(told.length > 3 * mostPerHour, 'it is never forgotten');
});

test('in the hour of silence a new alarm is told all the same, and a state that was not told in it', () => {
  const [flapping, flappingToo] = [changing(20, refused, ok), changing(20, refused, ok)];
  const { told } = watch([...flapping, stuck, ...flappingToo, silent, ...flappingToo]);
  assert.deepEqual(
    told.slice(mostPerHour).map(({ seen }) => seen.state),
    ['red', 'silent'],
  );
  const unnamed = (state: Seen['state']): Seen => ({ state, alarms: [] }); // without the right to see details
  const { told: states } = watch([...changing(20, unnamed('degraded'), ok), unnamed('red'), unnamed('red')]);
  assert.deepEqual(states.at(-1)?.seen.state, 'red');
});

test('what changed during the hour of silence is told after it', () => {
  const { told } = watch([...changing(7, refused, ok), ...Array.from({ length: 70 }, () => refused)]);
  const last = told.at(-1);
  assert.equal(told.length, mostPerHour + 1);
  assert.deepEqual([last?.seen, last?.change.isOften], [refused, false]);
});

test('a telling that fails is tried at the next looks, then every quarter of an hour, until it passes', () => {
  const day = Array.from({ length: 24 * 60 }, () => stuck);
  const { failed, memory } = watch(day, { passes: false });
  const minutes = failed.map((at) => (at - start) / minuteMs);
  assert.deepEqual(minutes.slice(0, 7), [0, 1, 2, 3, 4, 19, 34]);
  assert.ok(failed.length <= 5 + 24 * 4, `${failed.length} tries in a day`);
  const { told } = watch([stuck, stuck], { memory });
  assert.equal(told.length, 1);
});

test('a clock that was wrong by years does not keep anybody from being told', () => {
  const later = start + 10 * 365 * 24 * hourMs;
  const memory = {
    ...nothingTold,
    quietUntil: later,
    tellings: [later],
    marks: ['degraded', 'MAIL_REFUSED'],
    failures: 9,
    failedAt: later,
  };
  assert.equal(watch([refused], { memory }).told.length, 1);
});
