// What pages state of the law: each protection with its conditions and its exceptions, and none of the statements that a
// reading of the law found wrong, or dangerous to believe. The sources are in src/content/faits/.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheerioAPI } from 'cheerio';
import { builtPages, flat } from './built.ts';

const apres = pageAt('/apres');
const preparer = pageAt('/preparer');
const reperes = pageAt('/reperes');

// Under each heading of /apres, what must be said there: for whom, on which conditions, and what it costs to ask.
const sections: Record<string, RegExp[]> = {
  'Pour le couple, pour les autres proches': [
    /marier de force peut aussi demander l’ordonnance de protection/,
    /subi un viol peut aussi recevoir le téléphone grave danger, quel que soit l’auteur/,
    /marié ou non, sous le même toit ou non/,
    /Quel que soit l’auteur, il y a les secours, la plainte, le certificat médical/,
    /3133/,
  ],
  'L’ordonnance de protection': [
    /Pour qui : le couple ou l’ancien couple, même sans avoir vécu ensemble ; ou une personne adulte menacée d’un mariage forcé/,
    /La plainte n’est pas obligatoire. L’avocat non plus/,
    /n° 15458/,
    /l’autre personne est convoquée/i,
    /le juge prévient le procureur/,
    /6 jours après avoir fixé cette date, et non après la demande/,
    /12 mois au plus. Elle se prolonge seulement si un divorce/,
  ],
  'En attendant, si le danger est grave et immédiat': [
    /une demande d’ordonnance de protection déjà faite/,
    /avec votre accord/,
    /24 heures, sans audience/,
    /mariage forcé/,
    /ne règle pas le logement/,
  ],
  'Le téléphone grave danger': [
    /Si vous l’acceptez, il dit où vous êtes quand vous alertez/,
    /subi un viol, quel que soit l’auteur/,
    /ne pas vivre avec l’auteur/,
    /un juge lui a interdit de vous joindre, ou le danger est certain et proche/,
    /avec votre accord/,
  ],
  'Le bracelet anti-rapprochement': [
    /Vous portez aussi un appareil, qui dit à tout moment où vous êtes/,
    /Rien ne se fait sans votre accord/,
    /Pour qui : le couple ou l’ancien couple\./,
  ],
  'Un avocat, et ce que cela coûte': [/aide juridictionnelle/, /3039 est gratuit/],
  'La main courante': [
    /la police a pour consigne de prendre plutôt une plainte, ou d’avertir le procureur/,
    /L’autre personne peut alors l’apprendre/,
    /demander, avant de raconter, ce qui sera fait de votre parole/,
  ],
  'L’aide d’urgence': [/violences dans le couple/, /situation régulière. Sinon, voyez/, /dès la plainte/],
  'Le logement : partir, ou rester': [/le juge peut vous le laisser/, /le droit d’y vivre, pas/],
  'Partir avec des enfants': [/peut porter plainte/, /cacher l’adresse/, /la sécurité passe d’abord/],
  'Sans papiers, ou avec un titre lié au couple': [
    /avec ou sans papiers/,
    /en parler avant à une association ou à un avocat/,
    /donne en principe une carte de séjour/,
    /algériennes/,
  ],
  'Après un viol ou une agression sexuelle': [/même sans plainte/, /au plus tard dans les 48 heures/],
  'Le secret, et ses limites': [
    /protège aussi les enfants/,
    /par l’âge, la maladie ou un handicap/,
    /violences dans le couple, une vie en danger immédiat et une personne sous emprise/,
    /Il cherche d’abord votre accord. Sinon, il vous prévient/,
  ],
};

for (const [heading, all] of Object.entries(sections))
  test(`/apres tells who may ask, and on which conditions, under « ${heading} »`, () => {
    const said = sectionOf(apres.$, heading);
    for (const one of all) assert.match(said, one);
  });

// What no page may say any more, and why.
const wrong: [statement: RegExp, why: string][] = [
  [/ne visent que le couple/, 'forced marriage opens the order, rape opens the phone (515-13; 41-3-1)'],
  [/le logement revient/, 'the judge decides of its use; nothing is automatic, and it is not ownership'],
  [/par exemple par une main courante/, 'for a couple it is reported: no way to date a departure'],
  [/l’autre n’en est pas informé/, 'the prosecutor may be told, and the other then learns it'],
  [/main courante, ou (rien|ne rien faire)/, 'offered as a step without consequences'],
  [/Chacun peut quitter/, 'silent about the complaint that the other parent may make'],
  [/face à un danger immédiat et à l’emprise d’une autre personne/, 'two of the four conditions of 226-14'],
  [/hors d’état de se protéger\. Un soignant/, 'says neither age, illness nor disability'],
  [/24 h\/24\. Il indique où vous êtes/, 'only if she accepts, when she alerts'],
  [/il a dormi ailleurs/, 'the former wording of the housing rule'],
];

for (const [statement, why] of wrong)
  test(`no page says ${statement}: ${why}`, () => {
    const saying = builtPages.filter(({ $ }) => statement.test(flat($('body').text())));
    assert.deepEqual(
      saying.map(({ path }) => path),
      [],
    );
  });

test('who prepares a departure with children is told of the complaint, and of whom to ask before', () => {
  const said = flat(preparer.$('main').text());
  assert.match(said, /Avec des enfants, en parler avant à un avocat/);
  assert.match(said, /L’autre parent peut porter plainte/);
  assert.match(said, /la sécurité passe d’abord/);
});

test('the signs of a greater danger are told once, without a box nor a score', () => {
  for (const { $ } of [apres, reperes]) {
    const said = flat($('main').text());
    assert.equal(said.match(/serré votre cou/g)?.length, 1);
    assert.match(said, /même sans marque/);
    assert.doesNotMatch(flat($('.boxes').text()), /serré votre cou|a une arme/);
  }
});

function pageAt(path: string) {
  const page = builtPages.find((one) => one.path === path);
  assert.ok(page, path);
  return page;
}

// The text from a heading to the next, whatever its level.
function sectionOf($: CheerioAPI, heading: string): string {
  const found = $('main')
    .find('h2, h3')
    .filter((_, one) => flat($(one).text()) === heading);
  assert.equal(found.length, 1, heading);
  return flat(found.nextUntil('h2, h3').text());
}
