import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isSlow, watchLoop } from './event-loop.ts';

const guide = readFileSync(new URL('../../../docs/exploitation.md', import.meta.url), 'utf8');

test('one turn that keeps everybody waiting is slow, and it passes', async () => {
  const { last } = watchLoop(200);
  assert.equal(isSlow(last()), false); // no minute is over
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 6000);
  while (!isSlow(last())) await pause(20);
  while (isSlow(last())) await pause(20);
});

test('slow is what the guide says: more than a share of the minute, or than five seconds at once', () => {
  const [row = '', percent] = /^\| `LOOP_SLOW`.* plus de (\d+) % du temps.*$/m.exec(guide) ?? [];
  const share = Number(percent) / 100;
  assert.match(row, /plus de cinq secondes/);
  const at = (busyShare: number, longest: number) => ({ busyShare, delaySeconds: { p99: 0, longest } });
  assert.deepEqual([at(share, 5), at(share + 0.01, 0), at(0, 5.1)].map(isSlow), [false, true, true]);
});
