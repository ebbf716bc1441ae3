import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readReference, referenceOf } from './reference.ts';

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

test('every reference is read as it was written', () => {
  for (const [at, draw] of draws.entries()) {
    const reference = referenceOf(`${draw}${draws.at(-1 - at)}00${draw}`);
    assert.equal(readReference(reference), reference);
  }
});

test('a reference is read as people remember and type it', () => {
  const typed = [
    ...[
      'galet-sapin 54',
      'GALET SAPIN 54',
      'Galet – Sapin, 54',
      '  galet_sapin54 ',
      'galet.sapin.54.',
      'gâlet-sàpin 54',
    ],
    ...[
      'Réf. galet-sapin 54',
      'référence : galet sapin 54',
      'la référence galet-sapin 54',
      'ｇａｌｅｔ　ｓａｐｉｎ　５４',
    ],
    ...['« galet-sapin 54 »', 'galet\u00a0sapin\u202f54', 'galet\u2011sapin\n54'],
  ];
  for (const text of typed) assert.equal(readReference(text), 'galet-sapin 54', text);
  assert.equal(readReference('galet sapin 7'), 'galet-sapin 07');
});

test('what is no reference of ours is none: another order, another word, digits too few or too many', () => {
  const others = [
    ...[
      '',
      ' ',
      'galet',
      'galet-sapin',
      '54',
      'sapin-galet 54',
      '54 galet sapin',
      'galet-sapin 540',
      'galet-sapins 54',
    ],
    ...[
      'galetsapin 54',
      'galet-sapin 5 4',
      'galet-galet 54',
      'sapin-sapin 54',
      'galet-sapin 54 55',
      '__proto__ constructor 11',
    ],
    `${'galet '.repeat(3000)}sapin 54`,
  ];
  for (const text of others) assert.equal(readReference(text), undefined, text);
});

test('a text far longer than a reference is not searched for one', () => {
  assert.equal(readReference(`galet-sapin 54${' '.repeat(186)}`), 'galet-sapin 54');
  assert.equal(readReference(`galet-sapin 54${' '.repeat(187)}`), undefined);
});

/** Whether two words are the same after one letter of either is changed, added or left out. */
function isOneLetterAway(one: string, other: string): boolean {
  const [short = '', long = ''] = [one, other].sort((a, b) => a.length - b.length);
  if (long.length - short.length > 1) return false;
  const same = [...short].findIndex((letter, at) => letter !== long[at]);
  const from = same < 0 ? short.length : same;
  return short.slice(long.length === short.length ? from + 1 : from) === long.slice(from + 1);
}
