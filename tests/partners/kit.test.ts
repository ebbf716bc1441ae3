// What partners copy: right, short, and silent on what it is about, wherever others may see it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { cardHtml } from '../../src/partners/card.ts';
import { frameHtml, frames } from '../../src/partners/frame.ts';
import { linkHtml } from '../../src/partners/link.ts';
import { revealing } from '../../src/service/revealing.ts';
import { hours, phone } from '../../src/service/service.ts';
import { readContent } from '../../src/writing/read.ts';
import { builtPages } from '../writing/built.ts';
import { wordsOf } from '../writing/reading-ease.ts';

const site = 'https://un-premier-pas.example/';
const { kit } = readContent(new URL('../../src/content', import.meta.url).pathname);
const pageOf = (wanted: string) => builtPages.find(({ path }) => path === wanted);
const documents = pageOf('/kit');

// As a browser copies it: each break is followed by an end of line.
function copied(name: string): string {
  const text = documents
    ?.$('details')
    .filter((_, one) => documents.$(one).find('summary').text() === name.replaceAll("'", '’'))
    .find('p')
    .first();
  return text?.text() ?? '';
}

for (const [name, code] of [
  ['card with an address', cardHtml(site)],
  ['card without', cardHtml(undefined)],
  ['link with an address', linkHtml(site)],
  ['link without', linkHtml(undefined)],
  ...Object.entries(frames).map(
    ([name, frame]) => [`frame of the ${name}`, frameHtml(frame, new URL(site))] as const,
  ),
] as const) {
  test(`the ${name} is valid HTML, under 2 kB, and loads nothing`, async () => {
    assert.ok(Buffer.byteLength(code) < 2000);
    const validator = new HtmlValidate({
      extends: ['html-validate:recommended', 'html-validate:a11y'],
      rules: { 'no-inline-style': 'off' }, // it cannot bring a style sheet
    });
    const { results } = await validator.validateString(code);
    assert.deepEqual(
      results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`)),
      [],
    );
    const loading = name.startsWith('frame')
      ? /<(script|img|link|style)|\son\w+=/i
      : /<(script|img|iframe|link|style)|url\(|@import|\bsrc=|\son\w+=/i;
    assert.doesNotMatch(code, loading);
    assert.doesNotMatch(code, revealing);
  });
}

for (const [name, htmlFor] of [
  ['link', linkHtml],
  ['card', cardHtml],
] as const)
  test(`the ${name} dials our number, gives our hours, and keeps quiet about where its readers come from`, () => {
    const html = htmlFor(site);
    assert.ok(html.includes(`href="tel:${phone.dialled}"`));
    assert.ok(html.replaceAll('&nbsp;', '\u00a0').includes(phone.written));
    assert.ok(html.replaceAll('&nbsp;', '\u00a0').includes(hours.written));
    assert.match(html, new RegExp(`href="${site}" rel="noopener" referrerpolicy="no-referrer"`));
    assert.doesNotMatch(htmlFor(undefined), /http/);
  });

test('the simplest code comes first, then the card, each with when to take it', () => {
  const part = documents?.$('h3:contains("Du code pour un site")');
  assert.match(part?.next('p').text() ?? '', /Dans le doute, le lien.*La carte/s);
  assert.deepEqual(
    part
      ?.nextAll('details')
      .toArray()
      .map((one) => documents?.$(one).find('summary').text()),
    ['Lien en HTML', 'Carte en HTML'],
  );
});

test('/pros says whom to ask for a paper, a frame, an answer', () => {
  assert.match(
    pageOf('/pros')?.$('main').text().replace(/\s/g, ' ') ?? '',
    /demander un papier ou un cadre, ou poser une question : au Département du Val-de-Marne\./,
  );
});

test('every text of the kit stands on the page, filled, to be read and copied', () => {
  assert.equal(kit.length > 8, true);
  for (const { id, head } of kit) {
    const text = copied(head.titre);
    assert.ok(text.length > 20, id);
    assert.doesNotMatch(text, /[{}]|undefined/, id);
    if (id !== 'liens') assert.ok(text.includes(phone.written), id);
  }
  assert.equal(copied('Lien en HTML'), linkHtml(undefined)); // this build knows no address
  assert.equal(copied('Carte en HTML'), cardHtml(undefined));
});

test('what others may see says nothing of what it is about', () => {
  for (const { id, head } of kit) {
    assert.doesNotMatch(head.titre, revealing, id);
    const text = copied(head.titre);
    assert.doesNotMatch(head.nomme ? (text.split('\n')[0] ?? '') : text, revealing, id);
  }
  assert.deepEqual(
    kit.filter(({ head }) => head.nomme).map(({ id }) => id),
    ['article-court', 'article-long'],
  );
});

test('the articles have about 80 and about 200 words', () => {
  for (const [name, words] of [
    ['Article court', 80],
    ['Article long', 200],
  ] as const) {
    const count = wordsOf(copied(name)).length;
    assert.ok(Math.abs(count - words) <= words / 10, `${name}: ${count}`);
  }
});

test('hours that the kit gives are ours, in full', () => {
  for (const { head, body } of kit.filter((text) => text.body.includes('{horaires}')))
    assert.ok(copied(head.titre).includes(hours.written), body);
});
