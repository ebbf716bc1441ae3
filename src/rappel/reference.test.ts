import assert from 'node:assert/strict';
import { test } from 'node:test';
import { referenceOf } from './reference.ts';

const draws = Array.from({ length: 256 }, (_, draw) => draw.toString(16).padStart(2, '0'));
const words = draws.map(
  (draw) => /^([a-z]{4,})-([a-z]{4,}) 00$/.exec(referenceOf(`${draw}${draw}0000`)) ?? [],
);
const first = words.map(([, word = '']) => word);
const second = words.map(([, , word = '']) => word);

test('an id has one reference: two words and two digits', () => {
  assert.equal(referenceOf('00000007'), 'abricot-lampe 07');
  assert.equal(referenceOf('1f1f0063'), 'kiosque-tulipe 99');
  assert.equal(referenceOf('1f1f0064'), 'kiosque-tulipe 00');
  assert.equal(referenceOf('0103ffffeeeeeeeeeeeeeeeeeeeeeeee'), 'ardoise-lilas 35');
});

test('256 words on each side, said and typed without an accent: 6,553,600 references', () => {
  assert.deepEqual([new Set(first).size, new Set(second).size], [256, 256]);
  assert.equal(new Set([...first, ...second]).size, 512);
});

test('no word is one letter away from another: a slip of the ear or of a finger leads to no other request', () => {
  const all = [...first, ...second];
  const slips = all.flatMap((one, at) =>
    all.slice(at + 1).flatMap((other) => (isOneLetterAway(one, other) ? [`${one} ${other}`] : [])),
  );
  assert.deepEqual(slips, []);
  assert.deepEqual(
    ['melon', 'melons', 'meson', 'lemon'].map((other) => isOneLetterAway('melon', other)),
    [true, true, true, false],
  );
});

test('no word tells what the line is for', () => {
  const telling = /violence|victime|conjugal|abus|viol|danger|urgence|plainte|aide/;
  assert.deepEqual(
    [...first, ...second].filter((word) => telling.test(word)),
    [],
  );
});

/** Whether two words are the same after one letter of either is changed, added or left out. */
function isOneLetterAway(one: string, other: string): boolean {
  const [short = '', long = ''] = [one, other].sort((a, b) => a.length - b.length);
  if (long.length - short.length > 1) return false;
  const same = [...short].findIndex((letter, at) => letter !== long[at]);
  const from = same < 0 ? short.length : same;
  return short.slice(long.length === short.length ? from + 1 : from) === long.slice(from + 1);
}
