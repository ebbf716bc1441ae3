// The outbox of several machines: sealed messages in tables of PostgreSQL, their turns in a schedule of its own.
import type { Pool, PoolClient } from 'pg';
import { codeOf } from '../rappel/code-of.ts';
import type { Entry, Kept, Outbox, Put, SealedMessage, SealedRappel, Waiting } from '../rappel/outbox.ts';
import { type Database, openDatabase, refusalOf } from './postgres.ts';
import { isScheduled, type Schedule, startSchedule, type Turn, type Turns } from './schedule.ts';

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
  // Unlogged: these counts are in no backup, and a crash may lose them.
  `CREATE UNLOGGED TABLE demandes.knocks (key text PRIMARY KEY, points int NOT NULL DEFAULT 0, expire bigint);`,
  `ALTER TABLE demandes.outbox ADD COLUMN unreadable boolean NOT NULL DEFAULT false;
  CREATE TABLE demandes.notes (name text PRIMARY KEY, text text NOT NULL);`,
];

/** The version of the schema that this program brings an outbox to. */
export const schemaVersion = migrations.length;

const touchMs = 1000;
const reconcileMs = 60_000;

type Journal = (event: string, details: Record<string, string>) => void;

/** An outbox shared by several machines, with its connections for whatever else they share. */
export type SharedOutbox = Outbox & { pool: Pool };

/** Opens the outbox of a database, made when missing. Throws `SettingError` when the database cannot be used. */
export async function openPostgresOutbox(url: string, journal: Journal): Promise<SharedOutbox> {
  const database = await openDatabase(url, migrations, journal);
  try {
    const schedule = await startSchedule(database, journal);
    return await outboxOn(database, schedule, journal);
  } catch (error) {
    await database.close();
    throw refusalOf(error);
  }
}

type Held = { turn: Turn; until: number };

async function outboxOn(database: Database, schedule: Schedule, journal: Journal): Promise<SharedOutbox> {
  const transaction: Transaction = (work) => database.transaction((client) => work(deskAt(client, schedule)));
  const held = new Map<string, Held>(); // the messages that this machine is sending, on a clock that nobody sets
  const touch = () => schedule.touch(turnsStillHeld(held));
  const report = (error: unknown) => journal('database-failed', { code: codeOf(error) });
  await transaction(reconcile).catch(report); // tried again in a minute
  const timers = [
    setInterval(() => void touch().catch(report), touchMs),
    setInterval(() => void transaction(reconcile).catch(report), reconcileMs),
  ];

  return {
    pool: database.pool,
    async find(key, since) {
      return find(key, since, database);
    },
    put: (entry, since) => transaction((desk) => put(entry, since, desk)),
    async latest(id) {
      return latest(id, database);
    },
    withdraw: (id, notice) => transaction((desk) => withdraw(id, notice, desk)),
    async due(at, leasedUntil) {
      const found = await transaction(lease);
      if (!found) return undefined;
      held.set(found.turn.id, { turn: found.turn, until: performance.now() + leasedUntil - at });
      return found.message;
    },
    async postpone(id, until, mayHaveLeft) {
      const turn = held.get(id)?.turn;
      held.delete(id); // first: should the database be away, silence gives the message back
      if (turn) await transaction((desk) => postpone(turn, until - Date.now(), mayHaveLeft, desk));
    },
    async markUnreadable(id, until) {
      const turn = held.get(id)?.turn;
      held.delete(id);
      if (turn) await transaction((desk) => markUnreadable(turn, until - Date.now(), desk));
    },
    unreadable: () => countUnreadable(database),
    hasten: schedule.hasten,
    async erase(id) {
      await transaction((desk) => erase(id, desk));
      held.delete(id);
    },
    async holds(id) {
      return (await database.query('SELECT FROM demandes.outbox WHERE id = $1', [id])).length > 0;
    },
    waiting: () => waiting(database),
    noted: (name) => noted(name, database),
    note: (name, text) => note(name, text, database),
    all: () => all(database),
    async forget(before) {
      for (const old of ['forms WHERE received_at', 'replaced WHERE at', 'withdrawn WHERE at'])
        await database.query(`DELETE FROM demandes.${old} < $1`, [before]);
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      await schedule.stop();
      await database.close();
    },
  };
}

