import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancel } from './cancel.ts';
import { confirmationOf } from './confirmation.ts';
import { type FakeEffects, fakeEffects, formOf, pass } from './effects.fake.ts';
import { type Outcome, readToken } from './outcome.ts';
import { receive } from './receive.ts';

/** Sends a form, and gives the outcome that its page reads. */
async function outcomeOf(effects: FakeEffects, answers: Record<string, string> = {}): Promise<Outcome> {
  const received = await receive(formOf(answers), effects, { isUnverified: false, place: '192.0.2.1' });
  assert.equal(received.kind, 'kept');
  const outcome = readToken(received.token, effects.at, effects.tokens);
  assert.ok(outcome);
  return outcome;
}

test('the page says when we call, and what it holds cancels until then', async () => {
  const effects = fakeEffects();
  const { cancellation, announcement, ...others } = await confirmationOf(
    await outcomeOf(effects),
    'francais',
    effects,
  );
  assert.deepEqual(others, { reference: 'abricot-lampe 01', replaced: undefined, isChangeable: true });
  assert.equal(
    announcement.sentence,
    'Nous appellerons le numéro finissant par 34, mardi 24 novembre entre 9 h et 12 h.',
  );
  assert.equal(cancellation?.until, 'mardi 24 novembre à 9 h');
  pass(effects, 60);
  assert.equal((await cancel(cancellation.token, effects)).kind, 'cancelled');
});

test('later, each thing that it can no longer do is gone', async () => {
  const effects = fakeEffects();
  const outcome = await outcomeOf(effects);
  pass(effects, 31);
  const { isChangeable, cancellation } = await confirmationOf(outcome, 'francais', effects);
  assert.deepEqual([isChangeable, cancellation?.until], [false, 'mardi 24 novembre à 9 h']);
  pass(effects, 25 * 60);
  assert.equal((await confirmationOf(outcome, 'francais', effects)).cancellation, undefined);
});

test('when the digits cannot be read, the page does without', async () => {
  const effects = fakeEffects();
  const outcome = await outcomeOf(effects);
  effects.outbox.ending = () => Promise.reject(new Error('no disk'));
  const { announcement } = await confirmationOf(outcome, 'francais', effects);
  assert.match(announcement.sentence, /^Nous appellerons le numéro que vous avez indiqué, mardi 24/);
});
