import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type DeliveryEffects,
  deliver,
  leaseMs,
  newCourierState,
  UnreadableMessage,
  waitAfter,
} from './deliver.ts';
import { idOf } from './effects.fake.ts';
import { memoryOutbox } from './outbox.fake.ts';
import type { Outbox } from './outbox.ts';
import { liftRefusal, standingRefusal } from './refusal.ts';

type FakeDelivery = DeliveryEffects & { at: number; logged: unknown[] };

const start = Date.parse('2026-11-23T08:00:00Z');

/** A round whose mail server does what `send` says, on a clock that stands still. */
function effectsWith(send: DeliveryEffects['send'], outbox = memoryOutbox()): FakeDelivery {
  const effects: FakeDelivery = {
    at: start,
    logged: [],
    outbox,
    send,
    now: () => effects.at,
    random: () => 1,
    journal: (event, details) => effects.logged.push([event, details]),
    state: newCourierState(),
    keepMs: 0,
  };
  return effects;
}

/** Keeps the messages of these numbers, the first being the oldest. */
async function keep(outbox: Outbox, ...numbers: number[]): Promise<void> {
  for (const [index, n] of numbers.entries()) {
    const receivedAt = start - 1000 + index;
    const message = { id: idOf(n), receivedAt, sealed: new Uint8Array([n]) };
    await outbox.put({ ...message, form: { content: `${n}`, changeableSince: 0 } });
  }
}

async function deliverAll(effects: DeliveryEffects): Promise<void> {
  await deliver(effects, () => false);
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
    const effects = effectsWith(refusal(failure), outbox);
    effects.at += times * 10_000;
    await deliverAll(effects);
  }
  return outbox.withdraw(idOf(1), noticeOf(2));
}

test('all that is due is sent, the oldest first, then nothing is left', async () => {
  const sent: number[] = [];
  const effects = effectsWith(async ({ sealed }) => {
    sent.push(...sealed);
  });
  await keep(effects.outbox, 2, 1, 3);
  await deliverAll(effects);
  await deliverAll({ ...effects, now: () => start + 2 * leaseMs });
  assert.deepEqual(sent, [2, 1, 3]);
  assert.deepEqual(effects.logged.at(0), ['delivered', { id: idOf(2), seconds: '1.0' }]);
});

test('a message is erased only after the mail server has accepted it', async () => {
  const steps: string[] = [];
  const answer = Promise.withResolvers<void>();
  const effects = effectsWith(() => answer.promise);
  const { erase } = effects.outbox;
  effects.outbox.erase = async (id) => {
    steps.push('erased');
    await erase(id);
  };
  await keep(effects.outbox, 1);
  const delivered = deliverAll(effects);
  await new Promise(setImmediate);
  steps.push('accepted');
  answer.resolve();
  await delivered;
  assert.deepEqual(steps, ['accepted', 'erased']);
});

test('a message being sent is leased: no other round takes it', async () => {
  const effects = effectsWith(async () => {
    assert.equal(await effects.outbox.due(start + leaseMs - 1, start + 2 * leaseMs), undefined);
    effects.logged.push('checked');
  });
  await keep(effects.outbox, 1);
  await deliverAll(effects);
  assert.equal(effects.logged[0], 'checked');
});

