// Words that pages do not say: those of an office, each with the plain ones that take its place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksOf, frenchPages } from './built.ts';

/** A hard word; what is said in its place; the pages that may say it, to those whose word it is. */
const hardWords: [hard: RegExp, plain: string, where: string[]][] = [
  [/(?<!\p{L})structures?(?!\p{L})/iu, 'qui peut vous aider, près de chez vous', ['/pros', '/kit']],
  [/(?<!\p{L})infractions?(?!\p{L})/iu, 'un acte puni par la loi', []],
  [/(?<!\p{L})orient(?!ation)\p{L}+/iu, 'dire qui peut aider', ['/pros', '/kit']],
  [/(?<!\p{L})récépissés?(?!\p{L})/iu, 'un reçu', []],
  [/(?<!\p{L})vraisemblables?(?!\p{L}| » : le juge peut y croire)/iu, 'le juge pense que c’est probable', []],
  [/(?<!traceurs \()(?<!\p{L})balises?(?!\p{L})/iu, 'petits traceurs (balises)', ['/accessibilite']],
  [/(?<!\p{L})mutualité sociale agricole/iu, 'la MSA, pour l’agriculture', []],
  [/(?<!\p{L})facultati(f|ve)s?(?!\p{L})/iu, 'si vous le voulez', ['/donnees']],
  [/peut-être surveillé/iu, 'un doute sur votre téléphone', []],
];

for (const page of frenchPages) {
  const said = blocksOf(page).map((block) => block.replace(/\s/g, ' '));

  test(`${page.path} has a plain word where there is one`, () => {
    const found = hardWords
      .filter(([, , where]) => !where.includes(page.path))
      .flatMap(([hard, plain]) =>
        said.filter((block) => hard.test(block)).map((block) => `${block} → ${plain}`),
      );
    assert.deepEqual(found, []);
  });
}

test('a hard word is seen', () => {
  for (const text of [
    'la bonne structure',
    'elle vous oriente',
    'une infraction.',
    'des balises dans un sac',
  ])
    assert.ok(
      hardWords.some(([hard]) => hard.test(text)),
      text,
    );
  for (const text of ['l’orientation', 'petits traceurs (balises)', 'reconstruire'])
    assert.ok(!hardWords.some(([hard]) => hard.test(text)), text);
});
