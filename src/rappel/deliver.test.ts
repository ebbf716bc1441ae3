import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deliver, leaseMs, newMemory, type Round, waitAfter } from './deliver.ts';
import { idOf } from './desk.fake.ts';
import { memoryOutbox } from './outbox.fake.ts';
import type { Outbox } from './outbox.ts';

type FakeRound = Round & { at: number; logged: unknown[] };

const start = Date.parse('2026-11-23T08:00:00Z');

/** A round whose mail server does what `send` says, on a clock that stands still. */
function roundWith(send: Round['send'], outbox = memoryOutbox()): FakeRound {
  const round: FakeRound = {
    at: start,
    logged: [],
    outbox,
    send,
    now: () => round.at,
    random: () => 1,
    journal: (event, details) => round.logged.push([event, details]),
    memory: newMemory(),
  };
  return round;
}

/** Keeps the messages of these numbers, the first being the oldest. */
async function keep(outbox: Outbox, ...numbers: number[]): Promise<void> {
  for (const [index, n] of numbers.entries()) {
    const receivedAt = start - 1000 + index;
    const message = { id: idOf(n), receivedAt, sealed: new Uint8Array([n]) };
    await outbox.put({ ...message, form: { content: `${n}`, changeableSince: 0 } });
  }
}

async function deliverAll(round: Round): Promise<void> {
  await deliver(round, () => false);
}

function refusal(details: object): () => Promise<never> {
  return async () => {
    throw Object.assign(new Error('chez Zoé, 01 99 00 12 34'), details);
  };
}

const noticeOf = (n: number) => ({ id: idOf(n), receivedAt: start, sealed: new Uint8Array([n]) });

/** What a cancellation finds after a failed attempt. */
async function withdrawnAfter(...failures: object[]): Promise<string> {
  const outbox = memoryOutbox();
  await keep(outbox, 1);
  for (const [times, failure] of failures.entries()) {
    const round = roundWith(refusal(failure), outbox);
    round.at += times * 10_000;
    await deliverAll(round);
  }
  return outbox.withdraw(idOf(1), noticeOf(2));
}

test('all that is due is sent, the oldest first, then nothing is left', async () => {
  const sent: number[] = [];
  const round = roundWith(async ({ sealed }) => {
    sent.push(...sealed);
  });
  await keep(round.outbox, 2, 1, 3);
  await deliverAll(round);
  await deliverAll({ ...round, now: () => start + 2 * leaseMs });
  assert.deepEqual(sent, [2, 1, 3]);
  assert.deepEqual(round.logged.at(0), ['delivered', { id: idOf(2), seconds: '1.0' }]);
});

test('a message is erased only after the mail server has accepted it', async () => {
  const steps: string[] = [];
  const answer = Promise.withResolvers<void>();
  const round = roundWith(() => answer.promise);
  const { erase } = round.outbox;
  round.outbox.erase = async (id) => {
    steps.push('erased');
    await erase(id);
  };
  await keep(round.outbox, 1);
  const delivered = deliverAll(round);
  await new Promise(setImmediate);
  steps.push('accepted');
  answer.resolve();
  await delivered;
  assert.deepEqual(steps, ['accepted', 'erased']);
});

test('a message being sent is leased: no other round takes it', async () => {
  const round = roundWith(async () => {
    assert.equal(await round.outbox.due(start + leaseMs - 1, start + 2 * leaseMs), undefined);
    round.logged.push('checked');
  });
  await keep(round.outbox, 1);
  await deliverAll(round);
  assert.equal(round.logged[0], 'checked');
});

test('a failed message waits, then is tried again', async () => {
  let failures = 2;
  const round = roundWith(async () => {
    failures -= 1;
    if (failures >= 0) throw new Error();
  });
  await keep(round.outbox, 1);
  await deliverAll(round);
  round.at = start + waitAfter(1, 1) - 1;
  await deliverAll(round);
  assert.equal(failures, 1);
  round.at += 1;
  await deliverAll(round);
  round.at += waitAfter(2, 1);
  await deliverAll(round);
  assert.deepEqual(
    round.logged.map((line) => (line as string[])[0]),
    ['delivery-failed', 'delivery-failed', 'delivered'],
  );
});

test('the wait doubles up to five minutes, for ever, and chance takes at most half of it', () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1_000_000].map((attempts) => waitAfter(attempts, 1) / 1000);
  assert.deepEqual(longest, [2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
  const shortest = [1, 2, 9].map((attempts) => waitAfter(attempts, 0) / 1000);
  assert.deepEqual(shortest, [1, 2, 150]);
});

test('a message that is always refused does not hold the others', async () => {
  const sent: number[] = [];
  const round = roundWith(async ({ sealed }) => {
    if (sealed[0] === 1) throw Object.assign(new Error(), { responseCode: 550 });
    sent.push(...sealed);
  });
  await keep(round.outbox, 1, 2, 3);
  await deliverAll(round);
  assert.deepEqual(sent, [2, 3]);
});

