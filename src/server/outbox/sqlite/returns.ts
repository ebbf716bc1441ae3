// What the mail server accepted from an outbox in a file of SQLite, and what came back of it; each function runs in one
// transaction.
import { type Bounce, type Bounced, mostListed, type Returns } from '../../../rappel/outbox.ts';
import { others } from './recognition.ts';
import type { Statements } from './statements.ts';

const fates = { again: 1, bounced: 2 };

/** Takes note that a message came back. */
export function bounce({ id, sending, at, hasSecond }: Bounce, run: Statements): Bounced {
  const one = run.accepted.get(id, sending === 'second' ? 1 : 0);
  if (!one) return 'unknown';
  if (one.isSequel === 0 && isOver(id, run)) {
    run.forgetSent.run(id);
    return 'void';
  }
  if (sending === 'first' && hasSecond && one.hasBytes === 1) {
    run.requeue.run(1, id);
    run.markSent.run(fates.again, at, id);
    return 'sent-again';
  }
  run.markSent.run(fates.bounced, at, id);
  return 'bounced';
}

// Nobody must act on it, and no other request shares it.
function isOver(id: string, run: Statements): boolean {
  const isReplaced = run.replacedBy.get(id) !== undefined;
  return (isReplaced || run.wasWithdrawn.get(id) !== undefined) && others(id, run).length === 0;
}

/** What has no way left, and how many were sent again since a time. */
export function returns(since: number, run: Statements): Returns {
  const bounced = run.bounced.all(mostListed.returns).map(({ id }) => String(id));
  return { bounced, sentAgain: Number(run.sentAgain.get(since)?.count) };
}

/** Makes what has no way left due again, or forgets it when its bytes are gone; of these, those that are no tests. */
export function sendBack(run: Statements): { again: number; lost: string[] } {
  const all = run.bounced.all(-1) as { id: string; isTest: number; hasBytes: number }[];
  const whole = all.filter(({ hasBytes }) => hasBytes === 1);
  for (const { id } of whole) run.requeue.run(0, id);
  for (const { id } of all) run.forgetSent.run(id);
  const lost = all.filter(({ hasBytes, isTest }) => hasBytes === 0 && isTest === 0).map(({ id }) => id);
  return { again: whole.length, lost };
}
