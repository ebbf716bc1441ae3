import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchFlood } from './flood.ts';

const hourMs = 3_600_000;

/** A watch whose clock starts on a Monday at midnight, with as many forms in each hour as is told. */
function watchWith(luck = 0) {
  let at = Date.parse('2026-11-23T00:00:00Z');
  const logged: string[] = [];
  const journal = (event: string, { count }: Record<string, string>) => logged.push(`${event} ${count}`);
  const flood = watchFlood({ now: () => at, random: () => luck, journal });
  return {
    flood,
    logged,
    pass(hours: number, forms = 0) {
      for (let hour = 0; hour < hours; hour += 1) {
        for (let form = 0; form < forms; form += 1) flood.add();
        at += hourMs;
      }
    },
    add(forms: number) {
      for (let form = 0; form < forms; form += 1) flood.add();
    },
  };
}

test('a quiet site’s busy hour is no flood; above thirty it is, until an hour has passed without', () => {
  const { flood, logged, add, pass } = watchWith();
  pass(48);
  add(30);
  assert.deepEqual([flood.isOn(), flood.thisHour(), flood.measure()], [false, 30, 30]);
  add(100);
  assert.ok(flood.isOn());
  assert.deepEqual(logged, ['flood 31']); // once an hour
  pass(1);
  assert.ok(flood.isOn());
  pass(1);
  assert.ok(!flood.isOn());
});

test('a site that has many forms each day learns that it does', () => {
  const { flood, add, pass } = watchWith();
  for (let day = 0; day < 14; day += 1) {
    pass(1, 25);
    pass(23);
  }
  assert.equal(flood.measure(), 75);
  add(75);
  assert.ok(!flood.isOn());
  add(1);
  assert.ok(flood.isOn());
});

test('a day of flood does not make the next one ordinary; what was seen long ago is forgotten', () => {
  const { flood, pass } = watchWith();
  for (let day = 0; day < 6; day += 1) pass(24, 12);
  pass(24, 5000);
  pass(24, 12);
  assert.equal(flood.measure(), 36);
  for (let day = 0; day < 20; day += 1) pass(24, 1);
  assert.equal(flood.measure(), 30);
});

test('each hour draws its measure: whoever sends forms until the state changes counts nobody else’s', () => {
  assert.equal(watchWith(0).flood.measure(), 30);
  assert.equal(watchWith(0.999).flood.measure(), 41);
});
