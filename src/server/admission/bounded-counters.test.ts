import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countersOf } from './bounded-counters.ts';

test('a counter adds up, and gives back', () => {
  const counters = countersOf(10);
  assert.deepEqual([counters.add('a', 1), counters.add('a', 1), counters.add('b', 1)], [1, 2, 1]);
  assert.equal(counters.add('a', -1), 1);
});

test('there are never more than its room: the oldest leave, what is counted again stays, nobody is refused', () => {
  const counters = countersOf(1000);
  for (let nth = 1; nth <= 20_000; nth += 1) {
    assert.equal(counters.add(`place ${nth}`, 1), 1);
    if (nth % 100 === 0) assert.equal(counters.add('a place in use', 1), nth / 100);
    assert.ok(counters.size() <= 1000, `${counters.size()}`);
  }
});

test('what is not counted again is forgotten in two hours, also when nobody comes', (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] });
  const counters = countersOf(1000);
  counters.add('a', 1);
  context.mock.timers.tick(3_600_000);
  assert.equal(counters.size(), 1);
  context.mock.timers.tick(3_600_000);
  assert.equal(counters.size(), 0);
});
