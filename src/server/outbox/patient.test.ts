import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { memoryOutbox } from '../../rappel/outbox.fake.ts';
import { SettingError } from '../../settings/setting-error.ts';
import type { OpenOutbox } from './open.ts';
import { openPatiently } from './patient.ts';

const away = (code: string) => Object.assign(new Error('with a word in it'), { code });

/** An outbox that opens once `mend` was called, its journal, and what was opened and closed meanwhile. */
function trouble(t: TestContext, isShared = false) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const counts = { attempts: 0, closed: 0, lines: [] as string[] };
  let error: Error | undefined = away('ECONNREFUSED');
  const shared = {
    query: async ({ text }: { text: string }) => text,
    migrate: async () => {},
  } as unknown as NonNullable<OpenOutbox['shared']>;
  return {
    counts,
    fail: (next: Error) => {
      error = next;
    },
    mend: () => {
      error = undefined;
    },
    opening: {
      isShared,
      journal: (event: string, { code = '' }: Record<string, string>) => {
        counts.lines.push(`${event} ${code}`.trim());
      },
      async open() {
        counts.attempts += 1;
        if (error) throw error;
        const close = async () => {
          counts.closed += 1;
        };
        return { outbox: { ...memoryOutbox(), close }, shared };
      },
    },
    async pass(ms: number) {
      t.mock.timers.tick(ms);
      await turn();
    },
  };
}

test('what is in the way is answered to each call, and tried again after one second to ten', async (t) => {
  const { opening, counts, pass } = trouble(t);
  const { outbox } = await openPatiently(opening);
  await assert.rejects(outbox.waiting(), { code: 'ECONNREFUSED' });
  await assert.rejects(outbox.latest('a'), { code: 'ECONNREFUSED' });
  await assert.rejects(outbox.all()[Symbol.asyncIterator]().next(), { code: 'ECONNREFUSED' });
  assert.equal(await outbox.due(0, 1), undefined);
  const waits: number[] = [];
  for (let second = 0, before = 0; second < 60; second += 1) {
    const { attempts } = counts;
    await pass(1000);
    if (counts.attempts === attempts) continue;
    waits.push(second + 1 - before);
    before = second + 1;
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 10, 10, 10, 10]);
});

test('each kind of trouble is one line, and its end another; then every call goes through', async (t) => {
  const { opening, counts, fail, mend, pass } = trouble(t);
  const { outbox } = await openPatiently(opening);
  await pass(1000);
  fail(away('57P03'));
  await pass(2000);
  fail(away('ECONNREFUSED'));
  await pass(4000);
  mend();
  await pass(8000);
  assert.deepEqual(counts.lines, ['outbox-unopened ECONNREFUSED', 'outbox-unopened 57P03', 'outbox-opened']);
  assert.deepEqual(await outbox.waiting(), { count: 0, oldestAt: undefined });
  await pass(60_000);
  assert.equal(counts.attempts, 5);
});

test('a wrong setting found at once stops the start; found later, it is told and nothing ends', async (t) => {
  const { opening, counts, fail, pass } = trouble(t);
  const wrong = new SettingError('Réglage DATABASE_URL : plus récente.');
  await assert.rejects(openPatiently({ ...opening, open: () => Promise.reject(wrong) }), wrong);
  const written = t.mock.method(console, 'error', () => {});
  const { outbox } = await openPatiently(opening);
  fail(wrong);
  await pass(1000);
  await pass(2000);
  assert.deepEqual(counts.lines, ['outbox-unopened ECONNREFUSED', 'outbox-unopened SETTING']);
  assert.deepEqual(
    written.mock.calls.map(({ arguments: [text] }) => text),
    [wrong.message],
  );
  await assert.rejects(outbox.waiting(), wrong);
});

test('an outbox that is closed is opened no more, and what was being opened is closed', async (t) => {
  const { opening, counts, mend, pass } = trouble(t);
  const waiting = await openPatiently(opening);
  await waiting.outbox.close();
  await pass(60_000);
  assert.equal(counts.attempts, 1);
  const { promise, resolve } = Promise.withResolvers<void>();
  const slow = async () => {
    await promise;
    return opening.open();
  };
  let isFirst = true;
  const opened = await openPatiently({
    ...opening,
    open: () => {
      const result = isFirst ? opening.open() : slow();
      isFirst = false;
      return result;
    },
  });
  mend();
  await pass(1000);
  const closing = opened.outbox.close();
  resolve();
  await closing;
  assert.equal(counts.closed, 1);
});

test('machines that share a database count together once it is open, and are refused until then', async (t) => {
  const { opening, mend, pass } = trouble(t, true);
  const { shared } = await openPatiently(opening);
  assert.ok(shared);
  await assert.rejects(shared.query({ text: 'SELECT 1' }), { code: 'ECONNREFUSED' });
  await assert.rejects(shared.migrate('a name', []), { code: 'ECONNREFUSED' });
  mend();
  await pass(1000);
  assert.equal(await shared.query({ text: 'SELECT 1' }), 'SELECT 1');
  await shared.migrate('a name', []);
});
