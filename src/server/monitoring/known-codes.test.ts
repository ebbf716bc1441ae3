import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedCode, series } from './known-codes.ts';

test('whatever code an event has, it is counted in a series that was there from the start', () => {
  const there = new Set(series.map(({ event, code }) => `${event} ${code}`));
  assert.equal(there.size, series.length);
  assert.ok(series.length < 150, `${series.length} series`);
  const codes = [undefined, '', 'EAUTH 535', 'ESOCKET ECONNREFUSED', 'OVERTAKEN', 'A_NEW_ONE', 'too-many'];
  for (const { event } of series)
    for (const code of codes)
      assert.ok(there.has(`${event} ${countedCode(event, code)}`), `${event} ${code}`);
});

test('a code is counted by its first word where it is known, else as another; an event without codes has none', () => {
  assert.equal(countedCode('delivery-failed', 'EAUTH 535'), 'EAUTH');
  assert.equal(countedCode('delivery-failed', 'A_NEW_ONE 42'), 'OTHER');
  assert.equal(countedCode('not-accepted', ''), 'OTHER');
  assert.equal(countedCode('request-kept', 'EAUTH'), '');
});
