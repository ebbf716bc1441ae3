// Pages are found by who searches, lead where they say, and never tell on the phone what they are about.
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { test } from 'node:test';
import { revealing } from '../../src/service/revealing.ts';
import { journeyPath, tongues } from '../../src/service/tongues.ts';
import { built } from '../accessibility/addresses.ts';
import { builtPages, isAddress } from './built.ts';

const promises =
  /aucune trace|sans trace|anonym|secret absolu|brisez le silence|garanti|nous vous recontact|dans les meilleurs délais|\bil faut\b|vous devez|êtes-vous (une )?victime/i;

const addresses = builtPages.filter(isAddress);
/** Where a link may lead; the last are rendered by the server, at a visit. */
const paths = [
  ...builtPages.map(({ path }) => path),
  ...tongues.map((tongue) => journeyPath('cancel', tongue)),
];
/** What is no page: built files, and what the server answers by the clock. */
const files = [
  ...globSync('**/*.*', { cwd: built }).map((file) => `/${file}`),
  '/api/v1',
  '/api/v1/ouvert.json',
];

for (const { path, $ } of builtPages) {
  test(`${path} leads only to what exists`, () => {
    const links = $('a[href]')
      .toArray()
      .map((link) => $(link).attr('href') ?? '');
    const exit = $('#quitter').attr('href');
    const dead = links.filter((link) => {
      if (link === exit || /^(tel|sms):\d/.test(link.replace('+', ''))) return false;
      if (link.startsWith('#')) return $(link).length !== 1;
      if (/^https:/.test(link)) return !$(`a[href="${link}"]`).parent().text().includes('autre site');
      return $(`a[href="${link}"]`).attr('download') ? !files.includes(link) : !paths.includes(link);
    });
    assert.deepEqual(dead, []);
  });

  test(`${path} says nothing of itself in a history, an address or a preview`, () => {
    const kept = [
      path,
      $('title').text(),
      ...$('meta[name=description], meta[property^="og:"]')
        .toArray()
        .map((meta) => $(meta).attr('content') ?? ''),
      ...$('link[rel=canonical], link[rel=alternate]')
        .toArray()
        .map((link) => $(link).attr('href') ?? ''),
    ];
    assert.deepEqual(
      kept.filter((text) => !text.trim() || revealing.test(text)),
      [],
    );
  });

  test(`${path} promises nothing that we cannot keep`, () => {
    const main = $('main').clone();
    main.find('.lines').remove(); // other services may promise it
    assert.doesNotMatch(main.text(), promises);
  });
}

test('every page has a title and a description of its own', () => {
  for (const tell of [
    ({ $ }: (typeof addresses)[number]) => `${$('html').attr('lang')} ${$('title').text()}`,
    ({ $ }: (typeof addresses)[number]) => $('meta[name=description]').attr('content') ?? '',
  ]) {
    const told = addresses.map(tell);
    assert.deepEqual(
      told.filter((text, index) => told.indexOf(text) !== index),
      [],
    );
  }
});

test('the plan leads to every page, and every page to the plan', () => {
  const plan = builtPages.find(({ path }) => path === '/plan');
  const listed = [
    '/plan',
    '/langues',
    ...(plan
      ?.$('main a')
      .toArray()
      .map((link) => plan.$(link).attr('href')) ?? []),
  ];
  const own = addresses.map(({ path }) => path).filter((path) => !path.startsWith('/langues/'));
  assert.deepEqual(
    own.filter((path) => !listed.includes(path)),
    [],
  );
  for (const { $, path } of addresses) assert.equal($('a[href="/plan"], a[href="/"]').length > 0, true, path);
});

test('the words that people type stand in headings and texts', () => {
  const said = addresses
    .map(({ $ }) => $('h1, h2, h3').text())
    .join(' ')
    .toLowerCase();
  for (const words of [
    'violences',
    'ordonnance de protection',
    'main courante',
    'certificat médical',
    'aide d’urgence',
    'plainte',
    'téléphone grave danger',
    'numéros',
  ])
    assert.ok(said.includes(words), words);
});
