// What a form in another language is told when it is not read, or not any more: in that language, with the number.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { load } from 'cheerio';
import { otherTongues, type Tongue } from '../src/service/tongues.ts';
import { type Word, wordIn } from '../src/service/words.ts';
import { readContent } from '../src/writing/read.ts';
import { mailSettings, openMailbox } from './support/mailbox.ts';
import { type Site, startSite } from './support/site.ts';

let site: Site;
before(async () => {
  site = await startSite();
});
after(() => site.stop());

/** Asserts that an answer is a page in a language: its status, what it says, and the number. */
async function expectTold(answer: Response, status: number, tongue: Tongue, word: Word): Promise<void> {
  const html = await answer.text();
  assert.equal(answer.status, status);
  assert.ok(html.includes(wordIn(tongue, word)), `${tongue}: ${word}`);
  assert.match(html, /tel:\+33189119494/);
  assert.doesNotMatch(html, /<html lang="fr"/);
}

for (const tongue of otherTongues)
  test(`${tongue}: refused, gone, expired, unknown`, async () => {
    const at = (step: string) => `${site.origin}/langues/${tongue}/${step}`;
    const unread = { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } };
    await expectTold(await fetch(at('envoi'), unread), 415, tongue, 'refus.titre');
    await expectTold(await fetch(at('annuler'), unread), 415, tongue, 'refus.texte');
    await expectTold(await fetch(at('suite?jeton=x')), 410, tongue, 'perimee.titre');
    await expectTold(await fetch(at('modifier?jeton=x')), 410, tongue, 'perimee.texte');
    const forged = { method: 'POST', body: new URLSearchParams({ jeton: 'x' }) };
    await expectTold(await fetch(at('annuler'), forged), 410, tongue, 'pas_annulee.titre');
    assert.equal((await fetch(at('envoi'))).status, 405);
    assert.equal((await fetch(`${site.origin}/langues/${tongue}/refus`)).status, 404);
  });

test('whoever sends far too many forms to correct is told so in the language of the form', async () => {
  const strict = await startSite({ RATE_PER_HOUR: '10' });
  const post = () =>
    fetch(`${strict.origin}/langues/tamoul/envoi`, {
      method: 'POST',
      body: new URLSearchParams({ tel: '0' }),
    });
  let answer = await post();
  for (let sent = 1; sent < 200 && answer.status === 422; sent += 1) {
    await answer.text();
    answer = await post();
  }
  await expectTold(answer, 429, 'tamoul', 'trop.titre');
  await strict.stop();
});

test('while mail is late, each language says so of a request and of a cancellation, and that nobody has read its words', async () => {
  const { port, close } = await openMailbox();
  await close();
  const late = await startSite(mailSettings({ port }));
  const { languages } = readContent(new URL('../src/content', import.meta.url).pathname);
  const post = async (path: string, form: Record<string, string>) => {
    const body = new URLSearchParams(form);
    return load(await (await fetch(`${late.origin}${path}`, { method: 'POST', body })).text());
  };
  await post('/contact/envoi', { tel: '01 99 00 12 34', quand: 'tous' });
  const state = async () => (await fetch(`${late.origin}/sante`)).text();
  while (!(await state()).includes('MAIL_LATE'));
  for (const [index, tongue] of otherTongues.entries()) {
    const notReviewed = languages.find(({ id }) => id === tongue)?.head.non_relu ?? assert.fail(tongue);
    const $ = await post(`/langues/${tongue}/envoi`, { tel: `01 99 00 12 ${50 + index}`, quand: 'tous' });
    for (const word of ['imprevu.retard', 'suite.retard'] as const)
      assert.ok($('#suite .bad').text().includes(wordIn(tongue, word)), `${tongue}: ${word}`);
    assert.equal($('#suite span[lang=fr]').last().text(), 'vous faites erreur');
    assert.ok($('main').text().includes(notReviewed), tongue);
    const button = $('form[action$="/annuler"]');
    const token = Object.fromEntries(button.serializeArray().map(({ name, value }) => [name, value]));
    const cancelled = await post(button.attr('action') ?? assert.fail(tongue), token);
    assert.equal(cancelled('#suite h1').text(), wordIn(tongue, 'annulee.titre'));
    assert.ok(cancelled('#suite .bad').text().includes(wordIn(tongue, 'annulee.retard')), tongue);
    assert.ok(cancelled('main').text().includes(notReviewed), tongue);
  }
  await late.stop();
});
