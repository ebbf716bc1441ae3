import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancel } from './cancel.ts';
import { type FakeEffects, fakeEffects, formOf, idOf, pass, takeDue } from './effects.fake.ts';
import { readToken } from './outcome.ts';
import { receive } from './receive.ts';
import { referenceOf } from './reference.ts';

/** Sends a form and gives the token of its page. */
async function kept(
  effects: FakeEffects,
  answers: Record<string, string> = {},
  place = '192.0.2.1',
): Promise<string> {
  const received = await receive(formOf(answers), effects, { isUnverified: false, place });
  assert.equal(received.kind, 'kept');
  return received.token;
}

/** Cancels from a page: which request that was. */
async function cancelled(token: string, effects: FakeEffects): Promise<string | undefined> {
  const done = await cancel(token, effects);
  assert.equal(done.kind, 'cancelled');
  const outcome = readToken(done.token, effects.at, effects.tokens);
  assert.equal(outcome?.cancelled, true);
  return outcome.id;
}

/** Sends all that is due, as a courier does when the mail server accepts. */
async function deliverAll(effects: FakeEffects, ids: string[]): Promise<string[]> {
  const texts = await takeDue(effects);
  for (const id of ids) await effects.outbox.erase(id);
  return texts;
}

test('a request cancelled before it left is withdrawn: nothing is sent', async () => {
  const effects = fakeEffects();
  const token = await kept(effects);
  assert.equal(await cancelled(token, effects), idOf(1));
  assert.equal(await cancelled(token, effects), idOf(1));
  assert.deepEqual(await takeDue(effects), []);
});

test('a request cancelled after it left sends one notice, however many clicks', async () => {
  const effects = fakeEffects();
  const token = await kept(effects);
  await deliverAll(effects, [idOf(1)]);
  assert.equal(await cancelled(token, effects), idOf(1));
  assert.equal(await cancelled(token, effects), idOf(1));
  const [notice, ...others] = await takeDue(effects);
  assert.match(notice ?? '', /^ANNULATION réf\. abricot-lampe 01\n/);
  assert.deepEqual(others, []);
});

test('a request cancelled while it is being sent is not sent again, and gets its notice', async () => {
  const effects = fakeEffects();
  const token = await kept(effects);
  await takeDue(effects);
  assert.equal(await cancelled(token, effects), idOf(1));
  await effects.outbox.postpone(idOf(1), effects.at.getTime(), true);
  const [notice, ...others] = await takeDue(effects);
  assert.match(notice ?? '', /^ANNULATION réf\. abricot-lampe 01\n/);
  assert.deepEqual(others, []);
});

test('the courier is woken for a notice', async () => {
  const effects = fakeEffects();
  const token = await kept(effects);
  await deliverAll(effects, [idOf(1)]);
  effects.wakes = 0;
  await cancelled(token, effects);
  assert.equal(effects.wakes, 1);
});

test('the old page of a replaced request cancels the latest', async () => {
  const effects = fakeEffects();
  const first = await kept(effects);
  const second = await kept(effects, { prenom: 'Zoé', jeton: first });
  await kept(effects, { prenom: 'Anna', jeton: second });
  assert.equal(await cancelled(first, effects), idOf(3));
  assert.deepEqual(await takeDue(effects), []);
});

test('the same words sent after a cancellation are a new request', async () => {
  const effects = fakeEffects();
  await cancelled(await kept(effects), effects);
  await kept(effects);
  assert.equal((await takeDue(effects)).length, 1);
});

test('after thirty minutes, or with a forged page, it is too late and nothing changes', async () => {
  const effects = fakeEffects();
  const token = await kept(effects);
  pass(effects, 30.01);
  assert.deepEqual(await cancel(token, effects), { kind: 'too-late' });
  assert.deepEqual(await cancel('forged', effects), { kind: 'too-late' });
  assert.match((await takeDue(effects)).join(), /^Ce qui n’est pas précisé/);
});

