// What the check of a partner's page says of its words alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsOfText } from '../../src/browser/text-rules.ts';
import { hours, phone } from '../../src/service/service.ts';
import { seeded } from '../support/seeded-random.ts';

const ours = { number: '+33199001234', hours: 'du lundi au vendredi, de 9 h à 17 h' };
const said = (text: string) => problemsOfText(text, ours).join('\n');

for (const text of [
  'Un premier pas : 01 99 00 12 34, du lundi au vendredi, de 9 h à 17 h.',
  'Un premier pas : +33 (0)1.99.00.12.34, lundi – vendredi, 9h-17h00',
  'Mairie : 01 99 00 56 78, de 8 h à 12 h. Un premier pas : 01 99 00 12 34.',
  'Un premier pas : 0199001234. Autre service : 01 99 00 56 78, de 8 h à 20 h.',
  'Un premier pas : 01 99 00 12 34. Le 116 006 répond de 9 h à 20 h.',
  'Un premier pas : 01 99 00 12 34, jusqu’à 17 h, fermé le week-end.',
  'Un premier pas : 01 99 00 12 34, fermé de 12 h à 14 h.',
  'Un premier pas : 01 99 00 12 34, sauf le samedi et le dimanche.',
  'Le 3919 répond 24h/24, 7j/7. Un premier pas : 01 99 00 12 34.',
  '3919, 24h/24 01 99 00 12 34',
  'Un premier pas : 01 99 00 12 34. Réunion le 7 juin 2027.',
  'Mairie ouverte de 8 h 30 à 18 h. Un premier pas : 01 99 00 12 34.',
])
  test(`nothing to say of « ${text} »`, () => assert.equal(said(text), ''));

for (const [text, problem] of [
  ['Un premier pas, du lundi au vendredi', /numéro manque/],
  ['Un premier pas : 01 99 00 12 3', /numéro manque/],
  ['Un premier pas : 01 99 00 56 78', /01 99 00 56 78, près de notre nom/],
  ['Un premier pas : 01 99 00 12 34, de 9 h à 18 h', /« 9 h à 18 h » n’est pas notre horaire/],
  ['Un premier pas : 01 99 00 12 34, de 9h30 à 17h', /« 9 h 30 à 17 h »/],
  ['01 99 00 12 34 (Un premier pas), du lundi au samedi', /« lundi au samedi »/],
  ['Un premier pas : 01 99 00 12 34, 9h-18h', /« 9 h à 18 h »/],
  ['Un premier pas : 01 99 00 12 34, de 9 heures à 18 heures', /« 9 h à 18 h »/],
  ['Un premier pas : 01 99 00 12 34, dès 8 h 30', /« 8 h 30 »/],
  ['Un premier pas : 01 99 00 12 34, jusqu’à 18h', /« 18 h »/],
  ['Un premier pas : 01 99 00 12 34, 24h/24', /« 24h\/24 »/],
  ['Un premier pas : 01 99 00 12 34, 24 heures sur 24', /« 24 heures sur 24 »/],
  ['Un premier pas : 01 99 00 12 34, 7j/7', /« 7j\/7 »/],
  ['Un premier pas : 01 99 00 12 34, 7 jours sur 7', /« 7 jours sur 7 »/],
  ['Un premier pas : 01 99 00 12 34, même le week-end', /« week-end »/],
  ['Un premier pas : 01 99 00 12 34, du lundi au vendredi et le samedi', /« le samedi »/],
  ['Un premier pas : 01 99 00 12 34, hors vacances, de 8 h à 20 h', /« 8 h à 20 h »/],
  ['Un premier pas, 24h/24, 01 99 00 12 34', /« 24h\/24 »/],
  ['Un premier pas 7j/7 : 01 99 00 12 34', /« 7j\/7 »/],
  ['Appelez 24h/24 le 01 99 00 12 34', /« 24h\/24 »/],
  ['Tous les jours, de 8 h à 20 h : 01 99 00 12 34', /« 8 h à 20 h »[\s\S]*« tous les jours »/],
] as const)
  test(`something to say of « ${text} »`, () => assert.match(said(text), problem));

// Ways to write a span of hours, and to put it beside our number.
const joins = ['à', '-', ' - ', '–', ' à '];
const written = [
  (hour: number) => `${hour} h`,
  (hour: number) => `${hour}h`,
  (hour: number) => `${hour}h00`,
  (hour: number) => `${hour} heures`,
  (hour: number) => `${hour}:00`,
];
const beside = [
  (span: string) => `Un premier pas : ${phone.written}, ${span}`,
  (span: string) => `${span} : ${phone.written}`,
  (span: string) => `${phone.dialled} (${span}), Un premier pas`,
  (span: string) => `Un premier pas, ${span}, au ${phone.written.replace(/\s/g, '.')}.`,
];
const seed = Number(process.env.SEED ?? Date.now() % 1e6);

test(`of the hours that a seed draws, ours are let be and all others are told (SEED=${seed})`, () => {
  const random = seeded(seed);
  const oneOf = <Kind>(kinds: Kind[]) => kinds[Math.floor(random() * kinds.length)] as Kind;
  const [opens, closes] = [9, 17];
  for (let draw = 0; draw < 2000; draw++) {
    const [from, to] = [oneOf([opens, 6, 7, 8, 10, 14]), oneOf([closes, 12, 16, 18, 20, 22])];
    const write = oneOf(written);
    const text = oneOf(beside)(`de ${write(from)} ${oneOf(joins)} ${write(to)}`);
    const told = problemsOfText(plain(text), { number: phone.dialled, hours: plain(hours.written) });
    const isOurs = from === opens && to === closes;
    assert.equal(
      told.some((line) => line.includes(`« ${from} h à ${to} h »`)),
      !isOurs,
      text,
    );
    assert.equal(told.length > 0, !isOurs, text);
  }
});

// As html-rules.ts hands it over.
function plain(text: string): string {
  return text.replace(/\s+/g, ' ');
}
