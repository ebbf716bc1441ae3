// What the check of a partner's page says of its words alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsOfText } from '../../src/browser/text-rules.ts';

const ours = { number: '+33199001234', hours: 'du lundi au vendredi, de 9 h à 17 h' };
const said = (text: string) => problemsOfText(text, ours).join('\n');

for (const text of [
  'Un premier pas : 01 99 00 12 34, du lundi au vendredi, de 9 h à 17 h.',
  'Un premier pas : +33 (0)1.99.00.12.34, lundi – vendredi, 9h-17h00',
  'Mairie : 01 99 00 56 78, de 8 h à 12 h. Un premier pas : 01 99 00 12 34.',
  'Un premier pas : 0199001234. Autre service : 01 99 00 56 78, de 8 h à 20 h.',
  'Un premier pas : 01 99 00 12 34. Le 116 006 répond de 9 h à 20 h.',
])
  test(`nothing to say of « ${text} »`, () => assert.equal(said(text), ''));

for (const [text, problem] of [
  ['Un premier pas, du lundi au vendredi', /numéro manque/],
  ['Un premier pas : 01 99 00 12 3', /numéro manque/],
  ['Un premier pas : 01 99 00 56 78', /01 99 00 56 78, près de notre nom/],
  ['Un premier pas : 01 99 00 12 34, de 9 h à 18 h', /« 9 h à 18 h » n’est pas notre horaire/],
  ['Un premier pas : 01 99 00 12 34, de 9h30 à 17h', /« 9 h 30 à 17 h »/],
  ['01 99 00 12 34 (Un premier pas), du lundi au samedi', /« lundi au samedi »/],
] as const)
  test(`something to say of « ${text} »`, () => assert.match(said(text), problem));
