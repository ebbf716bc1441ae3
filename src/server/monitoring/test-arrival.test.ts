import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeEffects, pass } from '../../rappel/effects.fake.ts';
import { keepTestRequest } from '../../rappel/test-request.ts';
import { watchArrival } from './test-arrival.ts';

const day = '2026-11-23';

/** A test of the day that was kept; `answer` is what its mailbox says. */
async function keptTest() {
  const effects = fakeEffects();
  const id = await keepTestRequest(day, effects);
  const mailbox = { answer: async (_id: string) => false, asked: [] as string[] };
  const watch = watchArrival((one) => {
    mailbox.asked.push(one);
    return mailbox.answer(one);
  }, effects);
  return { effects, id, mailbox, watch };
}

test('a test that has not left is not looked for: that it waits is told already', async () => {
  const { effects, mailbox, watch } = await keptTest();
  pass(effects, 20);
  await watch.look(day);
  assert.deepEqual([mailbox.asked, watch.isAbsent(day)], [[], false]);
});

test('accepted and not there after a quarter of an hour, it is absent, said once, until it is there', async () => {
  const { effects, id, mailbox, watch } = await keptTest();
  await effects.outbox.erase(id);
  pass(effects, 15);
  await watch.look(day);
  assert.equal(watch.isAbsent(day), false);
  pass(effects, 1);
  await watch.look(day);
  await watch.look(day);
  assert.deepEqual(
    [watch.isAbsent(day), watch.isAbsent('2026-11-24'), watch.isAbsent(undefined)],
    [true, false, false],
  );
  assert.deepEqual(effects.logged, [['morning-test-absent', {}]]);
  mailbox.answer = async () => true;
  await watch.look(day);
  assert.equal(watch.isAbsent(day), false);
  await watch.look(day);
  assert.deepEqual(mailbox.asked, Array(4).fill(id)); // once found, nobody asks again
});

test('a mailbox that does not answer is told once for each kind of trouble, and says nothing of the test', async () => {
  const { effects, id, mailbox, watch } = await keptTest();
  await effects.outbox.erase(id);
  pass(effects, 20);
  mailbox.answer = async () => {
    throw Object.assign(new Error('Words of the server'), { code: 'EAUTH' });
  };
  await watch.look(day);
  await watch.look(day);
  assert.deepEqual([watch.isBlind(), watch.isAbsent(day)], [true, false]);
  assert.deepEqual(effects.logged, [['mailbox-unread', { name: 'TEST_IMAP', code: 'EAUTH' }]]);
  mailbox.answer = async () => true;
  await watch.look(day);
  assert.equal(watch.isBlind(), false);
});
