import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FrenchJourney, type Journey, journeySchema, lostIn, toTranslate } from './journeys.ts';

const french: FrenchJourney = {
  dates: 'fr-FR',
  mots: {
    'a.lien': 'Dites « vous faites erreur », <a href="{page-annuler}">ici</a>.',
    'a.limite': '{champ} : {limite} caractères, par exemple 34.',
    'a.heures': '{debut} – {fin}',
  },
  francais_seul: { 'a.phrase': 'La phrase à dire.' },
  traductions_seules: { 'a.latin': 'En lettres latines.' },
};

const russian: Journey = {
  dates: 'ru',
  relu: false,
  doutes: {},
  retraductions: {},
  mots: {
    'a.lien': 'Скажите «vous faites erreur», <a href="{page-annuler}">здесь</a>.',
    'a.limite': '{champ}: {limite} знаков, например 34.',
    'a.heures': '{debut} – {fin}',
    'a.latin': 'Латинскими буквами.',
  },
};

/** What is wrong with the Russian words once some are others. */
const lost = (mots: Record<string, string>, more: Partial<Journey> = {}) =>
  lostIn('langues/russe.json', { ...russian, ...more, mots: { ...russian.mots, ...mots } }, french);

test('a translation that says all that the French says, but what only French says, has no fault', () => {
  assert.deepEqual(Object.keys(toTranslate(french)), ['a.lien', 'a.limite', 'a.heures', 'a.latin']);
  assert.deepEqual(lost({}), []);
});

test('each thing that a translation may not lose is told, with its file and its key', () => {
  const { 'a.latin': _, ...mots } = russian.mots;
  assert.deepEqual(lostIn('langues/russe.json', { ...russian, mots }, french), [
    'langues/russe.json, « a.latin » : cette phrase manque.',
  ]);
  assert.match(lost({ 'a.limite': 'Например 34 знака.' }).join(), /mêmes places et les mêmes balises/);
  assert.match(
    lost({ 'a.lien': 'Скажите «vous faites erreur», здесь.' }).join(),
    /mêmes places et les mêmes balises/,
  );
  assert.match(lost({ 'a.limite': '{champ}: {limite} знаков.' }).join(), /« 34 » doit y rester tel quel/);
  assert.match(
    lost({ 'a.lien': 'Скажите «вы ошиблись», <a href="{page-annuler}">здесь</a>.' }).join(),
    /« vous faites erreur » doit y rester tel quel/,
  );
  assert.match(lost({ 'a.latin': 'En lettres latines.' }).join(), /aucune lettre de sa langue/);
  assert.match(lost({ 'a.latin': 'Буквами \u2066.' }).join(), /un isolat ouvert n’est pas fermé/);
  assert.match(lost({ 'a.phrase': 'Фраза.' }).join(), /« a.phrase » : le français ne dit rien sous ce nom/);
  assert.match(lost({}, { doutes: { 'a.rien': 'un doute' } }).join(), /« a.rien » : le français ne dit rien/);
});

test('a sentence is one line without spaces around, its accents whole; dates are of a language that is known', () => {
  const faults = (more: object) => journeySchema.safeParse({ ...russian, ...more }).error?.issues.length ?? 0;
  assert.equal(faults({}), 0);
  for (const written of ['', ' a', 'a ', 'a\nb', 'e\u0301'])
    assert.equal(faults({ mots: { 'a.a': written } }), 1, written);
  assert.equal(faults({ dates: 'xx' }), 1);
  assert.equal(faults({ autre: 'chose' }), 1);
});
