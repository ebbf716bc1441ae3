import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryOutbox } from '../../rappel/outbox.fake.ts';
import { fingerprintOf, secretInUse, secretToCompare } from './secret.ts';

const [ours, other] = ['un secret assez long pour servir', 'un autre secret, assez long aussi'] as const;

const entry = {
  id: '1'.repeat(32),
  receivedAt: 0,
  sealed: new Uint8Array(),
  form: { content: 'x', own: { key: 'k', since: 0 }, changeableSince: 0 },
};

/** A machine that uses an outbox under a secret; `events` are its events. */
function machine(secret: string, outbox = memoryOutbox()) {
  const events: string[] = [];
  const used = secretInUse(secret, outbox, (event) => events.push(event));
  return { outbox, events, isOther: used.isOther };
}

test('the first secret is kept as a fingerprint, from which nobody reads it', async () => {
  const { outbox, isOther } = machine(ours);
  assert.equal(await isOther(), false);
  const kept = await outbox.noted('secret');
  assert.equal(kept, fingerprintOf(ours));
  assert.match(`${kept}`, /^[0-9a-f]{32}$/);
  assert.notEqual(kept, fingerprintOf(other));
});

test('changed with a request waiting: said, once in the journal, until the right one is back', async () => {
  const { outbox, isOther } = machine(ours);
  await isOther();
  await outbox.put(entry);
  const after = machine(other, outbox);
  assert.deepEqual([await after.isOther(), await after.isOther()], [true, true]);
  assert.deepEqual(after.events, ['secret-changed']);
  assert.deepEqual(
    [await secretToCompare(other, outbox).isOther(), await secretToCompare(ours, outbox).isOther()],
    [true, false],
  );
  assert.equal(await machine(ours, outbox).isOther(), false);
  await outbox.erase(entry.id);
  assert.equal(await after.isOther(), false); // the documented change: nothing waits
  assert.equal(await secretToCompare(other, outbox).isOther(), false);
});

test('two machines with two secrets: whichever came first says so, even when nothing waits', async () => {
  const first = machine(ours);
  assert.equal(await first.isOther(), false);
  const second = machine(other, first.outbox);
  assert.equal(await second.isOther(), false);
  assert.equal(await first.isOther(), true);
  assert.equal(await first.isOther(), true); // it never takes its place back
  assert.deepEqual([first.events, second.events], [['secret-changed'], []]);
});

test('a disk that refuses to write keeps nothing and is told; the next look tries again', async () => {
  const outbox = memoryOutbox();
  let isFull = true;
  const note = outbox.note;
  outbox.note = async (name, text) => {
    if (isFull) throw Object.assign(new Error(), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
    await note(name, text);
  };
  const { isOther, events } = machine(ours, outbox);
  assert.equal(await isOther(), false);
  isFull = false;
  assert.equal(await isOther(), false);
  assert.deepEqual([events, await outbox.noted('secret')], [['outbox-failed'], fingerprintOf(ours)]);
});
