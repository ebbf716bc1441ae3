import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readingOf, syllablesOf } from './reading-ease.ts';

test('syllables are counted as they are said', () => {
  const said = {
    la: 1,
    ligne: 1,
    écoute: 2,
    question: 2,
    plainte: 1,
    violences: 2,
    département: 4,
    ordonnance: 3,
  };
  assert.deepEqual(Object.fromEntries(Object.keys(said).map((word) => [word, syllablesOf(word)])), said);
});

test('short words and short sentences are easy, those of an office are not', () => {
  const plain = readingOf(['La ligne est là. On vous écoute.']);
  const office = readingOf([
    'Conformément aux dispositions réglementaires susmentionnées, l’administration compétente procédera à l’instruction.',
  ]);
  assert.equal(plain.wordsBySentence, 3.5);
  assert.ok(plain.ease > 80, String(plain.ease));
  assert.ok(office.ease < 30, String(office.ease));
});
