// Takes a request back. Before it has left, nobody ever sees it; afterwards the team is told not to call.
import { codeOf } from './code-of.ts';
import type { Desk } from './desk.ts';
import { cancellationOf } from './message.ts';
import { readToken, writeToken } from './outcome.ts';

export type Cancelled = { kind: 'cancelled'; token: string } | { kind: 'too-late' } | { kind: 'not-kept' };

/**
 * Cancels the request of a token, or the one that took its place. Doing it twice sends one notice.
 * `too-late`: the token is forged or its thirty minutes are over. `not-kept`: the disk refused, nothing changed.
 */
export async function cancel(token: string, desk: Desk): Promise<Cancelled> {
  const at = desk.now();
  const outcome = readToken(token, at, desk.tokens);
  if (!outcome) return { kind: 'too-late' };
  try {
    for (;;) {
      const id = await desk.outbox.latest(outcome.id);
      const sealed = await desk.seal(cancellationOf(id, at));
      const notice = { id: desk.newId(), receivedAt: at.getTime(), sealed };
      const cancelled = await desk.outbox.withdraw(id, notice);
      if (cancelled === 'overtaken') continue; // changed from another page in the same instant
      desk.wake();
      return { kind: 'cancelled', token: writeToken({ ...outcome, id, cancelled }, desk.tokens) };
    }
  } catch (error) {
    desk.journal('cancellation-not-kept', { code: codeOf(error) });
    return { kind: 'not-kept' };
  }
}