// Everything that changes goes through one of these: our tables and the turn of a message in one transaction. Turns are
// changed before messages, everywhere, so that two machines never wait for each other.
type Desk = {
  query: Database['query'];
  /** Makes others wait who mean the same things. */
  lock(...names: string[]): Promise<void>;
  turns: Turns;
};

function deskAt(client: PoolClient, schedule: Schedule): Desk {
  return {
    query: async (text, values) => (await client.query(text, values)).rows,
    async lock(...names) {
      for (const name of names.toSorted())
        await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
    },
    turns: schedule.within(client),
  };
}

type Transaction = <Result>(work: (desk: Desk) => Promise<Result>) => Promise<Result>;

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
  await desk.turns.add(message);
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
  await desk.turns.remove(id);
  const sql = 'DELETE FROM demandes.outbox WHERE id = $1 RETURNING departure';
  const [gone] = await desk.query<{ departure: number }>(sql, [id]);
  return gone?.departure;
}

const columns = `id, received_at::float8 AS "receivedAt", sealed, late_from::float8 AS "lateFrom",
  late_sealed AS "lateSealed", is_test AS "isTest", attempts`;

type Row = Omit<SealedRappel, 'late'> & { lateFrom: number | null; lateSealed: Uint8Array | null };

// A turn that comes again while its message was being sent (1) was cut by a crash: nobody knows whether it left (2).
async function lease(desk: Desk): Promise<{ turn: Turn; message: SealedRappel } | undefined> {
  for (;;) {
    const turn = await desk.turns.take();
    if (!turn) return undefined;
    const [row] = await desk.query<Row>(
      `UPDATE demandes.outbox SET attempts = attempts + 1, departure = CASE departure WHEN 0 THEN 1 ELSE 2 END
       WHERE id = $1 RETURNING ${columns}`,
      [turn.id],
    );
    if (row) return { turn, message: messageOf(row) };
    await desk.turns.remove(turn.id); // a turn without a message
  }
}

async function postpone(turn: Turn, inMs: number, mayHaveLeft: boolean, desk: Desk): Promise<void> {
  if (!(await desk.turns.giveBack(turn, inMs))) return;
  await desk.query(
    `UPDATE demandes.outbox SET unreadable = false,
       departure = CASE WHEN $2 THEN 2 WHEN departure = 1 THEN 0 ELSE departure END
     WHERE id = $1`,
    [turn.id, mayHaveLeft],
  );
}

async function markUnreadable(turn: Turn, inMs: number, desk: Desk): Promise<void> {
  if (!(await desk.turns.giveBack(turn, inMs))) return;
  await desk.query(
    `UPDATE demandes.outbox SET unreadable = true, departure = CASE departure WHEN 1 THEN 0 ELSE departure END
     WHERE id = $1`,
    [turn.id],
  );
}

async function countUnreadable({ query }: Reader): Promise<number> {
  const sql = 'SELECT count(*)::int AS count FROM demandes.outbox WHERE unreadable';
  const [row] = await query<{ count: number }>(sql);
  return row?.count ?? 0;
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

async function waiting({ query }: Reader): Promise<Waiting> {
  const [row] = await query<{ count: number; oldest: number | null }>(
    `SELECT count(*)::int AS count, (min(received_at) FILTER (WHERE NOT unreadable))::float8 AS oldest
     FROM demandes.outbox`,
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

function turnsStillHeld(held: Map<string, Held>): Turn[] {
  for (const [id, { until }] of held) if (until < performance.now()) held.delete(id);
  return [...held.values()].map(({ turn }) => turn);
}

// A message whose turn has gone (a restored backup, a cleaned table) gets another: nothing waits for nobody. It may have
// left since the backup (2).
async function reconcile(desk: Desk): Promise<void> {
  await desk.lock('reconcile'); // two machines would take its new turn from each other
  const orphans = await desk.query<{ id: string; receivedAt: number }>(
    `UPDATE demandes.outbox SET departure = 2 WHERE NOT ${isScheduled('outbox.id')}
     RETURNING id, received_at::float8 AS "receivedAt"`,
  );
  if (orphans.length === 0) return;
  await desk.turns.remove(...orphans.map(({ id }) => id)); // cancelled by somebody
  await desk.turns.add(...orphans);
}
