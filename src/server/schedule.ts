// Who has which message, and when is it due: pg-boss, on the database that several machines share. Its jobs carry an id
// and nothing else.
import type { PoolClient } from 'pg';
import { PgBoss } from 'pg-boss';
import { codeOf } from '../rappel/code-of.ts';
import { leaseMs } from '../rappel/deliver.ts';
import type { Database } from './postgres.ts';

export type Schedule = {
  /** The same schedule, inside a transaction. */
  within(client: PoolClient): Turns;
  /** Makes every message that is not being sent due at once. */
  hasten(): Promise<void>;
  /** Tells the other machines that this one is alive and still sending some messages. */
  touch(ids: string[]): Promise<void>;
  stop(): Promise<void>;
};

/** The turns of messages. Ids are thirty-two hexadecimal digits, times milliseconds. */
export type Turns = {
  add(message: { id: string; receivedAt: number }, inMs: number): Promise<void>;
  remove(id: string): Promise<void>;
  /** Takes the turn of the oldest message that is due. */
  take(): Promise<string | undefined>;
};

/** True for a message that some turn still awaits, or that is being sent; `id` is a column of ours, as SQL. */
export const isScheduled = (id: string) =>
  `EXISTS (SELECT FROM pgboss.job WHERE name = '${queue}' AND job.id = ${id}::uuid AND state <= 'active')`;

const queue = 'demandes';

// A machine that dies is noticed when it has not said for ten seconds that it still holds a message (pg-boss accepts no
// less), by whichever machine looks next: each does, every second.
const heartbeatSeconds = 10;

const forEver = 50 * 365 * 86_400; // seconds: no message expires

/** Starts pg-boss, making its tables when they are missing. */
export async function startSchedule(
  database: Database,
  journal: (event: string, details: Record<string, string>) => void,
): Promise<Schedule> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => database.pool.query(text, values) },
    schedule: false,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    warningQueueSize: 1_000_000, // a backlog is told by our own health
  });
  boss.on('error', (error) => journal('database-failed', { code: codeOf(error) }));
  // Machines that start together wait for each other: pg-boss alone may make its tables twice.
  await database.transaction(async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('un-premier-pas pg-boss'))`);
    await boss.start();
    await makeQueue(boss);
  });
  return {
    within: (client) => turnsWithin(client, boss),
    // pg-boss has no call for it; its table is part of what it documents for other languages.
    async hasten() {
      const sql = `UPDATE pgboss.job SET start_after = now() WHERE name = $1 AND state < 'active' AND start_after > now()`;
      await database.query(sql, [queue]);
    },
    async touch(ids) {
      if (ids.length > 0) await boss.touch(queue, ids.map(jobId));
    },
    stop: () => boss.stop({ graceful: false, close: false }),
  };
}

function makeQueue(boss: PgBoss): Promise<void> {
  const options = { heartbeatSeconds, expireInSeconds: leaseMs / 1000, retentionSeconds: forEver };
  return boss.createQueue(queue, { ...options, retryLimit: 2 ** 31 - 1, retryDelay: 0 });
}

function turnsWithin(client: PoolClient, boss: PgBoss): Turns {
  const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
  return {
    async add({ id, receivedAt }, inMs) {
      const startAfter = Math.max(0, Math.ceil(inMs / 1000));
      await boss.send(queue, null, { id: jobId(id), priority: priorityOf(receivedAt), startAfter, db });
    },
    async remove(id) {
      await boss.deleteJob(queue, jobId(id), { db });
    },
    async take() {
      const [job] = await boss.fetch(queue, { db });
      return job?.id.replaceAll('-', '');
    },
  };
}

// Our ids are the digits of a UUID.
function jobId(id: string): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

// The older, the sooner. Counted from 2026, so that the seconds fit the database's integer until 2094.
function priorityOf(receivedAt: number): number {
  return Math.round((Date.UTC(2026) - receivedAt) / 1000);
}
