import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fields } from '../rappel/fields.ts';
import { cleanText } from '../rappel/rappel.ts';
import { lengthOf } from './text-limits.ts';

for (const [text, said] of [
  ['x'.repeat(22), ''],
  ['x'.repeat(23), '23/30'],
  ['x'.repeat(29), '29/30'],
  ['x'.repeat(30), '30/30'],
  ['x'.repeat(31), '31/30'],
  ['x'.repeat(300), '300/30'],
  ['🌻'.repeat(29), '29/30'],
  [`  ${'e\u0301'.repeat(20)}   ${'é'.repeat(9)} `, '30/30'],
  ['', ''],
] as const) {
  test(`of ${[...text].length} characters out of 30, « ${said} » is said`, () => {
    assert.equal(lengthOf(text, 30), said);
  });
}

test('the phone and the server count alike what people write', () => {
  for (const typed of [
    '  Zoé  ',
    'pas à 16 h 30,\tsortie de l’école',
    'a\u00a0b',
    '👩‍👧 oui',
    'e\u0301t\u0301',
  ]) {
    const text = typed.repeat(9);
    const { limit } = fields.eviter;
    const { length } = [...cleanText(text)];
    assert.equal(lengthOf(text, limit), length < (limit * 3) / 4 ? '' : `${length}/${limit}`);
  }
});
