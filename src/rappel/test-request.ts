// A request of our own, sent the whole way before the line opens: if it is not accepted, real ones are not either.
import type { Opening } from '../service/service.ts';
import type { ReceiveEffects } from './effects.ts';
import { slotsOf } from './fields.ts';
import { messageFor } from './message.ts';
import { asTest } from './message-example.ts';

/**
 * Keeps a test request and gives its id. `name` makes it one of its kind: a second of the same name within two days is
 * the first. Throws when any step of the way is broken.
 */
export async function keepTestRequest(name: string, effects: ReceiveEffects): Promise<string> {
  const at = effects.now();
  const parsed = effects.parse(testForm(effects.opening));
  if (!parsed.ok) throw new Error('The form of the test is refused');
  const key = keyOf(name, effects);
  const id = idOf(key);
  const dates = effects.slotDates(parsed.rappel.slots, at);
  const { mailbox } = effects;
  const message = asTest(messageFor(parsed.rappel, dates, { id, receivedAt: at, mailbox }));
  const envelope = { id, receivedAt: at.getTime(), isTest: true };
  const sealed = await effects.seal(message, envelope);
  const form = { content: key, own: { key, since: 0 }, changeableSince: 0 };
  await effects.outbox.put({ ...envelope, sealed, form });
  effects.wake();
  return id;
}

/** The test of this name, if it was kept: its id and when. */
export async function findTestRequest(
  name: string,
  effects: ReceiveEffects,
): Promise<{ id: string; receivedAt: number } | undefined> {
  return effects.outbox.find({ key: keyOf(name, effects), since: 0 });
}

function keyOf(name: string, effects: ReceiveEffects): string {
  return effects.digest(`essai:${name}`);
}

function idOf(key: string): string {
  return key.slice(0, 32);
}

function testForm(opening: Opening): FormData {
  const form = new FormData();
  form.set('tel', '01 99 00 12 34'); // kept for fiction: it rings at nobody's, and our own would be refused
  for (const slot of slotsOf(opening)) form.append('quand', slot);
  return form;
}
