import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLeavingKey } from './exit-gestures.ts';

type Press = [key: string, atMs: number, more?: Partial<KeyboardEvent>];

let startMs = 0;

/** Whether each key of a row leaves. A row starts long after the one before. */
function leaving(...presses: Press[]): boolean[] {
  startMs += 60_000;
  return presses.map(([key, atMs, more]) =>
    isLeavingKey({ key, timeStamp: startMs + atMs, ...more } as KeyboardEvent),
  );
}

test('Escape leaves the second time within a second, the first key of the page included', () => {
  assert.deepEqual(leaving(['Escape', 0], ['Escape', 999]), [false, true]);
  assert.deepEqual(leaving(['Escape', 0], ['Escape', 1000], ['Escape', 1999]), [false, false, true]);
});

test('another key between two Escapes keeps the page', () => {
  assert.deepEqual(leaving(['Escape', 0], ['a', 100], ['Escape', 200], ['a', 300]), Array(4).fill(false));
});

test('a key that is held, or a word that is being composed, counts for nothing', () => {
  assert.deepEqual(leaving(['Escape', 0], ['Escape', 100, { repeat: true }]), [false, false]);
  const composing = { isComposing: true };
  assert.deepEqual(leaving(['Escape', 0], ['a', 50, composing], ['Escape', 100]), [false, false, true]);
});