test('a failure is logged as a code, never in its words', async () => {
  const round = roundWith(refusal({ code: 'EENVELOPE', responseCode: 550 }));
  await keep(round.outbox, 1);
  await deliverAll(round);
  assert.deepEqual(round.logged, [
    ['delivery-failed', { id: idOf(1), code: 'EENVELOPE 550', attempts: '1' }],
  ]);
});

test('after a clear no, or a mail server never reached, a request can still be withdrawn', async () => {
  assert.equal(await withdrawnAfter({ responseCode: 451, command: 'DATA' }), 'withdrawn');
  assert.equal(await withdrawnAfter({ responseCode: 550, command: 'RCPT TO' }), 'withdrawn');
  assert.equal(await withdrawnAfter({ code: 'ESOCKET', syscall: 'connect', command: 'CONN' }), 'withdrawn');
  assert.equal(await withdrawnAfter({ code: 'EDNS', syscall: 'getaddrinfo', command: 'CONN' }), 'withdrawn');
});

// As nodemailer reports them when the whole message was sent: `command` says CONN all the same.
test('after a silence or a broken link, a cancellation sends its notice', async () => {
  assert.equal(await withdrawnAfter({ code: 'ETIMEDOUT', command: 'CONN' }), 'notified');
  assert.equal(await withdrawnAfter({ code: 'ECONNECTION', command: 'CONN' }), 'notified');
  assert.equal(await withdrawnAfter({ code: 'ESOCKET', syscall: 'read', command: 'CONN' }), 'notified');
  assert.equal(await withdrawnAfter({ code: 'EPROTOCOL', responseCode: 250, command: 'CONN' }), 'notified');
});

test('a clear no does not undo the doubt of an earlier silence', async () => {
  assert.equal(await withdrawnAfter({ code: 'ETIMEDOUT' }, { responseCode: 451 }), 'notified');
});

test('a message accepted but not erased is not sent again, only erased once the disk can', async () => {
  const outbox = memoryOutbox();
  const sent: string[] = [];
  const full = refusal({ code: 'ERR_SQLITE_ERROR', errcode: 13 });
  const round = roundWith(async ({ id }) => void sent.push(id), { ...outbox, erase: full });
  await keep(outbox, 1);
  await deliverAll(round);
  assert.deepEqual(round.logged.at(-1), [
    'erase-failed',
    { id: idOf(1), code: 'ERR_SQLITE_ERROR 13', attempts: '1' },
  ]);
  round.at += 2 * leaseMs;
  await deliverAll({ ...round, outbox });
  assert.deepEqual([sent, await outbox.waiting()], [[idOf(1)], { count: 0, oldestAt: undefined }]);
});

test('a message accepted but not erased cannot be withdrawn in silence: a cancellation sends its notice', async () => {
  const outbox = memoryOutbox();
  await keep(outbox, 1);
  await deliverAll(roundWith(async () => {}, { ...outbox, erase: refusal({}) }));
  assert.equal(await outbox.withdraw(idOf(1), noticeOf(2)), 'notified');
});

test('a mail server that does not answer is tried with one message, not with each', async () => {
  const tried: string[] = [];
  const round = roundWith(async ({ id }) => {
    tried.push(id);
    throw Object.assign(new Error(), { syscall: 'connect', code: 'ECONNREFUSED' });
  });
  await keep(round.outbox, 1, 2, 3);
  await deliverAll(round);
  await deliverAll(round);
  assert.deepEqual(tried, [idOf(1), idOf(2)]);
});

test('when the mail server is back, what waited for it leaves at once', async () => {
  let isDown = true;
  const sent: string[] = [];
  const round = roundWith(async ({ id }) => {
    if (isDown) throw Object.assign(new Error(), { syscall: 'connect' });
    sent.push(id);
  });
  await keep(round.outbox, 1, 2, 3);
  for (const _ of [1, 2]) await deliverAll(round);
  isDown = false;
  await deliverAll(round);
  assert.deepEqual(sent, [idOf(3), idOf(1), idOf(2)]);
});

test('what leaves is the message of the moment: from its last time on, the late one', async () => {
  for (const [at, expected] of [
    [start - 1, 1],
    [start, 2],
  ] as const) {
    const sent: number[] = [];
    const round = roundWith(async ({ sealed }) => void sent.push(...sealed));
    const late = { from: start, sealed: new Uint8Array([2]) };
    const message = { id: idOf(1), receivedAt: 0, sealed: new Uint8Array([1]), late };
    await round.outbox.put({ ...message, form: { content: '', changeableSince: 0 } });
    round.at = at;
    await deliverAll(round);
    assert.deepEqual(sent, [expected]);
  }
});

test('a round that is stopped finishes its message and takes no other', async () => {
  const sent: number[] = [];
  const round = roundWith(async ({ sealed }) => {
    sent.push(...sealed);
  });
  await keep(round.outbox, 1, 2);
  await deliver(round, () => sent.length > 0);
  assert.deepEqual(sent, [1]);
  assert.equal((await round.outbox.due(start, start + leaseMs))?.id, idOf(2));
});
