// Every figure of every page comes from the data, and what the data says of itself is up to date.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { tonguesOf } from '../../src/kit/languages.ts';
import { papersIn } from '../../src/kit/papers.ts';
import { freePlace, ways } from '../../src/kit/ways.ts';
import { periodsOf } from '../../src/rappel/fields.ts';
import { hourIn } from '../../src/service/hours-in-language.ts';
import { nearYou } from '../../src/service/near.ts';
import { callbacks, clock, hours, opening, phone } from '../../src/service/service.ts';
import traces from '../../src/service/traces.json' with { type: 'json' };
import { factsOlderThan } from '../../src/writing/old-facts.ts';
import { readContent } from '../../src/writing/read.ts';
import { toConfirm } from '../../src/writing/to-confirm.ts';
import { builtPages, flat } from './built.ts';

const root = new URL('../..', import.meta.url).pathname;
const content = readContent(`${root}src/content`);
const helplines: Record<string, unknown>[] = JSON.parse(
  readFileSync(`${root}src/content/faits/numeros.json`, 'utf8'),
);

/** What of a number pages show. */
const shown = ['numero', 'pour_qui', 'quand', 'cout', 'trace', 'sans_parler'];

// Everything that may hold a figure, as the data writes it; longest first, so that no part of one is left over.
const sayable = [
  ...[...content.facts.values()].flatMap(({ text }) => text ?? []),
  ...helplines.flatMap((line) => shown.map((name) => String(line[name]))),
  ...nearYou.flatMap(({ places }) =>
    places.flatMap(({ name, what, when, phone }) => [name, what, when ?? '', phone?.written ?? '']),
  ),
  ...[phone.written, hours.written, hours.short, clock.opens, clock.closes],
  ...content.languages.flatMap(({ head }) =>
    [opening.opensAt, 12 * 60, 14 * 60, opening.closesAt].map((minutes) => hourIn(head.langue, minutes)),
  ),
  ...Object.values(callbacks),
  ...[content.frenchJourney, ...content.journeys.values()].flatMap(({ mots }) => Object.values(mots)),
  ...Object.values(content.frenchJourney.francais_seul),
  ...periodsOf(opening).map((period) => period.hours),
  ...traces.visits.flatMap(({ version, titles, pages }) => [version, ...titles, String(pages)]),
  dayWritten(traces.day),
  ...papersIn(tonguesOf(`${root}src/content`)).flatMap(({ name, size, purpose }) => [name, size, purpose]),
  ...[freePlace, ...Object.values(ways).map(({ note }) => note)],
]
  .map(plain)
  .filter((text) => /\d/.test(text))
  .sort((one, other) => other.length - one.length);

for (const { path, $ } of builtPages) {
  test(`every figure of ${path} is a fact of the data`, () => {
    const page = $('body').clone();
    page.find('script, style, [lang=zxx]').remove();
    page.find('p, li, td, th, a, small, span, div, h1, h2, h3, label').append('\n');
    assert.deepEqual(untraced(page.text()), []);
  });

  test(`every number to tap of ${path} is one of the data`, () => {
    const known = [
      `tel:${phone.dialled}`,
      ...helplines.map(({ lien }) => lien),
      ...nearYou.flatMap(({ places }) => places.map(({ phone }) => phone?.dial)),
    ];
    const dialled = $('a[href^="tel:"], a[href^="sms:"]')
      .toArray()
      .map((link) => $(link).attr('href'));
    assert.notEqual(dialled.length, 0);
    assert.deepEqual(
      dialled.filter((address) => !known.includes(address ?? '')),
      [],
    );
  });
}

test('a figure that no data holds is seen', () => {
  assert.deepEqual(untraced('Appelez le 3919, ou le 01 99 00 12 34.'), [
    'Appelez le , ou le 01 99 00 12 34.',
  ]);
  assert.deepEqual(untraced('Une mesure de 12 mois, puis de 7 mois.'), ['Une mesure de , puis de 7 mois.']);
});

test('what a page shows on somebody’s decision, or must be confirmed, is in docs/a-valider.md', () => {
  assert.equal(readFileSync(`${root}docs/a-valider.md`, 'utf8'), toConfirm(content), 'npm run a-valider');
});

test('no fact below « sûr » is shown without a decision, and most are sure', () => {
  const unsure = [...content.facts.values()].filter(({ confidence }) => confidence !== 'sûr');
  assert.deepEqual(
    unsure.filter(({ decision, question }) => !decision || !question),
    [],
  );
  assert.ok(unsure.length < content.facts.size / 4, `${unsure.length} of ${content.facts.size}`);
});

test('the figure that nobody can explain is on no page; « deux tiers » is always the Département’s', () => {
  for (const { path, $ } of builtPages) {
    const said = flat($('main').text());
    assert.doesNotMatch(said, /2,4|4,6|6,6|pour 1.000/, path);
    for (const sentence of said.split(/(?<=[.!?])\s/).filter((one) => /deux tiers/i.test(one)))
      assert.match(sentence, /le Département estime/i, path);
  }
});

test('old facts are those whose source and last review are old', () => {
  const [fact] = content.facts.values();
  assert.ok(fact);
  const facts = [
    { ...fact, key: 'old', date: '2020', reviewed: undefined },
    { ...fact, key: 'older', date: '2018-05', reviewed: undefined },
    { ...fact, key: 'reviewed', date: '2018-05', reviewed: '2026-10-01' },
    { ...fact, key: 'new', date: '2026-02', reviewed: undefined },
  ];
  const found = factsOlderThan(24, facts, new Date('2026-11-25'));
  assert.deepEqual(
    found.map(({ key }) => key),
    ['older', 'old'],
  );
});

function untraced(text: string): string[] {
  let left = plain(text).replace(/(?:PDF|\(ZIP\)), \d+ ko/g, ''); // what the file weighs, weighed when it is drawn
  for (const known of sayable) left = left.replace(new RegExp(`(?<!\\d)${escaped(known)}(?!\\d)`, 'gi'), '');
  return left
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /\d/.test(line));
}

function plain(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ').replaceAll('’', "'");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function dayWritten(day: string): string {
  return new Date(day).toLocaleDateString('fr-FR', { dateStyle: 'long', timeZone: 'UTC' });
}
