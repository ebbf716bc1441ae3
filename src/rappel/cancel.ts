// Takes a request back. Before it has left, nobody ever sees it; afterwards the team is told not to call.

import { mostTries, overtaken, type ReceiveEffects } from './effects.ts';
import { codeOf } from './journal.ts';
import { cancellationOf } from './message-cancellation.ts';
import { type Outcome, readChangeable, writeToken } from './outcome.ts';

export type Cancelled = { kind: 'cancelled'; token: string } | { kind: 'too-late' } | { kind: 'not-kept' };

/**
 * Cancels the request of a token, or the one that took its place. Doing it twice sends one notice.
 * `too-late`: the token is forged or its thirty minutes are over. `not-kept`: the disk refused, nothing changed.
 */
export async function cancel(token: string, effects: ReceiveEffects): Promise<Cancelled> {
  const at = effects.now();
  const outcome = readChangeable(token, at, effects.tokens);
  if (!outcome) return { kind: 'too-late' };
  try {
    const id = await withdraw(outcome, at, effects);
    return { kind: 'cancelled', token: writeToken({ ...outcome, id, cancelled: true }, effects.tokens) };
  } catch (error) {
    effects.journal('cancellation-not-kept', { code: codeOf(error) });
    return { kind: 'not-kept' };
  }
}

// Begins again when it was changed from another page in the same instant. What became of it is not told: who cancels what
// another person sent in the same words must not see a difference.
async function withdraw(outcome: Outcome, at: Date, effects: ReceiveEffects): Promise<string> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const id = await effects.outbox.latest(outcome.id);
    const others = await effects.outbox.others(id);
    const envelope = { id: effects.newId(), receivedAt: at.getTime() };
    const withdrawn = { id, receivedAt: new Date(outcome.receivedAt), dates: [] };
    const sealed = await effects.seal(cancellationOf(withdrawn, at, others), envelope);
    const done = await effects.outbox.withdraw(id, { ...envelope, sealed }, others.length > 0);
    if (done === 'overtaken') continue;
    effects.wake();
    return id;
  }
  throw overtaken();
}
