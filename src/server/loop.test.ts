import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isSlow, watchLoop } from './loop.ts';

test('one turn that keeps everybody waiting is slow, and it passes', async () => {
  const { last } = watchLoop(200);
  assert.equal(isSlow(last()), false); // no minute is over
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 6000);
  while (!isSlow(last())) await pause(20);
  while (isSlow(last())) await pause(20);
});

test('what is not reached is not slow: a share and a delay count each by itself', () => {
  const at = (busyShare: number, longest: number) => ({ busyShare, delaySeconds: { p99: 0, longest } });
  assert.deepEqual([at(0.8, 5), at(0.81, 0), at(0, 5.1)].map(isSlow), [false, true, true]);
});
