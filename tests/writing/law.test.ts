// What the law gives, with its exceptions and its conditions: a protection that is not said is one that nobody asks for, and
// one that is said too simply betrays who counts on it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtPages, flat } from './built.ts';

const said: Record<string, RegExp[]> = {
  'L’ordonnance de protection': [
    /menacée d’un mariage forcé/,
    /plainte n’est pas obligatoire, un avocat non plus/,
    /convoquée devant le juge/,
  ],
  'Si le danger est grave et immédiat': [/ordonnance de protection déjà faite/, /avec votre accord/],
  'Le téléphone grave danger': [
    /subi un viol/,
    /ne pas vivre avec l’auteur/,
    /Si vous l’acceptez, il indique où vous êtes/,
  ],
  'Le bracelet anti-rapprochement': [/Vous portez aussi un appareil/, /et votre accord/],
  'La main courante': [
    /prendre plutôt une plainte, ou d’avertir le procureur/,
    /L’autre peut alors l’apprendre/,
  ],
  'Le logement : partir, ou rester': [
    /L’autre parent peut porter plainte/,
    /le juge peut vous en laisser l’usage/,
  ],
  'Après un viol': [/même sans plainte/, /0 800 05 95 95/],
  'Sans papiers, ou avec un titre lié au couple': [/avec ou sans papiers/, /contre un mariage forcé/],
  'Le secret, et ses limites': [/Il cherche d’abord l’accord/],
};

/** What was written once and is wrong, and why it is. */
const wrong: [RegExp, string][] = [
  [/ne visent que le couple/, 'forced marriage and rape are exceptions: C. civ. 515-13, CPP 41-3-1'],
  [/par exemple par une main courante/, 'for couple violence it may be told to the prosecutor'],
  [/l’autre n’en est pas informé/, 'the same'],
  [/le logement revient/, 'a judge decides, and of its use only: C. civ. 515-11'],
];

const after = builtPages.find(({ path }) => path === '/apres');
assert.ok(after);
const { $ } = after;

for (const [title, patterns] of Object.entries(said)) {
  test(`« ${title} » says what it needs and for whom`, () => {
    const heading = $('main :is(h2, h3)').filter((_, one) => flat($(one).text()) === title);
    assert.equal(heading.length, 1);
    const section = flat(heading.nextUntil('h2, h3').text());
    for (const pattern of patterns) assert.match(section, pattern);
  });
}

for (const { path, $ } of builtPages) {
  test(`${path} says nothing of the law that is known to be wrong`, () => {
    const text = flat($('body').text());
    for (const [pattern, why] of wrong) assert.doesNotMatch(text, pattern, why);
  });
}
