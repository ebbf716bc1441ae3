// Requests kept, changed and taken back in an outbox in a file of SQLite; each function runs in one transaction.
import { countsOf } from '../../../rappel/counts.ts';
import type { Entry, Notice, Put, SealedMessage } from '../../../rappel/outbox.ts';
import { count } from './counts.ts';
import type { Leases } from './deliveries.ts';
import { keep } from './messages.ts';
import { forgetForm, given, latest, others, recognised, remember } from './recognition.ts';
import type { Statements } from './statements.ts';

type Store = { run: Statements; leases: Leases };

/** Keeps a request, unless it is known. */
export function put(entry: Entry, { leases, run }: Store): Put {
  const { form, replaces, phone, id, receivedAt } = entry;
  const earlier = recognised(form, run);
  const kept = { id, receivedAt, content: form.content };
  if (earlier.kind === 'known') {
    remember([form.own], earlier.known, run);
    return { kind: 'known', known: earlier.known };
  }
  if (earlier.kind === 'duplicate') {
    remember([form.own, form.place], kept, run);
    run.duplicate.run(id, earlier.first, receivedAt, entry.ending ?? null);
    return { kind: 'duplicate' };
  }
  if (earlier.replaces !== replaces || !tellsAll(entry, run)) return { kind: 'overtaken' };
  const taken = replaces === undefined ? undefined : takePlace(replaces, entry, { leases, run });
  keep(entry, taken !== undefined && !taken.stayed, run);
  remember([form.own, form.place, form.anywhere], kept, run);
  if (phone) run.give.run(id, phone.key, receivedAt, entry.ending ?? null);
  count(countsOf(entry, taken !== undefined && !taken.wasDuplicate), receivedAt, run);
  return { kind: 'kept' };
}

function tellsAll({ replaces, phone, ...tells }: Entry, run: Statements): boolean {
  if (phone && !tells.tellsOfGiven && given(phone, replaces, run).length > 0) return false;
  return !replaces || tells.tellsOfOthers === true || others(replaces, run).length === 0;
}

/** Takes a request back, or keeps `notice` when it may have left. */
export function withdraw(id: string, notice: Notice, store: Store) {
  const { run } = store;
  if (latest(id, run) !== id) return 'overtaken';
  if (run.wasWithdrawn.get(id)) return 'already';
  if (!notice.tellsOfOthers && others(id, run).length > 0) return 'overtaken';
  run.noteWithdrawn.run(id, notice.receivedAt);
  const stayed = hold(id, store);
  const wasDuplicate = forgetForm(id, run); // the same words sent again are a new request
  if (!notice.isTest && !wasDuplicate)
    count([stayed ? 'cancelled-unread' : 'cancelled-read'], notice.receivedAt, run);
  if (stayed) {
    run.forgetPhone.run(id);
    return 'withdrawn';
  }
  run.forgetEnding.run(id);
  keep(notice, false, run);
  return 'notified';
}

// `stayed`: the team will never see what was there.
function takePlace(old: string, { id, receivedAt }: SealedMessage, store: Store) {
  const { run } = store;
  const stayed = hold(old, store);
  const wasDuplicate = forgetForm(old, run);
  run.forgetPhone.run(old);
  run.follow.run(id, old);
  run.replace.run(old, id, receivedAt);
  return { stayed, wasDuplicate };
}

// Keeps a message from leaving; false when it may have left, or must leave: others share it, or it speaks of one before it.
function hold(id: string, { leases, run }: Store): boolean {
  if (others(id, run).length > 0) return false;
  return run.hold.get(id)?.departure === 0 && !leases.has(id);
}
