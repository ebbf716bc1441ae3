import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancel } from './cancel.ts';
import { type FakeEffects, fakeEffects, formOf, takeDue } from './effects.fake.ts';
import { keepExercise } from './exercise.ts';
import { receive } from './receive.ts';
import { keepTestRequest } from './test-request.ts';

type Answers = Record<string, string>;

const home = { isUnverified: false, place: '192.0.2.1' };

async function kept(effects: FakeEffects, answers: Answers = {}): Promise<string> {
  const received = await receive(formOf(answers), effects, home);
  assert.equal(received.kind, 'kept');
  return received.token;
}

async function counted({ outbox }: FakeEffects) {
  const counts = await outbox.report(2026);
  return Object.fromEntries(counts.map(({ month, name, count }) => [`${month} ${name}`, count]));
}

test('a request is counted by where its form stood, whatever else that says', async () => {
  const effects = fakeEffects();
  for (const [n, par] of ['', 'encart', 'ENCART', '__proto__', '<script>'].entries())
    await kept(effects, { tel: `01 99 00 00 0${n}`, ...(par ? { par } : {}) });
  await receive(formOf({ tel: '01 99 00 00 09' }), effects, home, 'tamoul');
  assert.deepEqual(await counted(effects), {
    '11 kept-form': 4,
    '11 kept-frame': 1,
    '11 kept-translated': 1,
  });
});

test('a request that asks for two tries is counted so, once, however often it is sent', async () => {
  const effects = fakeEffects();
  for (const essais of ['1', '2', '2']) await kept(effects, { essais });
  assert.deepEqual(await counted(effects), { '11 kept-form': 2, '11 two-tries': 1 });
});

test('where a form stood makes no other request of it', async () => {
  const effects = fakeEffects();
  await kept(effects);
  await kept(effects, { par: 'encart' });
  assert.deepEqual(await counted(effects), { '11 kept-form': 1 });
});

test('a request changed, then taken back before its mail left, or after', async () => {
  const effects = fakeEffects();
  const first = await kept(effects, { cle: 'one' });
  const changed = await kept(effects, { cle: 'two', mot: 'bis', essais: '2', jeton: first });
  await cancel(changed, effects);
  await cancel(changed, effects);
  const left = await kept(effects, { tel: '01 99 00 99 99' });
  assert.equal((await takeDue(effects)).length, 1);
  await cancel(left, effects);
  assert.deepEqual(await counted(effects), {
    ...{ '11 kept-form': 2, '11 changed': 1 },
    ...{ '11 cancelled-unread': 1, '11 cancelled-read': 1 },
  });
});

test('what we send ourselves is not counted: the test of the way, an exercise', async () => {
  const effects = fakeEffects();
  await keepTestRequest('one', effects);
  await keepExercise(effects);
  assert.equal((await effects.outbox.waiting()).count, 8);
  assert.deepEqual(await counted(effects), {});
});