test('a cancellation that the disk refuses is said, and the journal gets a code without a word', async () => {
  const effects = fakeEffects();
  const token = await kept(effects);
  effects.outbox.withdraw = async () => {
    throw Object.assign(new Error('Zoé, 01 99 00 12 34'), { code: 'ERR_SQLITE_ERROR' });
  };
  assert.deepEqual(await cancel(token, effects), { kind: 'not-kept' });
  assert.deepEqual(effects.logged.slice(1), [['cancellation-not-kept', { code: 'ERR_SQLITE_ERROR' }]]);
});

test('cancelled from elsewhere: the page is like any other, the first stands, and the team is told to decide', async () => {
  const effects = fakeEffects();
  const first = await kept(effects);
  const away = await kept(effects, {}, '198.51.100.2');
  const id = await cancelled(away, effects);
  assert.notEqual(id, idOf(1));
  assert.equal(await cancelled(away, effects), id);
  const [request, notice, ...others] = await takeDue(effects);
  assert.match(request ?? '', /^Ce qui n’est pas précisé/);
  assert.ok(
    notice?.startsWith(`ANNULATION réf. ${referenceOf(id ?? '')}\n\nNE PLUS APPELER pour cette demande`),
  );
  assert.match(
    notice ?? '',
    /aussi venues d’une autre connexion : réf\. abricot-lampe 01\. Un seul courriel est parti/,
  );
  assert.match(notice ?? '', /n’annule que ce qui est venu de la première\.\nDans le doute, ne pas appeler/);
  assert.doesNotMatch(notice ?? '', /rien à faire/);
  assert.deepEqual(others, []);
  assert.equal(await cancelled(first, effects), idOf(1));
});

test('cancelled, with the same said from elsewhere: its mail leaves all the same, so that the other is not lost', async () => {
  const effects = fakeEffects();
  const first = await kept(effects);
  const away = readToken(await kept(effects, {}, '198.51.100.2'), effects.at, effects.tokens);
  assert.equal(await cancelled(first, effects), idOf(1));
  const [request, notice, ...others] = await takeDue(effects);
  assert.match(request ?? '', /^Ce qui n’est pas précisé[\s\S]*Réf\. abricot-lampe 01 reçue /);
  assert.match(notice ?? '', /^ANNULATION réf\. abricot-lampe 01\n/);
  assert.ok(notice?.includes(`réf. ${referenceOf(away?.id ?? '')}.`));
  assert.deepEqual(others, []);
});

test('cancelled from elsewhere, the same words sent again are a new request: nothing is lost', async () => {
  const effects = fakeEffects();
  await kept(effects);
  await cancelled(await kept(effects, {}, '198.51.100.2'), effects);
  await kept(effects, {}, '198.51.100.2');
  const texts = await takeDue(effects);
  assert.deepEqual(
    texts.map((text) => /^(Ce qui|ANNULATION|NUMÉRO DÉJÀ DONNÉ)/.exec(text)?.[0]),
    ['Ce qui', 'ANNULATION', 'NUMÉRO DÉJÀ DONNÉ'],
  );
});

test('a change cancelled before it left, of a request that had left: the team is told of both', async () => {
  const effects = fakeEffects();
  const first = await kept(effects);
  await deliverAll(effects, [idOf(1)]);
  const second = await kept(effects, { prenom: 'Zoé', jeton: first });
  await cancelled(second, effects);
  const texts = await takeDue(effects);
  assert.deepEqual(
    texts.map((text) => text.split('\n')[0]),
    ['REMPLACE la demande réf. abricot-lampe 01', 'ANNULATION réf. abricot-lampe 02'],
  );
});

test('when it is changed each time in between, it gives up after five turns and says that nothing changed', async () => {
  const effects = fakeEffects();
  const token = await kept(effects);
  let turns = 0;
  effects.outbox.withdraw = async () => {
    turns += 1;
    return 'overtaken';
  };
  assert.deepEqual(await cancel(token, effects), { kind: 'not-kept' });
  assert.deepEqual([turns, effects.logged.at(-1)], [5, ['cancellation-not-kept', { code: 'OVERTAKEN' }]]);
});