test('a failed message waits, then is tried again', async () => {
  let failures = 2;
  const effects = effectsWith(async () => {
    failures -= 1;
    if (failures >= 0) throw new Error();
  });
  await keep(effects.outbox, 1);
  await deliverAll(effects);
  effects.at = start + waitAfter(1, 1) - 1;
  await deliverAll(effects);
  assert.equal(failures, 1);
  effects.at += 1;
  await deliverAll(effects);
  effects.at += waitAfter(2, 1);
  await deliverAll(effects);
  assert.deepEqual(
    effects.logged.map((line) => (line as string[])[0]),
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
  const effects = effectsWith(async ({ sealed }) => {
    if (sealed[0] === 1) throw Object.assign(new Error(), { responseCode: 550 });
    sent.push(...sealed);
  });
  await keep(effects.outbox, 1, 2, 3);
  await deliverAll(effects);
  assert.deepEqual(sent, [2, 3]);
});

test('a failure is logged as a code, never in its words', async () => {
  const effects = effectsWith(refusal({ code: 'EENVELOPE', responseCode: 550 }));
  await keep(effects.outbox, 1);
  await deliverAll(effects);
  assert.deepEqual(effects.logged, [
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
  const effects = effectsWith(async ({ id }) => void sent.push(id), { ...outbox, erase: full });
  await keep(outbox, 1);
  await deliverAll(effects);
  assert.deepEqual(effects.logged.at(-1), [
    'erase-failed',
    { id: idOf(1), code: 'ERR_SQLITE_ERROR 13', attempts: '1' },
  ]);
  effects.at += 2 * leaseMs;
  await deliverAll({ ...effects, outbox });
  assert.deepEqual([sent, await outbox.waiting()], [[idOf(1)], { count: 0, oldestAt: undefined }]);
});

test('a message accepted but not erased cannot be withdrawn in silence: a cancellation sends its notice', async () => {
  const outbox = memoryOutbox();
  await keep(outbox, 1);
  await deliverAll(effectsWith(async () => {}, { ...outbox, erase: refusal({}) }));
  assert.equal(await outbox.withdraw(idOf(1), noticeOf(2)), 'notified');
});

test('a mail server that does not answer is tried with one message, not with each', async () => {
  const tried: string[] = [];
  const effects = effectsWith(async ({ id }) => {
    tried.push(id);
    throw Object.assign(new Error(), { syscall: 'connect', code: 'ECONNREFUSED' });
  });
  await keep(effects.outbox, 1, 2, 3);
  await deliverAll(effects);
  await deliverAll(effects);
  assert.deepEqual(tried, [idOf(1), idOf(2)]);
});

test('when the mail server is back, what waited for it leaves at once', async () => {
  let isDown = true;
  const sent: string[] = [];
  const effects = effectsWith(async ({ id }) => {
    if (isDown) throw Object.assign(new Error(), { syscall: 'connect' });
    sent.push(id);
  });
  await keep(effects.outbox, 1, 2, 3);
  for (const _ of [1, 2]) await deliverAll(effects);
  isDown = false;
  await deliverAll(effects);
  assert.deepEqual(sent, [idOf(3), idOf(1), idOf(2)]);
});

test('what leaves is the message of the moment: from its last time on, the late one', async () => {
  for (const [at, expected] of [
    [start - 1, 1],
    [start, 2],
  ] as const) {
    const sent: number[] = [];
    const effects = effectsWith(async ({ sealed }) => void sent.push(...sealed));
    const late = { from: start, sealed: new Uint8Array([2]) };
    const message = { id: idOf(1), receivedAt: 0, sealed: new Uint8Array([1]), late };
    await effects.outbox.put({ ...message, form: { content: '', changeableSince: 0 } });
    effects.at = at;
    await deliverAll(effects);
    assert.deepEqual(sent, [expected]);
  }
});

test('a late message is counted once it has left late and is erased, a test never', async () => {
  const effects = effectsWith(async () => {});
  const { outbox } = effects;
  const late = { from: start, sealed: new Uint8Array([2]) };
  for (const [n, isTest] of [false, false, true].entries()) {
    const message = { id: idOf(n), receivedAt: start - 3000 + n, sealed: new Uint8Array([1]), late, isTest };
    await outbox.put({ ...message, form: { content: `${n}`, changeableSince: 0 } });
  }
  let fails = true;
  const erase: Outbox['erase'] = async (...args) => {
    if (fails) throw new Error();
    await outbox.erase(...args);
  };
  const counted = async () =>
    (await outbox.report(2026)).map(({ month, name, count }) => [month, name, count]);
  effects.at = start - 1;
  await deliver({ ...effects, outbox: { ...outbox, erase } }, () => effects.state.accepted.size > 0); // the first
  fails = false;
  effects.at = start;
  await deliverAll(effects);
  assert.deepEqual(await counted(), [[11, 'late', 1]]);
  effects.at = start + leaseMs; // the first left in time: it is late to forget it, not to send it
  await deliverAll(effects);
  assert.deepEqual([await counted(), (await outbox.waiting()).count], [[[11, 'late', 1]], 0]);
});

test('a round that is stopped finishes its message and takes no other', async () => {
  const sent: number[] = [];
  const effects = effectsWith(async ({ sealed }) => {
    sent.push(...sealed);
  });
  await keep(effects.outbox, 1, 2);
  await deliver(effects, () => sent.length > 0);
  assert.deepEqual(sent, [1]);
  assert.equal((await effects.outbox.due(start, start + leaseMs))?.id, idOf(2));
});

/** Numbers from one to `count`. */
const first = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

const wrongPassword = { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' };

/** Rounds as a courier makes them, one a second. */
async function rounds(effects: FakeDelivery, seconds: number): Promise<void> {
  for (const _ of first(seconds)) {
    await deliverAll(effects);
    effects.at += 1000;
  }
}

/** A round whose outbox counts how often all is made due. */
function hasteningOf(effects: FakeDelivery): () => number {
  let count = 0;
  const { hasten } = effects.outbox;
  effects.outbox.hasten = async () => {
    count += 1;
    await hasten();
  };
  return () => count;
}

test('messages that cannot be opened hold nobody: in one round all the others leave, and mail is not late', async () => {
  let isRightSecret = false;
  const sent: number[] = [];
  const tried: number[] = [];
  const effects = effectsWith(async ({ id, sealed }) => {
    tried.push(1);
    if (id <= idOf(260) && !isRightSecret) throw new UnreadableMessage();
    sent.push(...sealed);
  });
  const hastened = hasteningOf(effects);
  await keep(effects.outbox, ...first(264));
  await deliverAll(effects);
  assert.deepEqual([sent.length, tried.length, await effects.outbox.unreadable()], [4, 264, 260]);
  assert.deepEqual([hastened(), await standingRefusal(effects.outbox, effects.state)], [1, undefined]);
  assert.deepEqual(effects.logged[0], ['request-unreadable', { id: idOf(1), attempts: '1' }]);
  await deliverAll(effects);
  assert.equal(tried.length, 264); // not each second
  await rounds(effects, 600);
  assert.ok(tried.length <= 264 + 260 * 9, `${tried.length}`);
  isRightSecret = true;
  await rounds(effects, 301);
  assert.deepEqual([sent.length, (await effects.outbox.waiting()).count], [264, 0]);
});

test('a login that is refused is tried by one message, then less and less often, however many wait', async () => {
  let logins = 0;
  const effects = effectsWith(async () => {
    logins += 1;
    throw Object.assign(new Error(), wrongPassword);
  });
  await keep(effects.outbox, ...first(200));
  await rounds(effects, 300);
  assert.equal(logins, 8); // after 2, 4, 8 … 256 seconds
  const refusal = await standingRefusal(effects.outbox, effects.state);
  assert.deepEqual([refusal?.code, refusal?.isAnswer], ['EAUTH 535', true]);
});

test('whoever asks for another try, or starts again, does not wait; a clock set back holds nothing', async () => {
  let logins = 0;
  const effects = effectsWith(async () => {
    logins += 1;
    throw Object.assign(new Error(), wrongPassword);
  });
  await keep(effects.outbox, 1);
  await rounds(effects, 60);
  const before = logins;
  await deliverAll(effects);
  assert.equal(logins, before);
  await liftRefusal(effects.outbox, newCourierState()); // from beside
  await deliverAll(effects);
  assert.equal(logins, before + 1);
  await deliverAll({ ...effects, state: newCourierState() });
  assert.equal(logins, before + 2);
  effects.at -= 86_400_000;
  await deliverAll(effects);
  assert.equal(logins, before + 3);
});

test('a server that says no to every message is offered one a effects, and what it refused leaves once one passes', async () => {
  const offered: string[] = [];
  let isFull = true;
  const effects = effectsWith(async ({ id }) => {
    offered.push(id);
    if (isFull) throw Object.assign(new Error(), { code: 'EENVELOPE', responseCode: 452 });
  });
  const hastened = hasteningOf(effects);
  await keep(effects.outbox, ...first(20));
  await deliverAll(effects);
  assert.equal(offered.length, 2); // the first might have been the only one
  await deliverAll(effects);
  assert.equal(offered.length, 3);
  isFull = false;
  await deliverAll(effects);
  assert.deepEqual([(await effects.outbox.waiting()).count, hastened()], [0, 2]);
});

test('a message that alone is refused says nothing of the server once another has passed', async () => {
  let offered = 0;
  const effects = effectsWith(async ({ id }) => {
    if (id !== idOf(1)) return;
    offered += 1;
    throw Object.assign(new Error(), { code: 'EMESSAGE', responseCode: 554 });
  });
  const hastened = hasteningOf(effects);
  await keep(effects.outbox, 1);
  await deliverAll(effects);
  assert.ok(await standingRefusal(effects.outbox, effects.state));
  await keep(effects.outbox, 2);
  await deliverAll(effects);
  await rounds(effects, 300);
  assert.equal(await standingRefusal(effects.outbox, effects.state), undefined);
  assert.deepEqual([hastened(), offered], [2, 8]);
});

test('a round has an end: a thousand messages, or five in a row that are always refused', async () => {
  const effects = effectsWith(async () => {});
  await keep(effects.outbox, ...first(1001));
  assert.equal(await deliver(effects, () => false), true);
  assert.equal((await effects.outbox.waiting()).count, 1);
  assert.equal(await deliver(effects, () => false), false);

  let offered = 0;
  const bad = effectsWith(async ({ sealed }) => {
    if (sealed[0] === 9) return;
    offered += 1;
    throw Object.assign(new Error(), { responseCode: 550 });
  });
  for (const n of first(8)) bad.state.odd.add(idOf(n));
  await keep(bad.outbox, ...first(9));
  await deliverAll(bad);
  assert.equal(offered, 5);
  await deliverAll(bad);
  assert.deepEqual([offered, (await bad.outbox.waiting()).count], [8, 8]);
});

test('what is remembered of refusals is bounded', async () => {
  const effects = effectsWith(async () => {
    throw Object.assign(new Error(), { responseCode: 550 });
  });
  await keep(effects.outbox, ...first(1001));
  for (const _ of first(1001)) await deliverAll(effects);
  assert.ok(effects.state.refused.size <= 1000);
  await liftRefusal(effects.outbox, effects.state);
  assert.ok(effects.state.odd.size <= 1000);
});

test('a full disk, which keeps no refusal, makes no storm', async () => {
  let logins = 0;
  const full = refusal({ code: 'ERR_SQLITE_ERROR', errcode: 13 });
  const send = async () => {
    logins += 1;
    throw Object.assign(new Error(), wrongPassword);
  };
  const effects = effectsWith(send, { ...memoryOutbox(), note: full, hasten: full });
  await keep(effects.outbox, ...first(200));
  await rounds(effects, 300);
  assert.equal(logins, 8);
  assert.equal((await standingRefusal(effects.outbox, effects.state))?.code, 'EAUTH 535');
});

test('what has left is watched only where somebody reads what comes back', async () => {
  for (const keepMs of [0, 1]) {
    const outbox = memoryOutbox();
    await keep(outbox, 1);
    await deliverAll({ ...effectsWith(async () => {}, outbox), keepMs });
    const came = { id: idOf(1), sending: 'first', at: start, hasSecond: true } as const;
    assert.equal(await outbox.bounce(came), keepMs ? 'sent-again' : 'unknown');
  }
});

test('sent again after its last time it says so, to the second mailbox, and is not counted twice', async () => {
  const outbox = memoryOutbox();
  const late = { from: start, sealed: new Uint8Array([2]) };
  const message = { id: idOf(1), receivedAt: start - 1000, sealed: new Uint8Array([1]), late };
  await outbox.put({ ...message, form: { content: 'a', changeableSince: 0 } });
  const left: unknown[] = [];
  const effects = effectsWith(async ({ sealed, isSecond }) => void left.push([...sealed, isSecond]), outbox);
  await deliverAll({ ...effects, keepMs: 1 });
  await outbox.bounce({ id: idOf(1), sending: 'first', at: start, hasSecond: true });
  await deliverAll({ ...effects, keepMs: 1 });
  assert.deepEqual(left, [
    [2, false],
    [2, true],
  ]);
  assert.deepEqual(await outbox.report(2026), [{ month: 11, name: 'late', count: 1 }]);
});
