import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FakeEffects, fakeEffects, formOf, idOf, pass } from './effects.fake.ts';
import { endingOf } from './ending.ts';
import { rememberedMs } from './outbox.ts';
import { readToken } from './outcome.ts';
import { receive } from './receive.ts';

/** Sends a form, and gives the id of its request. */
async function kept(effects: FakeEffects, answers: Record<string, string> = {}, place = '192.0.2.1') {
  const received = await receive(formOf(answers), effects, { isUnverified: false, place });
  assert.equal(received.kind, 'kept');
  return { token: received.token, id: readToken(received.token, effects.at, effects.tokens)?.id ?? '' };
}

test('the page of a request knows the last two digits of its number, however it was written', async () => {
  const effects = fakeEffects();
  for (const [tel, ending] of [
    ['01 99 00 12 34', '34'],
    ['+33 (0)1.99.00.12.05', '05'],
    ['0692 12 34 00', '00'],
  ] as const)
    assert.equal(await endingOf((await kept(effects, { tel })).id, effects), ending);
});

test('the same words from elsewhere have a page like any other: it knows the digits that were typed there', async () => {
  const effects = fakeEffects();
  const first = await kept(effects);
  const away = await kept(effects, {}, '198.51.100.2');
  assert.notEqual(first.id, away.id);
  assert.equal(await endingOf(away.id, effects), '34');
});

test('the digits are in no token, and unreadable at rest', async () => {
  const effects = fakeEffects();
  const { token, id } = await kept(effects, { tel: '01 99 00 77 91' });
  const clear = Buffer.from(effects.tokens.open(Buffer.from(token, 'base64url'))).toString();
  assert.doesNotMatch(clear.replace(/"\w+At":\d+|"id":"\w+"/g, ''), /91/);
  const sealed = Buffer.from((await effects.outbox.ending(id)) ?? '').toString('latin1');
  assert.ok(sealed.length > 0 && !sealed.includes('91'));
});

test('after two days, for a request that is not ours, and when a disk or a key fails, there are none', async () => {
  const effects = fakeEffects();
  const { id } = await kept(effects);
  assert.equal(await endingOf(idOf(99), effects), undefined);
  assert.equal(await endingOf(id, { ...effects, endings: effects.tokens }), undefined);
  const broken = { ...effects.outbox, ending: () => Promise.reject(new Error('no disk')) };
  assert.equal(await endingOf(id, { ...effects, outbox: broken }), undefined);
  pass(effects, rememberedMs / 60_000 + 1);
  await effects.outbox.forget(effects.at.getTime() - rememberedMs);
  assert.equal(await endingOf(id, effects), undefined);
});
