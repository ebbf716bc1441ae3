// The addresses that we have given away: on posters, in other sites, in calendars. Each answers for ever.
// A line may be added below, when a page opens. None is ever taken away or changed: whoever printed it cannot.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { addressOf } from '../../src/built/address.ts';
import { built } from '../accessibility/addresses.ts';
import { type Site, startSite } from '../support/site.ts';
import { builtPages } from '../writing/built.ts';

const pages = [
  '/',
  '/accessibilite',
  '/appeler',
  '/apres',
  '/contact',
  '/contact/annuler',
  '/donnees',
  '/encart',
  '/facile',
  '/infos',
  '/kit',
  '/langues',
  '/numeros',
  '/plan',
  '/preparer',
  '/proches',
  '/pros',
  '/reglages',
  '/reperes',
  '/service',
];

// Each language: its page, the form, taking back by the reference, what stays.
const languages = [
  'anglais',
  'arabe',
  'bengali',
  'chinois',
  'espagnol',
  'persan',
  'polonais',
  'portugais',
  'roumain',
  'russe',
  'tamoul',
  'turc',
  'ukrainien',
  'vietnamien',
];
const ofLanguages = languages.flatMap((name) =>
  ['', '/rappel', '/annuler', '/traces'].map((step) => `/langues/${name}${step}`),
);

const data = [
  '/api/v1',
  '/api/v1/openapi.json',
  '/api/v1/ouvert.json',
  '/api/v1/service.json',
  '/api/v1/service.schema.json',
  '/api/v1/service.txt',
  '/horaires.ics',
];

const root = new URL('../..', import.meta.url).pathname;

// Answers to something else than their own address, a frame inside the form, and one that only a setting opens.
const answers = /^\/(langues\/\w+\/)?(404|500|refus|trop)$|^\/contact\/verification$|^\/encart\/rappel/;

let site: Site;
before(async () => {
  site = await startSite();
});
after(() => site.stop());

for (const path of [...pages, ...ofLanguages, ...data]) {
  test(`${path} answers, itself`, async () => {
    const answer = await fetch(site.origin + path, { redirect: 'manual' });
    assert.equal(answer.status, 200);
    assert.notEqual((await answer.text()).trim(), '');
  });
}

test('/ici answers the home page as one that was not found, whatever is listed of it', async () => {
  const [home, unlisted] = await Promise.all(['/', '/ici'].map((path) => fetch(site.origin + path)));
  assert.equal(unlisted?.status, 404);
  assert.equal(await unlisted?.text(), await home?.text());
  assert.equal(unlisted?.headers.get('x-robots-tag'), 'noindex');
  assert.equal(unlisted?.headers.get('cache-control'), 'no-store');
  const policy = 'content-security-policy';
  assert.equal(unlisted?.headers.get(policy), home?.headers.get(policy));
});

test('every page that is built, and every file of data, is in the list', () => {
  const paths = builtPages.map(({ path }) => path).filter((path) => !answers.test(path));
  assert.deepEqual(
    paths.filter((path) => ![...pages, ...ofLanguages].includes(path)),
    [],
  );
  const files = globSync(['api/**/*.{json,txt}', '*.ics'], { cwd: built }).map((file) =>
    addressOf(`/${file}`),
  );
  assert.notEqual(files.length, 0);
  assert.deepEqual(
    files.filter((path) => !data.includes(path)),
    [],
  );
});

test('docs/adresses.md promises these addresses, and no other', () => {
  const promised = readFileSync(`${root}docs/adresses.md`, 'utf8').match(/(?<=`)\/[^`\s]*(?=`)/g) ?? [];
  // One language stands for all, where only the name differs.
  const named = ofLanguages.filter((path) => /^\/langues\/\w+$/.test(path) || path.includes('/tamoul/'));
  const all = [...pages, '/ici', ...named, '/encart/rappel', '/encart/rappel/tamoul', ...data];
  assert.deepEqual([...new Set(promised)].sort(), all.sort());
});
