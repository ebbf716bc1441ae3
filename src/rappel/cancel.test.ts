import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancel } from './cancel.ts';
import { type FakeDesk, fakeDesk, formOf, idOf, pass, takeDue } from './desk.fake.ts';
import { readToken } from './outcome.ts';
import { receive } from './receive.ts';

/** Sends a form and gives the token of its page. */
async function kept(desk: FakeDesk, answers: Record<string, string> = {}): Promise<string> {
  const received = await receive(formOf(answers), desk);
  assert.equal(received.kind, 'kept');
  return received.token;
}

/** Cancels from a page: which request that was, and what became of it. */
async function cancelled(token: string, desk: FakeDesk): Promise<(string | undefined)[]> {
  const done = await cancel(token, desk);
  assert.equal(done.kind, 'cancelled');
  const outcome = readToken(done.token, desk.at, desk.tokens);
  return [outcome?.id, outcome?.cancelled];
}

/** Sends all that is due, as a courier does when the mail server accepts. */
async function deliverAll(desk: FakeDesk, ids: string[]): Promise<string[]> {
  const texts = await takeDue(desk);
  for (const id of ids) await desk.outbox.erase(id);
  return texts;
}

test('a request cancelled before it left is withdrawn: nothing is sent', async () => {
  const desk = fakeDesk();
  const token = await kept(desk);
  assert.deepEqual(await cancelled(token, desk), [idOf(1), 'withdrawn']);
  assert.deepEqual(await cancelled(token, desk), [idOf(1), 'already']);
  assert.deepEqual(await takeDue(desk), []);
});

test('a request cancelled after it left sends one notice, however many clicks', async () => {
  const desk = fakeDesk();
  const token = await kept(desk);
  await deliverAll(desk, [idOf(1)]);
  assert.deepEqual(await cancelled(token, desk), [idOf(1), 'notified']);
  assert.deepEqual(await cancelled(token, desk), [idOf(1), 'already']);
  const [notice, ...others] = await takeDue(desk);
  assert.match(notice ?? '', /^ANNULATION réf\. abricot-lampe 01\n/);
  assert.deepEqual(others, []);
});

test('a request cancelled while it is being sent is not sent again, and gets its notice', async () => {
  const desk = fakeDesk();
  const token = await kept(desk);
  await takeDue(desk);
  assert.deepEqual(await cancelled(token, desk), [idOf(1), 'notified']);
  await desk.outbox.postpone(idOf(1), desk.at.getTime(), true);
  const [notice, ...others] = await takeDue(desk);
  assert.match(notice ?? '', /^ANNULATION réf\. abricot-lampe 01\n/);
  assert.deepEqual(others, []);
});

test('the courier is woken for a notice', async () => {
  const desk = fakeDesk();
  const token = await kept(desk);
  await deliverAll(desk, [idOf(1)]);
  desk.wakes = 0;
  await cancelled(token, desk);
  assert.equal(desk.wakes, 1);
});

test('the old page of a replaced request cancels the latest', async () => {
  const desk = fakeDesk();
  const first = await kept(desk);
  const second = await kept(desk, { prenom: 'Zoé', jeton: first });
  await kept(desk, { prenom: 'Anna', jeton: second });
  assert.deepEqual(await cancelled(first, desk), [idOf(3), 'withdrawn']);
  assert.deepEqual(await takeDue(desk), []);
});

test('the same words sent after a cancellation are a new request', async () => {
  const desk = fakeDesk();
  await cancelled(await kept(desk), desk);
  await kept(desk);
  assert.equal((await takeDue(desk)).length, 1);
});

test('after thirty minutes, or with a forged page, it is too late and nothing changes', async () => {
  const desk = fakeDesk();
  const token = await kept(desk);
  pass(desk, 30.01);
  assert.deepEqual(await cancel(token, desk), { kind: 'too-late' });
  assert.deepEqual(await cancel('forged', desk), { kind: 'too-late' });
  assert.match((await takeDue(desk)).join(), /^INTERDITS/);
});

test('a cancellation that the disk refuses is said, and the journal gets a code without a word', async () => {
  const desk = fakeDesk();
  const token = await kept(desk);
  desk.outbox.withdraw = async () => {
    throw Object.assign(new Error('Zoé, 01 99 00 12 34'), { code: 'ERR_SQLITE_ERROR' });
  };
  assert.deepEqual(await cancel(token, desk), { kind: 'not-kept' });
  assert.deepEqual(desk.logged.slice(1), [['cancellation-not-kept', { code: 'ERR_SQLITE_ERROR' }]]);
});
