import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newCourierState } from '../../rappel/deliver.ts';
import { memoryOutbox } from '../../rappel/outbox.fake.ts';
import { startCourier } from './courier.ts';

const hourMs = 3_600_000;
const at = Date.parse('2026-11-23T08:00:00Z');
const id = '0123456789abcdef'.repeat(2);

/** What a bounce finds of a message that left some hours ago, once a courier has started that keeps messages so long. */
async function foundAfter(hours: number, keepHours: number): Promise<string> {
  const outbox = memoryOutbox();
  const message = { id, receivedAt: at, sealed: new Uint8Array([1]) };
  await outbox.put({ ...message, form: { content: 'a', changeableSince: 0 } });
  await outbox.erase(id, [], at - hours * hourMs);
  const clock = { now: () => at, random: () => 1, journal: () => {} };
  const keepMs = keepHours * hourMs;
  await startCourier({ outbox, send: async () => {}, ...clock, state: newCourierState(), keepMs }).stop();
  return outbox.bounce({ id, sending: 'first', at, hasSecond: true });
}

test('what has left is kept no longer than was said, though somebody looks once an hour; its id for eight days', async () => {
  assert.equal(await foundAfter(46, 48), 'sent-again');
  assert.equal(await foundAfter(47.1, 48), 'bounced'); // its bytes are gone
  assert.equal(await foundAfter(1.1, 2), 'bounced');
  assert.equal(await foundAfter(8 * 24 - 1, 48), 'bounced');
  assert.equal(await foundAfter(8 * 24 + 1, 48), 'unknown');
});

test('where nobody reads bounces any more, what was kept for them goes at once', async () => {
  assert.equal(await foundAfter(0.1, 0), 'unknown');
});
