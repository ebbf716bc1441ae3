// The outbox of several machines. PostgreSQL holds the sealed messages; pg-boss only says which is due, and who has it:
// its jobs carry an id and nothing else.
import type { PoolClient } from 'pg';
import { PgBoss } from 'pg-boss';
import { codeOf } from '../rappel/code-of.ts';
import { leaseMs } from '../rappel/deliver.ts';
import type { Entry, Kept, Outbox, Put, SealedMessage, SealedRappel, Waiting } from '../rappel/outbox.ts';
import { type Database, openDatabase } from './postgres.ts';

// `departure`: 0, the message has surely not left; 1, it is being sent; 2, an attempt ended without a clear answer.
const migrations = [
  `CREATE TABLE demandes.outbox (
    id text PRIMARY KEY, received_at bigint NOT NULL, sealed bytea NOT NULL, late_from bigint, late_sealed bytea,
    is_test boolean NOT NULL, attempts int NOT NULL DEFAULT 0, departure smallint NOT NULL DEFAULT 0
  );
  CREATE TABLE demandes.forms (key text PRIMARY KEY, id text NOT NULL, content text NOT NULL, received_at bigint NOT NULL);
  CREATE INDEX ON demandes.forms (id);
  CREATE TABLE demandes.replaced (id text PRIMARY KEY, by text NOT NULL, at bigint NOT NULL);
  CREATE TABLE demandes.withdrawn (id text PRIMARY KEY, at bigint NOT NULL);`,
];

const queue = 'demandes';

// A server that dies is noticed when it has not said for ten seconds that it still holds a message (pg-boss accepts no
// less), by whichever server looks next: each does, every second.
const heartbeatSeconds = 10;
const touchMs = 1000;
const reconcileMs = 60_000;

const forEver = 50 * 365 * 86_400; // seconds: no message expires

type Journal = (event: string, details: Record<string, string>) => void;

/** An outbox shared by several servers, with its database for whatever else they share. */
export type SharedOutbox = { outbox: Outbox; database: Database };

/** Opens the outbox of a database, made when missing. Throws `SettingError` when the database cannot be used. */
export async function openPostgresOutbox(url: string, journal: Journal): Promise<Outbox> {
  const database = await openDatabase(url, migrations, journal);
  const boss = await startBoss(database, journal);
  const held = new Map<string, number>(); // the messages that this server is sending, until when
  const report = (error: unknown) => journal('database-failed', { code: codeOf(error) });
  const timers = [
    setInterval(() => void touch(boss, held).catch(report), touchMs),
    setInterval(() => void reconcile(database, boss).catch(report), reconcileMs),
  ];
  await reconcile(database, boss);
  const transaction = <Result>(work: (desk: Desk) => Promise<Result>) =>
    database.transaction((client) => work(deskAt(client, boss)));

  return {
    async find(key, since) {
      return find(key, since, database);
    },
    put: (entry, since) => transaction((desk) => put(entry, since, desk)),
    async latest(id) {
      return latest(id, database);
    },
    async withdraw(id, notice) {
      const done = await transaction((desk) => withdraw(id, notice, desk));
      if (done !== 'overtaken') held.delete(id);
      return done;
    },
    async due(at, leasedUntil) {
      const found = await transaction(lease);
      if (found) held.set(found.id, Date.now() + leasedUntil - at);
      return found;
    },
    async postpone(id, until, mayHaveLeft) {
      await transaction((desk) => postpone(id, until - Date.now(), mayHaveLeft, desk));
      held.delete(id);
    },
    async hasten() {
      await database.query(hasten, [queue]);
    },
    async erase(id) {
      await transaction((desk) => erase(id, desk));
      held.delete(id);
    },
    async holds(id) {
      return (await database.query('SELECT FROM demandes.outbox WHERE id = $1', [id])).length > 0;
    },
    waiting: () => waiting(database),
    all: () => all(database),
    async forget(before) {
      for (const old of ['forms WHERE received_at', 'replaced WHERE at', 'withdrawn WHERE at'])
        await database.query(`DELETE FROM demandes.${old} < $1`, [before]);
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      await boss.stop({ graceful: false, close: false });
      await database.close();
    },
  };
}

