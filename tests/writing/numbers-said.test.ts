// Whoever looks for a number on /numeros finds a sentence that speaks to them, and a way under it; what a group shares is said
// once. A page of numbers that forgets a man at night, or somebody without papers, sends them away.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import lines from '../../src/content/faits/numeros.json' with { type: 'json' };
import { phone } from '../../src/service/service.ts';
import { type BuiltPage, builtPages, flat } from './built.ts';

type Group = { title: string; text: string; ways: string[] };

const found = builtPages.find(({ path }) => path === '/numeros');
assert.ok(found, 'no such page');
const page: BuiltPage = found;
const groups = groupsOf(page);
const wayOf = Object.fromEntries(lines.map(({ cle, lien }) => [cle, lien]));
const ourLine = `tel:${phone.dialled}`;
const policeChat = 'https://service-public.gouv.fr/cmi';
const youngChat = 'https://commentonsaime.fr';

/** Who comes; words that speak to them; the ways that the same group gives them, all of them. */
const people: [who: string, words: RegExp, ways: (string | undefined)[]][] = [
  ['somebody in danger', /danger/i, [wayOf['17'], wayOf['112'], wayOf['114']]],
  ['somebody who cannot speak', /parler est impossible/, [wayOf['114'], policeChat]],
  ['a woman, at night', /jour et nuit.*pour une femme/, [wayOf['3919']]],
  ['a man, at night', /jour et nuit.*pour un homme/, ['#sans-parler', wayOf['116006']]],
  ['a man, by day', /femme ou homme/, [ourLine, wayOf['116006']]],
  ['a relative', /proches aussi/, [ourLine, wayOf['116006']]],
  ['somebody young', /jeunes/, [youngChat, wayOf['119']]],
  ['two women, two men', /deux femmes, ou de deux hommes/, [ourLine, wayOf['116006'], youngChat]],
  ['after a rape', /viol.*sans plainte/i, [wayOf['0800059595'], '/apres']],
  ['a forced marriage', /marier contre son gré/, [wayOf['mariage-force'], '/apres']],
  ['somebody old', /grand âge/, [wayOf['3133']]],
  ['a disabled woman', /femme qui vit avec un handicap/, [wayOf['3919'], wayOf['3133']]],
  ['a child', /mineur/, [wayOf['119']]],
  ['nowhere to sleep, without papers', /avec ou sans papiers/i, [wayOf['115']]],
  ['a complaint, without papers', /sans papiers.*porter plainte/i, [wayOf['3039'], '/apres']],
  ['thoughts of death', /pensez à mourir/, [wayOf['3114']]],
  ['the one who harms', /avez fait du mal/, [wayOf['17'], wayOf['3114']]],
];

for (const [who, words, ways] of people)
  test(`/numeros has a sentence and a way for: ${who}`, () => {
    const spoken = groups.filter(({ text }) => words.test(text));
    assert.notEqual(spoken.length, 0, 'no sentence');
    const missing = spoken.map((group) => ways.filter((way) => !way || !group.ways.includes(way)));
    assert.ok(
      missing.some((one) => one.length === 0),
      `under « ${spoken.map(({ title }) => title).join(' », « ')} » : ${missing.join(' | ')}`,
    );
  });

test('« jour et nuit » is said once in a group', () => {
  const counted = groups.map(({ title, text }) => [title, text.split(/jour et nuit/i).length - 1] as const);
  assert.deepEqual(
    counted.filter(([, times]) => times > 1),
    [],
  );
  assert.ok(counted.filter(([, times]) => times === 1).length >= 6, String(counted));
});

test('every number of the data has its card, once', () => {
  const cards = page.$('main .lines a');
  const dialled = cards.toArray().map((link) => page.$(link).attr('href'));
  assert.deepEqual(dialled.toSorted(), Object.values(wayOf).toSorted());
});

test('a bill is spoken of in one way, and only where the data says it', () => {
  for (const item of page.$('main .lines li').toArray()) {
    const { cle, trace } = lines.find(({ lien }) => lien === page.$(item).find('a').attr('href')) ?? {};
    const terms = page
      .$(item)
      .find('p')
      .toArray()
      .flatMap((one) => flat(page.$(one).text()).split(/[.·]/));
    const told = terms.filter((term) => /facture|relevé/i.test(term));
    assert.ok(told.length === (/facture/.test(trace ?? '') ? 1 : 0), `${cle} : ${told}`);
    for (const words of told) assert.match(words, /^\s*n’apparaît pas sur la facture\s*$/i, String(cle));
  }
});

test('the page says that the police may come before it leads to their chat', () => {
  const { text } = groups.find(({ ways }) => ways.includes(policeChat)) ?? { text: '' };
  assert.match(text, /La police peut intervenir.*service-public\.gouv\.fr\/cmi/);
});

test('numbers that answer no more, or that nobody has established, are on no page', () => {
  for (const { path, $ } of builtPages)
    assert.doesNotMatch(flat($('body').text()), /3977|08 019 019 11/, path);
});

// What stands under a heading, up to the next.
function groupsOf({ $ }: BuiltPage): Group[] {
  return $('main h2')
    .toArray()
    .map((heading) => {
      const under = $(heading).nextUntil('h2');
      const links = under.find('a').addBack('a').toArray();
      return {
        title: $(heading).text(),
        text: flat([$(heading), ...under.toArray().map((one) => $(one))].map((one) => one.text()).join(' ')),
        ways: links.map((link) => $(link).attr('href') ?? ''),
      };
    });
}
