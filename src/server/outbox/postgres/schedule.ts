// The schedule of messages: who has which, and when it is due. It is pg-boss, on the database that several machines share; its
// jobs carry an id and nothing else.
import type { PoolClient } from 'pg';
import { PgBoss } from 'pg-boss';
import { leaseMs } from '../../../rappel/deliver.ts';
import { codeOf, type Journal } from '../../../rappel/journal.ts';
import type { SealedMessage } from '../../../rappel/outbox.ts';
import type { Database } from './database.ts';

/** The turns of all messages, for as long as this machine runs. */
export type Schedule = {
  /** The same schedule, inside a transaction. */
  within(client: PoolClient): Turns;
  /** Makes every message that is not being sent due at once. */
  hasten(): Promise<void>;
  /** Tells the other machines that this one is alive and still sending some messages. */
  touch(turns: Turn[]): Promise<void>;
  stop(): Promise<void>;
};

/** A message that was taken, and how often it was before: a machine that was silent for too long holds an old turn. */
export type Turn = { id: string; retryCount: number };

/** The turns of messages. Ids are thirty-two hexadecimal digits, times milliseconds. */
export type Turns = {
  add(...messages: Pick<SealedMessage, 'id' | 'receivedAt' | 'isUnverified'>[]): Promise<void>;
  remove(...ids: string[]): Promise<void>;
  /** Takes the turn of the oldest message that is due, of an unverified one only when no other is. */
  take(): Promise<Turn | undefined>;
  /** Gives a turn back; false, and nothing changes, when another machine has the message. */
  giveBack(turn: Turn, inMs: number): Promise<boolean>;
};

/** True for a message that some turn still awaits, or that is being sent; `id` is a column of ours, as SQL. */
export const isScheduled = (id: string) =>
  `EXISTS (SELECT FROM pgboss.job WHERE name = '${queue}' AND job.id = ${id}::uuid AND state <= 'active')`;

const queue = 'demandes';

// A machine that dies is noticed when it has not said for ten seconds that it still holds a message (pg-boss accepts no
// less), by whichever machine looks next: each does, every second.
const heartbeatSeconds = 10;

const forEver = 50 * 365 * 86_400; // seconds: no message expires

/** Starts pg-boss, making its tables when they are missing. Rejects when it cannot, and nothing runs then. */
export async function startSchedule(database: Database, journal: Journal): Promise<Schedule> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => database.pool.query(text, values) },
    schedule: false,
    registerInstance: false, // it would write the name and the state of the machine
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    monitorVacuum: false,
    warningQueueSize: 1_000_000, // a backlog is told by our own health
  });
  boss.on('error', (error) => journal('database-failed', { code: codeOf(error) }));
  const stop = () => boss.stop({ graceful: false, close: false });
  await start(boss, database).catch(async (error) => {
    await stop();
    throw error;
  });
  return {
    within: (client) => turnsWithin(client, boss),
    // pg-boss has no call for it; its table is part of what it documents for other languages.
    async hasten() {
      const sql = `UPDATE pgboss.job SET start_after = now() WHERE name = $1 AND state < 'active' AND start_after > now()`;
      await database.transaction((client) => client.query(sql, [queue]));
    },
    async touch(turns) {
      if (turns.length > 0) await boss.touch(queue, turns);
    },
    stop,
  };
}

// Machines that start together wait for each other: pg-boss alone may make its tables twice.
function start(boss: PgBoss, database: Database): Promise<void> {
  const lasting = { expireInSeconds: leaseMs / 1000, retentionSeconds: forEver, retryLimit: 2 ** 31 - 1 };
  const settings = { ...lasting, heartbeatSeconds, retryDelay: 0 };
  return database.transaction(async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('un-premier-pas pg-boss'))`);
    await boss.start();
    await boss.createQueue(queue, settings);
    await boss.updateQueue(queue, settings); // made by an earlier version
  });
}

function turnsWithin(client: PoolClient, boss: PgBoss): Turns {
  const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
  return {
    async add(...messages) {
      const jobs = messages.map((message) => ({ id: jobId(message.id), priority: priorityOf(message) }));
      await boss.insert(queue, jobs, { db });
    },
    async remove(...ids) {
      await boss.deleteJob(queue, ids.map(jobId), { db });
    },
    async take() {
      const [job] = await boss.fetch(queue, { db });
      return job && { id: job.id.replaceAll('-', ''), retryCount: job.retryCount };
    },
    async giveBack(turn, inMs) {
      await boss.fail(queue, [turn], null, { db });
      const startAfter = Math.max(0, inMs) / 1000;
      const { updated } = await boss.update(queue, undefined, { id: turn.id, startAfter, db });
      return updated > 0;
    },
  };
}

// Our ids are the digits of a UUID.
function jobId(id: string): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

// The older, the sooner; an unverified one as if it had come a billion seconds later. Counted from 2026, so that both fit the
// database's integer until 2062.
function priorityOf({
  receivedAt,
  isUnverified,
}: Pick<SealedMessage, 'receivedAt' | 'isUnverified'>): number {
  return Math.round((Date.UTC(2026) - receivedAt) / 1000) - (isUnverified ? 1_000_000_000 : 0);
}