async function startBoss(database: Database, journal: Journal): Promise<PgBoss> {
  const db = { executeSql: (text: string, values?: unknown[]) => database.pool.query(text, values) };
  const boss = new PgBoss({
    db,
    schedule: false,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    warningQueueSize: 1_000_000, // a backlog is told by our own health
  });
  boss.on('error', (error) => journal('database-failed', { code: codeOf(error) }));
  // Servers that start together wait for each other: pg-boss alone may make its tables twice.
  await database.transaction(async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('un-premier-pas pg-boss'))`);
    await boss.start();
    await makeQueue(boss);
  });
  return boss;
}

function makeQueue(boss: PgBoss): Promise<void> {
  const options = { heartbeatSeconds, expireInSeconds: leaseMs / 1000, retentionSeconds: forEver };
  return boss.createQueue(queue, { ...options, retryLimit: 2 ** 31 - 1, retryDelay: 0 });
}

// Everything that changes goes through one of these: our tables and the job of pg-boss in one transaction. Jobs are
// locked before messages, everywhere, so that two servers never wait for each other.
type Desk = {
  query: Database['query'];
  /** Makes others wait who mean the same things. */
  lock(...names: string[]): Promise<void>;
  schedule(message: { id: string; receivedAt: number }, inMs: number): Promise<void>;
  unschedule(id: string): Promise<void>;
  /** The id of a message that is due, now leased. */
  take(): Promise<string | undefined>;
};

function deskAt(client: PoolClient, boss: PgBoss): Desk {
  const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
  return {
    query: async (text, values) => (await client.query(text, values)).rows,
    async lock(...names) {
      for (const name of names.toSorted())
        await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
    },
    async schedule({ id, receivedAt }, inMs) {
      const options = {
        id: jobId(id),
        priority: priorityOf(receivedAt),
        startAfter: Math.max(0, Math.ceil(inMs / 1000)),
      };
      await boss.send(queue, null, { ...options, db });
    },
    async unschedule(id) {
      await boss.deleteJob(queue, jobId(id), { db });
    },
    async take() {
      const [job] = await boss.fetch(queue, { db });
      return job?.id.replaceAll('-', '');
    },
  };
}

// Our ids are the thirty-two digits of a UUID.
function jobId(id: string): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

// The older, the sooner. Counted from 2026, so that the seconds fit the database's integer until 2094.
function priorityOf(receivedAt: number): number {
  return Math.round((Date.UTC(2026) - receivedAt) / 1000);
}

type Reader = Pick<Database, 'query'>;

async function find(key: string, since: number, { query }: Reader): Promise<Kept | undefined> {
  const [form] = await query<Kept>(
    `SELECT id, received_at::float8 AS "receivedAt", content FROM demandes.forms WHERE key = $1 AND received_at > $2`,
    [key, since],
  );
  return form;
}

async function latest(id: string, { query }: Reader): Promise<string> {
  const [next] = await query<{ by: string }>('SELECT by FROM demandes.replaced WHERE id = $1', [id]);
  return next?.by ?? id;
}

async function put({ key, content, replaces, ...message }: Entry, since: number, desk: Desk): Promise<Put> {
  const { id, receivedAt } = message;
  await desk.lock(`form ${key}`, ...(replaces ? [`message ${replaces}`] : []));
  const known = await find(key, since, desk);
  if (known?.content === content) return { kind: 'known', known };
  if (known && known.id !== replaces) return { kind: 'overtaken' };
  if (replaces) {
    if ((await latest(replaces, desk)) !== replaces) return { kind: 'overtaken' };
    await erase(replaces, desk);
    await desk.query('DELETE FROM demandes.forms WHERE id = $1', [replaces]);
    await desk.query('UPDATE demandes.replaced SET by = $1 WHERE by = $2', [id, replaces]);
    await desk.query('INSERT INTO demandes.replaced VALUES ($1, $2, $3)', [replaces, id, receivedAt]);
  }
  await keep(message, desk);
  await desk.query(
    `INSERT INTO demandes.forms VALUES ($1, $2, $3, $4)
     ON CONFLICT (key) DO UPDATE SET (id, content, received_at) = ($2, $3, $4)`,
    [key, id, content, receivedAt],
  );
  return { kind: 'kept' };
}

async function keep(message: SealedMessage, desk: Desk): Promise<void> {
  const { id, receivedAt, sealed, late, isTest } = message;
  await desk.schedule(message, 0);
  await desk.query(
    `INSERT INTO demandes.outbox (id, received_at, sealed, late_from, late_sealed, is_test) VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, receivedAt, sealed, late?.from, late?.sealed, isTest ?? false],
  );
}

