// What a form in another language is told when it is not read, or not any more: in that language, with the number.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { otherTongues, type Tongue } from '../src/service/tongues.ts';
import { type Word, wordIn } from '../src/service/words.ts';
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
