import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hourIn } from './hours-in-language.ts';

const [nine, noon, halfPast, five] = [9 * 60, 12 * 60, 13 * 60 + 30, 17 * 60];

test('a time of day is written as each language writes it', () => {
  const written = (language: string) =>
    [nine, noon, halfPast, five].map((minutes) => hourIn(language, minutes).replaceAll('\u00a0', '_'));
  assert.deepEqual(written('en'), ['9_am', '12_noon', '1:30_pm', '5_pm']);
  for (const language of ['fr', 'es', 'pt-PT'])
    assert.deepEqual(written(language), ['9_h', '12_h', '13_h_30', '17_h']);
  assert.deepEqual(written('tr'), ['09.00', '12.00', '13.30', '17.00']);
  for (const language of ['ar', 'zh-Hans', 'ta', 'uk', 'ro'])
    assert.deepEqual(written(language), ['9:00', '12:00', '13:30', '17:00']);
});

test('an hour after midnight is of the morning', () => {
  assert.equal(hourIn('en', 5), '12:05\u00a0am');
});