async function withdraw(id: string, notice: SealedMessage, desk: Desk) {
  await desk.lock(`message ${id}`);
  if ((await latest(id, desk)) !== id) return 'overtaken';
  const noted = await desk.query(
    'INSERT INTO demandes.withdrawn VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id',
    [id, notice.receivedAt],
  );
  if (noted.length === 0) return 'already';
  await desk.query('DELETE FROM demandes.forms WHERE id = $1', [id]); // the same words sent again are a new request
  if ((await erase(id, desk)) === 0) return 'withdrawn';
  await keep(notice, desk);
  return 'notified';
}

// Gives the departure of what was erased.
async function erase(id: string, desk: Desk): Promise<number | undefined> {
  await desk.unschedule(id);
  const sql = 'DELETE FROM demandes.outbox WHERE id = $1 RETURNING departure';
  const [gone] = await desk.query<{ departure: number }>(sql, [id]);
  return gone?.departure;
}

const columns = `id, received_at::float8 AS "receivedAt", sealed, late_from::float8 AS "lateFrom",
  late_sealed AS "lateSealed", is_test AS "isTest", attempts`;

type Row = Omit<SealedRappel, 'late'> & { lateFrom: number | null; lateSealed: Uint8Array | null };

// A job that comes out again while its message was being sent (1) was cut by a crash: nobody knows whether it left (2).
async function lease(desk: Desk): Promise<SealedRappel | undefined> {
  for (;;) {
    const id = await desk.take();
    if (!id) return undefined;
    const [row] = await desk.query<Row>(
      `UPDATE demandes.outbox SET attempts = attempts + 1, departure = CASE departure WHEN 0 THEN 1 ELSE 2 END
       WHERE id = $1 RETURNING ${columns}`,
      [id],
    );
    if (row) return messageOf(row);
    await desk.unschedule(id); // a job without a message
  }
}

async function postpone(id: string, inMs: number, mayHaveLeft: boolean, desk: Desk): Promise<void> {
  await desk.unschedule(id);
  const [row] = await desk.query<{ receivedAt: number }>(
    `UPDATE demandes.outbox SET departure = CASE WHEN $2 THEN 2 WHEN departure = 1 THEN 0 ELSE departure END
     WHERE id = $1 RETURNING received_at::float8 AS "receivedAt"`,
    [id, mayHaveLeft],
  );
  if (row) await desk.schedule({ id, receivedAt: row.receivedAt }, inMs);
}

// pg-boss has no call for it; the table and its columns are part of what it documents for other languages.
const hasten = `UPDATE pgboss.job SET start_after = now() WHERE name = $1 AND state < 'active' AND start_after > now()`;

async function waiting({ query }: Reader): Promise<Waiting> {
  const [row] = await query<{ count: number; oldest: number | null }>(
    'SELECT count(*)::int AS count, min(received_at)::float8 AS oldest FROM demandes.outbox',
  );
  return { count: row?.count ?? 0, oldestAt: row?.oldest ?? undefined };
}

async function* all({ query }: Reader): AsyncGenerator<SealedMessage> {
  for (const { id } of await query<{ id: string }>('SELECT id FROM demandes.outbox')) {
    const [row] = await query<Row>(`SELECT ${columns} FROM demandes.outbox WHERE id = $1`, [id]);
    if (row) yield messageOf(row);
  }
}

function messageOf({ lateFrom, lateSealed, ...message }: Row): SealedRappel {
  return {
    ...message,
    late: lateFrom !== null && lateSealed ? { from: lateFrom, sealed: lateSealed } : undefined,
  };
}

// Tells the others that this server is alive and still sending.
async function touch(boss: PgBoss, held: Map<string, number>): Promise<void> {
  for (const [id, until] of held) if (until < Date.now()) held.delete(id);
  const ids = [...held.keys()].map(jobId);
  if (ids.length > 0) await boss.touch(queue, ids);
}

// A message whose job has gone (a restored backup, a cleaned table) is scheduled again: nothing waits for nobody.
async function reconcile(database: Database, boss: PgBoss): Promise<void> {
  const orphans = await database.query<{ id: string }>(
    `SELECT id FROM demandes.outbox WHERE NOT EXISTS (
      SELECT FROM pgboss.job WHERE name = $1 AND job.id = outbox.id::uuid AND state <= 'active')`,
    [queue],
  );
  for (const { id } of orphans)
    await database.transaction((client) => postpone(id, 0, true, deskAt(client, boss)));
}
