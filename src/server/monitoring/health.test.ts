import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneAtATime } from './health.ts';

test('a thousand who ask at once share one look; the next one looks anew', async () => {
  let looks = 0;
  const ask = oneAtATime(async () => {
    looks += 1;
    return looks;
  });
  assert.deepEqual(new Set(await Promise.all(Array.from({ length: 1000 }, ask))), new Set([1]));
  assert.equal(await ask(), 2);
});
