// Ways into the pages that somebody may need without knowing that they exist, and what answers the first question of who comes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BuiltPage, blocksOf, builtPages, frenchPages, isAddress } from './built.ts';

/** Pages that nobody looks for, each of which is the one for somebody. */
const needed = ['/proches', '/preparer', '/apres', '/pros', '/facile', '/langues'];

/** Under the names by which people look for them. */
const legal = {
  '/donnees': 'Données personnelles',
  '/infos': 'Mentions légales',
  '/accessibilite': 'Accessibilité : non conforme',
};

const said = (page: BuiltPage) => blocksOf(page).join('\n').replace(/\s/g, ' ');
const page = (path: string) => {
  const found = builtPages.find((one) => one.path === path);
  assert.ok(found, path);
  return found;
};

for (const one of frenchPages.filter(isAddress))
  test(`${one.path} leads to the pages that somebody may need, and to those of the law`, () => {
    const links = one.$('footer nav a').toArray();
    const named = new Map(links.map((link) => [one.$(link).attr('href'), one.$(link).text()]));
    assert.deepEqual(
      needed.filter((path) => !named.has(path)),
      [],
    );
    for (const [path, name] of Object.entries(legal))
      assert.equal(named.get(path)?.replace(/\s/g, ' '), name);
  });

test('the home page leads to each of them, and to the service, from a sentence, or from the names of the languages', () => {
  const { $ } = page('/');
  const inSentences = $('main p a, main li a')
    .toArray()
    .filter((link) => $(link).closest('.doors, .number').length === 0)
    .map((link) => $(link).attr('href'));
  assert.deepEqual(
    [...needed, '/service', '/appeler', '/contact', '/numeros'].filter((path) => !inSentences.includes(path)),
    [],
  );
});

test('the home page says the softer sentence first, and no figure about people', () => {
  const home = page('/');
  assert.match(
    home.$('h1').text(),
    /^Vous pouvez en parler\. Des violences dans le couple ou la famille\s\?$/,
  );
  assert.equal(home.$('h1 .small').length, 1);
  assert.doesNotMatch(said(home), /deux tiers|quatre personnes|ne remplace pas/i);
});

test('the numbers of the night are for women, for everybody, for a roof, for a child, and none of the bar', () => {
  const { $ } = page('/');
  const numbers = $('main .lines a')
    .toArray()
    .map((link) => $(link).attr('href'));
  assert.deepEqual(numbers, ['tel:3919', 'tel:116006', 'tel:115', 'tel:119']);
});

/** The first questions of nearly everybody, and what answers each on the page that is theirs. */
const eight: [asked: RegExp, answers: RegExp[]][] = [
  [/Qui le saura/, [/secret/, /limite/, /dès le début/]],
  [/nom/, [/Vous choisissez ce que vous dites/]],
  [/enfants/, [/protège aussi les enfants/, /en danger/]],
  [/police/, [/c’est vous qui choisissez/, /procureur/]],
  [/fermée/, [/3919/, /femmes et les hommes/, /116 006/, /rappel/]],
  [/coûte.*trace/, [/surtaxé/, /journal/, /facture/]],
  [/langue/, [/autres langues/, /interprète/]],
  [/entends mal.*parler/, [/SMS au 114/, /sourdes/]],
];

test('« Le service » answers eight questions, each under its own heading', () => {
  const { $ } = page('/service');
  const questions = $('main h3').toArray();
  assert.equal(questions.length, eight.length);
  questions.forEach((heading, at) => {
    const answer = $(heading).nextUntil('h2, h3').text().replace(/\s/g, ' ');
    const [asked, answers] = eight[at] ?? [/$^/, []];
    assert.match($(heading).text(), asked);
    assert.match($(heading).text(), /\?$/);
    for (const words of answers) assert.match(answer, words);
  });
});

test('« Le service » dates what the Département said of it', () => {
  const words = said(page('/service'));
  assert.match(words, /11 avril 2023/);
  assert.match(words, /Ce que le Département en a dit en 2023/);
  assert.match(words, /CIDFF 94.*APCARS 94.*APCE 94/);
});

test('calling tells the name and the secret second, and no promise', () => {
  const { $ } = page('/appeler');
  const headings = $('main h2')
    .toArray()
    .map((heading) => $(heading).text());
  assert.equal(headings[1], 'Votre nom, et ce qui reste entre vous');
  const words = said(page('/appeler'));
  for (const part of [/secret/, /limite/, /protège aussi les enfants/, /procureur/, /reçu, même manqué/])
    assert.match(words, part);
  for (const path of ['/', '/appeler', '/service']) {
    const ours = page(path).$('main').clone();
    ours.find('.lines').remove(); // other lines may promise what they keep
    assert.doesNotMatch(ours.text(), /anonym|secret absolu|personne ne le saura|restera entre/i, path);
  }
});

test('a neighbour, an adult child, and who hears no find themselves on the page for relatives', () => {
  const words = said(page('/proches'));
  for (const part of [/voisin/, /l’étage, la porte/, /dit non/, /devenu adulte/, /double des clés/, /signe/])
    assert.match(words, part);
});

test('what a table of contents leads to is there', () => {
  const led = builtPages.flatMap(({ path, $ }) =>
    $('main a[href^="#"]')
      .toArray()
      .map((link) => [path, decodeURIComponent($(link).attr('href') ?? '').slice(1), $] as const),
  );
  assert.notEqual(led.length, 0);
  for (const [path, id, $] of led)
    assert.equal($('[id]').filter((_, one) => $(one).attr('id') === id).length, 1, `${path}#${id}`);
});
