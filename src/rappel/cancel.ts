// Takes a request back from its page. Before it has left, nobody ever sees it; afterwards the team is told not to call.

import { type Cancellable, cancellableUntil, readCancellable } from './cancellable.ts';
import { mostTries, overtaken, type ReceiveEffects } from './effects.ts';
import { codeOf } from './journal.ts';
import { cancellationOf } from './message-cancellation.ts';
import { cancelledOutcome, readChangeable, requestOf, writeToken } from './outcome.ts';
import type { SlotDate } from './slots.ts';

export type Cancelled =
  | { kind: 'cancelled'; token: string }
  | { kind: 'too-late'; coming: SlotDate[] }
  | { kind: 'expired' }
  | { kind: 'not-kept' };

/**
 * Cancels the request of a token, or the one that took its place. Doing it twice sends one notice. `too-late`: its first
 * moment has begun; `coming`: the dates at which a call is still allowed, if any. `expired`: the token is forged, or it was
 * that of an address and its thirty minutes are over. `not-kept`: the disk refused, nothing changed.
 */
export async function cancel(token: string, effects: ReceiveEffects): Promise<Cancelled> {
  const at = effects.now();
  const request = requestIn(token, at, effects);
  if (!request) return { kind: 'expired' };
  if (at > cancellableUntil(request))
    return { kind: 'too-late', coming: request.dates.filter(({ to }) => to > at) };
  try {
    const id = await withdraw(request, at, effects);
    return { kind: 'cancelled', token: writeToken(cancelledOutcome({ ...request, id }, at), effects.tokens) };
  } catch (error) {
    effects.journal('cancellation-not-kept', { code: codeOf(error) });
    return { kind: 'not-kept' };
  }
}

/** The id of the request that a token could take back, however old it is; undefined when the token is none of ours. */
export function cancellableId(token: string, { cancellations, tokens }: ReceiveEffects): string | undefined {
  return readCancellable(token, cancellations)?.id ?? requestOf(token, tokens);
}

// Whoever may change a request may take it back: the token of an address does both.
function requestIn(token: string, at: Date, effects: ReceiveEffects): Cancellable | undefined {
  const inPage = readCancellable(token, effects.cancellations);
  if (inPage) return inPage;
  const outcome = readChangeable(token, at, effects.tokens);
  if (!outcome) return undefined;
  const { id, receivedAt, slots } = outcome;
  return { id, receivedAt, dates: effects.slotDates(slots, new Date(receivedAt)) };
}

// Begins again when it was changed from another page in the same instant. What became of it is not told: who cancels what
// another person sent in the same words must not see a difference.
async function withdraw(request: Cancellable, at: Date, effects: ReceiveEffects): Promise<string> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const id = await effects.outbox.latest(request.id);
    const others = await effects.outbox.others(id);
    const dates = id === request.id ? request.dates : []; // those of what took its place are not known here
    const envelope = { id: effects.newId(), receivedAt: at.getTime() };
    const withdrawn = { id, receivedAt: new Date(request.receivedAt), dates };
    const sealed = await effects.seal(cancellationOf(withdrawn, at, others), envelope);
    const done = await effects.outbox.withdraw(id, { ...envelope, sealed, tellsOfOthers: others.length > 0 });
    if (done === 'overtaken') continue;
    effects.wake();
    return id;
  }
  throw overtaken();
}
