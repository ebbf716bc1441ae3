// The pages that the law asks for say each thing that it asks, and nothing that the code does not do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkedMs, rememberedMs } from '../../src/rappel/outbox.ts';
import { changeableMinutes } from '../../src/rappel/outcome.ts';
import { longestBounceHours } from '../../src/settings/environment.ts';
import { publisherNames } from '../../src/settings/publisher.ts';
import { readContent } from '../../src/writing/read.ts';
import { type BuiltPage, blocksOf, builtPages } from './built.ts';

const root = new URL('../..', import.meta.url).pathname;
const { facts, pages } = readContent(`${root}src/content`);

// What article 13 of the European regulation asks, by its own numbers; then articles 9 and 14, and the regulation's own words.
// Not asked of this basis and this form: 13.1.d (no legitimate interest of somebody's own), 13.2.c (no consent to take back).
const asked: [article: string, words: RegExp[]][] = [
  [
    '13.1.a, the controller and how to reach it',
    [/Département du Val-de-Marne en est responsable/, /son courriel :/],
  ],
  ['13.1.b, the data protection officer', [/À qui le demander :/]],
  ['13.1.c, the purpose', [/servent à une seule chose : vous rappeler/]],
  ['13.1.c, the basis', [/mission d’intérêt public \(article 6\.1\.e/]],
  ['9, sensitive data', [/article 9 du règlement/, /Ce qui permet de s’en servir :/]],
  ['13.1.e, who receives it', [/équipe d’Un premier pas/, /boîte de l’équipe :/, /héberge le site :/]],
  ['32, whether the mail is closed', [/liaison chiffrée/, /elle seule peut l’ouvrir/, /peut le lire/]],
  ['13.1.f, what leaves Europe', [/vers les États-Unis, dans un cadre/]],
  [
    '13.2.a, how long',
    [
      /jusqu’à leur départ/,
      /pour repartir si la boîte de l’équipe les refuse/,
      /Dans la boîte de l’équipe :/,
    ],
  ],
  ['13.2.b, rights', [/\bvoir\b/, /corriger/, /effacer/, /limiter/, /vous y opposer/]],
  ['13.2.d, to complain', [/réclamation à la Commission nationale/]],
  ['13.2.e, what happens without an answer', [/Sans elles, nous ne pouvons pas vous rappeler/]],
  ['13.2.f, no machine decides', [/Aucune décision n’est prise par une machine/]],
  ['14, the number of somebody else', [/celui d’une autre personne/, /mêmes droits/]],
];

for (const [article, words] of asked)
  test(`/donnees says what the law asks: ${article}`, () => {
    const said = saidBy('/donnees');
    assert.deepEqual(
      words.filter((word) => !word.test(said)),
      [],
    );
  });

test('/donnees rests on no consent and on no interest of ours, of which it would have to say more', () => {
  assert.doesNotMatch(saidBy('/donnees'), /consentement|intérêts? légitimes?/i);
});

const days: Record<string, number> = { 'deux jours': 2, 'trente-trois jours': 33 };

test('how long the site keeps a thing, in words, is what its code does', () => {
  const inWords = (key: string) => facts.get(key)?.text ?? '';
  assert.equal(days[inWords('donnees-chiffres')], rememberedMs / 86_400_000);
  assert.equal(days[inWords('donnees-liens')], (rememberedMs + linkedMs) / 86_400_000);
  assert.equal(days[inWords('donnees-retour')], longestBounceHours / 24);
  assert.equal(inWords('donnees-jeton'), 'trente minutes');
  assert.equal(changeableMinutes, 30);
  for (const key of ['donnees-chiffres', 'donnees-retour', 'donnees-liens', 'donnees-jeton'])
    assert.ok(saidBy('/donnees').includes(inWords(key)), key);
});

test('/infos says who publishes, who directs, who hosts, and where to tell an error, but not on the line', () => {
  const said = saidBy('/infos');
  for (const words of [
    /Le Département du Val-de-Marne publie ce site/,
    /Siège :/,
    /Téléphone :/,
    /Courriel :/,
    /Directeur ou directrice de la publication :/,
    /Hébergeur, son adresse et son téléphone :/,
    /Pour dire une erreur du site, l’adresse de courriel :/,
  ])
    assert.match(said, words);
  const body = pages.find(({ id }) => id === 'infos')?.body ?? '';
  assert.doesNotMatch(body, /\{numero\}/);
});

// The headings that the form imposes, each at its level; ours may follow two of them.
const imposed: [level: string, heading: RegExp][] = [
  ['h1', /^Déclaration d’accessibilité$/],
  ['h2', /^État de conformité$/],
  ['h3', /^Résultat des tests$/],
  ['h2', /^Contenus non accessibles$/],
  ['h3', /^Non-conformité$/],
  ['h3', /^Dérogations pour charge disproportionnée$/],
  ['h3', /^Contenus non soumis à l’obligation d’accessibilité$/],
  ['h2', /^Établissement de cette déclaration d’accessibilité$/],
  ['h3', /^Technologies utilisées pour la réalisation du site$/],
  ['h3', /^Environnement de test$/],
  ['h3', /^Outils utilisés lors de l’évaluation$/],
  ['h3', /^Pages du site vérifiées$/],
  ['h2', /^Retour d’information et contact/],
  ['h2', /^Voies de recours/],
];

test('/accessibilite has the form that is imposed, in its order', () => {
  const { $ } = pageAt('/accessibilite');
  const headings = $('main :is(h1, h2, h3)')
    .toArray()
    .map((heading) => ({ level: heading.tagName, text: $(heading).text().trim() }));
  assert.equal(headings.length, imposed.length, headings.map(({ text }) => text).join(' / '));
  for (const [at, [level, text]] of imposed.entries()) {
    assert.equal(headings[at]?.level, level);
    assert.match(headings[at]?.text ?? '', text);
  }
});

test('/accessibilite leads to the two pages of the Défenseur des droits, and to each page it names', () => {
  const { $ } = pageAt('/accessibilite');
  const links = $('main a')
    .toArray()
    .map((link) => $(link).attr('href') ?? '');
  assert.equal(links.filter((link) => link.startsWith('https://www.defenseurdesdroits.fr/')).length, 2);
  for (const path of ['/', '/appeler', '/contact', '/numeros', '/reglages'])
    assert.ok(links.includes(path), path);
});

test('the notice stands above the button: who is responsible, what for, and where the rest is said', () => {
  const { $ } = pageAt('/contact');
  const form = $('form#demande');
  const before = form.find('button[type=submit]').prevAll('p').first();
  assert.match(plain(before.text()), /équipe du Département du Val-de-Marne, pour vous rappeler/);
  assert.equal(before.find('a').attr('href'), '/donnees');
});

test('each thing that only the Département can give has its place on a page, under a name that the build knows', () => {
  const bodies = pages.map(({ body }) => body).join('\n');
  for (const placeholder of Object.keys(publisherNames))
    assert.ok(bodies.includes(`{${placeholder}}`), placeholder);
});

function saidBy(path: string): string {
  return plain(blocksOf(pageAt(path)).join('\n'));
}

function pageAt(path: string): BuiltPage {
  const page = builtPages.find((one) => one.path === path);
  assert.ok(page, path);
  return page;
}

function plain(text: string): string {
  return text.replace(/\s/g, ' ');
}
