// How every French page is written: short, in the present, without orders, in good French.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import french from 'dictionary-fr';
import nspell from 'nspell';
import { blocksOf, flat, frenchPages, isAddress } from './built.ts';
import { readingOf, wordsOf } from './reading-ease.ts';

const easeOf: Record<string, number> = { '/': 60, '/appeler': 60, '/contact': 60, '/facile': 80 };

for (const page of frenchPages) {
  const blocks = blocksOf(page);

  if (isAddress(page))
    test(`${page.path} is easy to read`, () => {
      const { sentences, wordsBySentence, ease } = readingOf(blocks);
      assert.ok(wordsBySentence <= 15, `${wordsBySentence.toFixed(1)} words a sentence`);
      assert.ok(ease >= (easeOf[page.path] ?? 50), `reading ease ${ease.toFixed(1)}`);
      assert.deepEqual(
        sentences.filter((sentence) => wordsOf(sentence).length > 30),
        [],
      );
    });

  test(`${page.path} gives no order, and speaks to everybody`, () => {
    const form = flat(page.$('form').text()); // which says how to answer
    const orders = readingOf(blocks).sentences.filter(
      (sentence) => isOrder(sentence) && !inDanger.test(sentence) && !form.includes(flat(sentence)),
    );
    assert.deepEqual(orders, []);
    assert.deepEqual(
      blocks.filter((block) =>
        /\p{L}[·•]\p{L}|\p{L}\(e?s?\)|(?<!\p{L})(tu|toi|ton|tes)(?!\p{L})/iu.test(block),
      ),
      [],
    );
  });

  test(`${page.path} has the typography of French, and no bare acronym`, () => {
    const texts = [...blocks, $title(page)];
    assert.deepEqual(
      [...texts, ...unseenTexts(page)].filter((text) => badTypography.test(text)),
      [],
    );
    const acronyms = texts.flatMap((text) => text.match(/(?<!\()\b\p{Lu}{2,}\b/gu) ?? []);
    assert.deepEqual(
      acronyms.filter((acronym) => !names.includes(acronym) && !isSpelledOut(acronym, texts)),
      [],
    );
  });
}

test('the easy page has no sentence of more than twelve words', () => {
  const page = frenchPages.find(({ path }) => path === '/facile');
  assert.ok(page);
  const own = page
    .$('.easy h2, .easy p, .easy li')
    .toArray()
    .map((block) => page.$(block).text().trim());
  const { sentences } = readingOf(own);
  assert.ok(sentences.length > 40, `${sentences.length} sentences`);
  assert.deepEqual(
    sentences.filter((sentence) => wordsOf(sentence).length > 12),
    [],
  );
});

test('every word of every French page is in the dictionary, or accepted', () => {
  const dictionary = nspell({ aff: Buffer.from(french.aff), dic: Buffer.from(french.dic) });
  const accepted = readFileSync(new URL('mots-acceptes.txt', import.meta.url), 'utf8').split('\n');
  for (const word of accepted) if (word && !word.startsWith('#')) dictionary.add(word);
  const words = frenchPages.flatMap((page) => [
    ...blocksOf(page).flatMap(lettersOf),
    ...lettersOf($title(page)),
    ...lettersOf(page.$('meta[name=description]').attr('content') ?? ''),
  ]);
  const unknown = [...new Set(words)].filter((word) => !isKnown(word, dictionary));
  assert.deepEqual(unknown, []);
  assert.equal(dictionary.correct('ordonances'), false, 'a dictionary that accepts anything');
});

test('what this test looks for is seen', () => {
  for (const text of ["l'aide", 'Quand ?', 'Ici : là', '«oui»', 'attendez...', 'il dit "non"'])
    assert.match(text, badTypography);
  for (const text of ['Appelez le 17.', 'Ne restez pas seule.', 'Dites non.']) assert.ok(isOrder(text), text);
  for (const text of ['Vous pouvez appeler.', 'Avez-vous peur ?', 'Chez vous, non.'])
    assert.ok(!isOrder(text), text);
});

// What the build should have mended: an ordinary space where a no-break one goes, and straight marks.
const badTypography =
  /'|"|\.\.\.| [;!?:»]|[^\s\u202f\u00a0(«][;!?](?=\s|$)|«[^\u00a0]|[^\u00a0]»|\p{L}:(?=\s|$)/u;

// Names that people know better than what they stand for.
const names = [
  'SMS',
  'SAMU',
  'PDF',
  'HTML',
  'CSS',
  'ARIA',
  'CAF',
  'MSA',
  'APCARS',
  'CIDFF',
  'CNIL',
  'IBM',
  'NVDA',
  'WAI',
];

function $title({ $ }: (typeof frenchPages)[number]): string {
  return $('title').text();
}

/** What a history, a preview or a script shows of a page, and no eye finds in it. */
function unseenTexts({ $ }: (typeof frenchPages)[number]): string[] {
  const told = $('meta[name=description], meta[property^="og:"]')
    .toArray()
    .map((meta) => $(meta).attr('content') ?? '');
  const scripted = $('[data-dit]')
    .toArray()
    .map((place) => $(place).attr('data-dit') ?? '');
  return [...told, ...scripted];
}

function isSpelledOut(acronym: string, texts: string[]): boolean {
  return texts.some((text) => text.includes(`(${acronym})`));
}

// The only orders: those that may save somebody now.
const inDanger = /^(Appelez (la police|le )|Envoyez un SMS au 114|Écrivez où vous êtes)/u;

// « Dites » and « faites » are the two that do not end in -ez.
function isOrder(sentence: string): boolean {
  return (
    /^(Ne |N’)?(\p{L}+ez|dites|faites)(?![\p{L}’-])/iu.test(sentence) && !/^(chez|assez|vous)/i.test(sentence)
  );
}

function lettersOf(text: string): string[] {
  return text.replace(/https?:\S+|[\w-]+\.(gouv\.)?fr\b/g, '').match(/\p{L}[\p{L}’-]*/gu) ?? [];
}

function isKnown(word: string, dictionary: ReturnType<typeof nspell>): boolean {
  const plain = word
    .replaceAll('’', "'")
    .replace(/-(vous|nous|je|il|elle|on|ils|elles|ce|t-il|t-elle|le|la|les)$/i, '');
  const parts = plain.split(/['-]/).filter((part) => part.length > 1);
  return dictionary.correct(plain) || parts.every((part) => dictionary.correct(part));
}
