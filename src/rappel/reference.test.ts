import assert from 'node:assert/strict';
import { test } from 'node:test';
import { referenceOf } from './reference.ts';

const draws = Array.from({ length: 256 }, (_, draw) => draw.toString(16).padStart(2, '0'));

test('an id has one reference: two words and two digits', () => {
  assert.equal(referenceOf('00000007'), 'abricot-lampe 07');
  assert.equal(referenceOf('1f1f0063'), 'kiosque-tulipe 99');
  assert.equal(referenceOf('1f1f0064'), 'kiosque-tulipe 00');
  assert.equal(referenceOf('0103ffffeeeeeeeeeeeeeeeeeeeeeeee'), 'ardoise-lilas 35');
});

test('every word can be said and typed without an accent, and no word is on both sides', () => {
  const references = draws.map((draw) => referenceOf(`${draw}${draw}0000`));
  const words = references.map((reference) => /^([a-z]{4,})-([a-z]{4,}) 00$/.exec(reference) ?? []);
  const first = new Set(words.map(([, word]) => word));
  const second = new Set(words.map(([, , word]) => word));
  assert.deepEqual([first.size, second.size, first.union(second).size], [32, 32, 64]);
});
