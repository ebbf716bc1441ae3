import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import francais from '../content/langues/francais.json' with { type: 'json' };
import { journeyPath, otherTongues, tongues } from './tongues.ts';
import { datesOf, sentenceIn, type Word, wordIn } from './words.ts';

const root = new URL('../..', import.meta.url).pathname;
const common = Object.keys(francais.mots) as Word[];

test('every language of the folder has its journey, and none is named that is not there', () => {
  const named = (ending: string) =>
    globSync(`src/content/langues/*${ending}`, { cwd: root }).map((file) => file.slice(20, -ending.length));
  assert.deepEqual(named('.md').sort(), [...otherTongues]);
  assert.deepEqual(named('.json').sort(), [...tongues].sort());
});

test('every sentence of the French journey exists in every language', () => {
  const counts = tongues.map((tongue) => common.filter((word) => wordIn(tongue, word) !== '').length);
  assert.deepEqual(new Set(counts), new Set([common.length]));
  assert.ok(common.length > 150);
});

test('no sentence waits that no page says', () => {
  const files = globSync('src/**/*.{ts,astro}', { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
  const code = files.map((file) => readFileSync(`${root}${file}`, 'utf8')).join('\n');
  // Keys that are made of a field, a day, an answer: `champ.${name}.nom`.
  const made =
    /^(champ\.\w+\.(nom|aide|court)|jour\.|periode\.|choix\.|suite\.(essais|tiers|message)\.|suite\.appels?\.finissant)/;
  const keys = [francais.mots, francais.francais_seul, francais.traductions_seules].flatMap(Object.keys);
  assert.deepEqual(
    keys.filter((key) => !made.test(key) && !code.includes(`'${key}'`) && !code.includes(`"${key}"`)),
    [],
  );
});

test('a sentence that a language does not say, or a place left empty, is a fault of ours', () => {
  assert.throws(() => wordIn('tamoul', 'champ.tiers_phrase.nom'), /is not said in tamoul/);
  assert.equal(wordIn('francais', 'champ.tiers_phrase.nom'), 'La phrase à dire');
  assert.throws(() => sentenceIn('francais', 'suite.instant', { jour: 'lundi' }), /no value for heure/);
  assert.equal(sentenceIn('francais', 'suite.instant', { jour: 'lundi', heure: '9 h' }), 'lundi à 9 h');
});

test('dates of every language have the figures of a keypad, and its own words', () => {
  const at = new Date('2026-12-01T12:00:00Z');
  for (const tongue of tongues) {
    const written = new Intl.DateTimeFormat(datesOf(tongue), {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
    }).format(at);
    assert.match(written, /(?<!\d)1(?!\d)/, `${tongue}: ${written}`);
  }
});

test('addresses of a language begin with its page', () => {
  assert.deepEqual(
    (['form', 'send', 'outcome', 'change', 'cancel'] as const).map((step) => journeyPath(step, 'tamoul')),
    ['rappel', 'envoi', 'suite', 'modifier', 'annuler'].map((name) => `/langues/tamoul/${name}`),
  );
  assert.deepEqual(
    [journeyPath('form', 'francais'), journeyPath('send', 'francais')],
    ['/contact', '/contact/envoi'],
  );
});
