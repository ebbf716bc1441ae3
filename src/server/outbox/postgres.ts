// The outbox of several machines: sealed messages in tables of PostgreSQL, their turns in a schedule of its own.
import { codeOf, type Journal } from '../../rappel/journal.ts';
import type { Outbox } from '../../rappel/outbox.ts';
import { countsIn } from './postgres/counts.ts';
import { type Database, openDatabase, type SharedDatabase } from './postgres/database.ts';
import { lease, markUnreadable, postpone, reconcile } from './postgres/deliveries.ts';
import { HeldTurns } from './postgres/held-turns.ts';
import { all, countUnreadable, eraseSent, holds, waiting } from './postgres/messages.ts';
import { ending, findAll, forget, given, latest, others, recognised } from './postgres/recognition.ts';
import { put, withdraw } from './postgres/requests.ts';
import { bounce, forgetSent, returns, sendBack, watch } from './postgres/returns.ts';
import { type Schedule, startSchedule } from './postgres/schedule.ts';
import { migrations } from './postgres/schema.ts';
import { type Reader, transactionsOf } from './postgres/transaction.ts';

const touchMs = 1000;
const reconcileMs = 60_000;

/** An outbox of several machines, and its database for whatever else they share. It ends with the outbox. */
export type SharedOutbox = { outbox: Outbox; shared: SharedDatabase };

/** Opens the outbox of a database, made when missing. Rejects as `openDatabase` does when it cannot be used. */
export async function openPostgresOutbox(url: string, journal: Journal): Promise<SharedOutbox> {
  const database = await openDatabase(url, migrations, journal);
  try {
    const schedule = await startSchedule(database, journal);
    return { outbox: await outboxOn(database, schedule, journal), shared: database.shared };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function outboxOn(database: Database, schedule: Schedule, journal: Journal): Promise<Outbox> {
  const inTransaction = transactionsOf(database, schedule);
  const held = new HeldTurns();
  const touch = () => schedule.touch(held.current());
  const report = (error: unknown) => journal('database-failed', { code: codeOf(error) });
  await inTransaction(reconcile).catch(report); // tried again in a minute
  const timers = [
    setInterval(() => void touch().catch(report), touchMs),
    setInterval(() => void inTransaction(reconcile).catch(report), reconcileMs),
  ];

  return {
    async find(mark) {
      return (await findAll([mark], database))[0];
    },
    recognise: (form) => recognised(form, database),
    put: (entry) => inTransaction((transaction) => put(entry, transaction)),
    latest: (id) => latest(id, database),
    others: (id) => others(id, database),
    given: (phone, except) => given(phone, except, database),
    ending: (id) => ending(id, database),
    withdraw: (id, notice) => inTransaction((transaction) => withdraw(id, notice, transaction)),
    async due(at, leasedUntil) {
      const next = await inTransaction(lease);
      if (next) held.hold(next.turn, leasedUntil - at);
      return next?.message;
    },
    async postpone(id, { until, mayHaveLeft }) {
      const turn = held.letGo(id); // first: should the database be away, silence gives the message back
      const after = { inMs: until - Date.now(), mayHaveLeft };
      if (turn) await inTransaction((transaction) => postpone(turn, after, transaction));
    },
    async markUnreadable(id, until) {
      const turn = held.letGo(id);
      if (turn) await inTransaction((transaction) => markUnreadable(turn, until - Date.now(), transaction));
    },
    unreadable: () => countUnreadable(database),
    hasten: schedule.hasten,
    async erase(id, counts = [], watchedFrom = undefined) {
      await inTransaction(async (transaction) => {
        if (watchedFrom !== undefined) await watch(id, watchedFrom, transaction);
        await eraseSent(id, counts, transaction);
      });
      held.letGo(id);
    },
    bounce: (one) => inTransaction((transaction) => bounce(one, transaction)),
    returns: (since) => returns(since, database),
    sendBack: () => inTransaction(sendBack),
    forgetSent: (before) => forgetSent(before, database),
    holds: (id) => holds(id, database),
    waiting: () => waiting(database),
    noted: (name) => noted(name, database),
    note: (name, text) => note(name, text, database),
    all: () => all(database),
    report: (year) => countsIn(year, database),
    forget: (before) => forget(before, database),
    async close() {
      for (const timer of timers) clearInterval(timer);
      await schedule.stop();
      await database.close();
    },
  };
}

async function noted(name: string, { query }: Reader): Promise<string | undefined> {
  const [row] = await query<{ text: string }>('SELECT text FROM demandes.notes WHERE name = $1', [name]);
  return row?.text;
}

async function note(name: string, text: string | undefined, { query }: Reader): Promise<void> {
  if (text === undefined) await query('DELETE FROM demandes.notes WHERE name = $1', [name]);
  else
    await query(
      'INSERT INTO demandes.notes VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET text = EXCLUDED.text',
      [name, text],
    );
}
