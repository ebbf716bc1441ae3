// The shortest style that still says the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withMediaLast, withoutSpaces, withShortNames } from './style-text.ts';

test('a name that a style declares becomes a letter, the same everywhere; what a script sets keeps its name', () => {
  assert.equal(
    withShortNames(
      ':root{--ink:#123;--ink-soft:#456}p{color:var(--ink);top:var(--exit-top);fill:var(--ink-soft)}',
    ),
    ':root{--a:#123;--b:#456}p{color:var(--a);top:var(--exit-top);fill:var(--b)}',
  );
});

test('no two names share a letter, however many they are', () => {
  const names = Array.from({ length: 60 }, (_, index) => `--name-${index}`);
  const short = withShortNames(`p{${names.map((name) => `${name}:0`).join(';')}}`).match(/--\w+/g);
  assert.equal(new Set(short).size, names.length);
  assert.deepEqual([short?.[0], short?.[25], short?.[26], short?.[59]], ['--a', '--z', '--a1', '--h2']);
});

test('a name inside a word is no name', () => {
  assert.equal(withShortNames('.card--wide{--wide:1}'), '.card--wide{--a:1}');
});

test('each kind of screen is said once, after what is for all, paper last', () => {
  assert.equal(
    withMediaLast('a{b:c}@media print{d{e:f}}g{h:i}@media (width>9em){j{k:l}m{n:o}}@media print{p{q:r}}'),
    'a{b:c}g{h:i}@media (width>9em){j{k:l}m{n:o}}@media print{d{e:f}p{q:r}}',
  );
});

test('a value that is for later loses its spaces too', () => {
  assert.equal(withoutSpaces('p{--a: 0 1px, red;--b: x}'), 'p{--a:0 1px,red;--b:x}');
});
