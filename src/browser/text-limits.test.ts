import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fields } from '../rappel/fields.ts';
import { cleanText } from '../rappel/rappel.ts';
import { remaining } from './text-limits.ts';

for (const [text, said] of [
  ['x'.repeat(22), ''],
  ['x'.repeat(23), 'Il reste 7 caractères.'],
  ['x'.repeat(29), 'Il reste 1 caractère.'],
  ['x'.repeat(30), 'Il reste 0 caractère.'],
  ['x'.repeat(31), '1 caractère de trop.'],
  ['x'.repeat(300), '270 caractères de trop.'],
  ['🌻'.repeat(29), 'Il reste 1 caractère.'],
  [`  ${'e\u0301'.repeat(20)}   ${'é'.repeat(9)} `, 'Il reste 0 caractère.'],
  ['', ''],
] as const) {
  test(`of ${[...text].length} characters out of 30, « ${said} » is said`, () => {
    assert.equal(remaining(text, 30), said);
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
    const left = fields.eviter.limit - [...cleanText(text)].length;
    assert.match(
      remaining(text, fields.eviter.limit),
      left > 30 ? /^$/ : new RegExp(`^(Il reste )?${Math.abs(left)} `),
    );
  }
});
