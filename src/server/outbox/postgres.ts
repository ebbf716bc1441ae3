// The outbox of several machines: sealed messages in tables of PostgreSQL, their turns in a schedule of its own.
import { isDeepStrictEqual } from 'node:util';
import type { Pool, PoolClient } from 'pg';
import { codeOf, type Journal } from '../../rappel/journal.ts';
import {
  type Entry,
  mostListed,
  type Outbox,
  type Put,
  type SealedMessage,
  type SealedRappel,
  type Waiting,
} from '../../rappel/outbox.ts';
import {
  type Fingerprints,
  type Kept,
  type Mark,
  type Recognised,
  recognise,
} from '../../rappel/recognise.ts';
import { type Database, openDatabase } from './database.ts';
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
  // `is_sequel`: it says not to follow another, which may have left.
  `ALTER TABLE demandes.outbox ADD COLUMN is_unverified boolean NOT NULL DEFAULT false,
    ADD COLUMN is_sequel boolean NOT NULL DEFAULT false;
  CREATE TABLE demandes.duplicates (id text PRIMARY KEY, first text NOT NULL, at bigint NOT NULL);
  CREATE INDEX ON demandes.duplicates (first);
  CREATE TABLE demandes.phones (id text PRIMARY KEY, phone text NOT NULL, at bigint NOT NULL);
  CREATE INDEX ON demandes.phones (phone, at);`,
  `ALTER TABLE demandes.outbox ADD COLUMN unreadable boolean NOT NULL DEFAULT false;
  CREATE TABLE demandes.notes (name text PRIMARY KEY, text text NOT NULL);`,
];

/** The version of the schema that this program brings an outbox to. */
export const schemaVersion = migrations.length;

const mostOrphans = 100; // turns without a message that one look for a message clears

const touchMs = 1000;
const reconcileMs = 60_000;

/** An outbox shared by several machines, with its connections for whatever else they share. */
export type SharedOutbox = Outbox & { pool: Pool };

/** Opens the outbox of a database, made when missing. Rejects as `openDatabase` does when it cannot be used. */
export async function openPostgresOutbox(url: string, journal: Journal): Promise<SharedOutbox> {
  const database = await openDatabase(url, migrations, journal);
  try {
    const schedule = await startSchedule(database, journal);
    return await outboxOn(database, schedule, journal);
  } catch (error) {
    await database.close();
    throw error;
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
    async find(mark) {
      return (await findAll([mark], database))[0];
    },
    recognise: (form) => recognised(form, database),
    put: (entry) => transaction((desk) => put(entry, desk)),
    async latest(id) {
      return latest(id, database);
    },
    others: (id) => others(id, database),
    given: (phone, except) => given(phone, except, database),
    withdraw: (id, notice, tellsOfOthers) =>
      transaction((desk) => withdraw(id, notice, tellsOfOthers ?? false, desk)),
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
      await database.query('DELETE FROM demandes.forms WHERE received_at < $1', [before]);
      for (const old of ['replaced', 'withdrawn', 'duplicates', 'phones'])
        await database.query(`DELETE FROM demandes.${old} WHERE at < $1`, [before]);
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
  /** Makes others wait who mean the same things: forms and numbers before messages. */
  lock(...names: string[]): Promise<void>;
  turns: Turns;
};

function deskAt(client: PoolClient, schedule: Schedule): Desk {
  return {
    query: async (text, values) => (await client.query(text, values)).rows,
    async lock(...names) {
      await client.query(
        `SELECT pg_advisory_xact_lock(hash) FROM (
          SELECT hashtextextended(name, 0) AS hash FROM unnest($1::text[]) AS name ORDER BY 1) AS sorted`,
        [names],
      );
    },
    turns: schedule.within(client),
  };
}

type Transaction = <Result>(work: (desk: Desk) => Promise<Result>) => Promise<Result>;

type Reader = Pick<Database, 'query'>;

async function findAll(marks: (Mark | undefined)[], { query }: Reader): Promise<(Kept | undefined)[]> {
  const keys = marks.flatMap((mark) => mark?.key ?? []);
  const forms = await query<Kept & { key: string }>(
    `SELECT key, id, received_at::float8 AS "receivedAt", content FROM demandes.forms WHERE key = ANY ($1)`,
    [keys],
  );
  return marks.map((mark) => {
    const form = mark && forms.find(({ key, receivedAt }) => key === mark.key && receivedAt > mark.since);
    return form && { id: form.id, receivedAt: form.receivedAt, content: form.content };
  });
}

async function recognised(form: Fingerprints, reader: Reader): Promise<Recognised> {
  const [own, place, anywhere] = await findAll([form.own, form.place, form.anywhere], reader);
  return recognise(form, {
    own,
    place,
    anywhere,
    changed: form.changes && (await latest(form.changes, reader)),
  });
}

async function latest(id: string, { query }: Reader): Promise<string> {
  const [next] = await query<{ by: string }>('SELECT by FROM demandes.replaced WHERE id = $1', [id]);
  return next?.by ?? id;
}

async function others(id: string, { query }: Reader): Promise<string[]> {
  const same = await query<{ id: string }>(
    `SELECT first AS id FROM demandes.duplicates WHERE id = $1
     UNION ALL SELECT id FROM demandes.duplicates WHERE first = $1 LIMIT ${mostListed.others}`,
    [id],
  );
  return same.map((other) => other.id);
}

async function given({ key, since }: Mark, except: string | undefined, { query }: Reader): Promise<string[]> {
  const newest = await query<{ id: string }>(
    `SELECT id FROM demandes.phones WHERE phone = $1 AND at > $2 AND id <> $3
     ORDER BY at DESC LIMIT ${mostListed.given}`,
    [key, since, except ?? ''],
  );
  return newest.map(({ id }) => id);
}

async function put(entry: Entry, desk: Desk): Promise<Put> {
  const { form, replaces, phone } = entry;
  const marks = [form.own, form.place, form.anywhere].flatMap((mark) => mark ?? []);
  await desk.lock(...marks.map(({ key }) => `form ${key}`), ...(phone ? [`phone ${phone.key}`] : []));
  const earlier = await recognised(form, desk);
  const touched = touchedBy(earlier);
  if (touched) {
    await desk.lock(`message ${touched}`); // it may have been taken back, or changed, while we waited
    if (!isDeepStrictEqual(await recognised(form, desk), earlier)) return { kind: 'overtaken' };
  }
  if (earlier.kind === 'known') return putAgain(entry, earlier.known, desk);
  if (earlier.kind === 'duplicate') return putDuplicate(entry, earlier.first, desk);
  if (earlier.replaces !== replaces || !(await tellsAll(entry, desk))) return { kind: 'overtaken' };
  return putNew(entry, marks, desk);
}

function touchedBy(earlier: Recognised): string | undefined {
  if (earlier.kind === 'known') return earlier.known.id;
  return earlier.kind === 'duplicate' ? earlier.first : earlier.replaces;
}

async function tellsAll({ replaces, phone, ...tells }: Entry, reader: Reader): Promise<boolean> {
  if (phone && !tells.tellsOfGiven && (await given(phone, replaces, reader)).length > 0) return false;
  return !replaces || tells.tellsOfOthers === true || (await others(replaces, reader)).length === 0;
}

async function putNew(entry: Entry, marks: Mark[], desk: Desk): Promise<Put> {
  const { id, receivedAt, replaces, phone } = entry;
  const isSequel = replaces !== undefined && !(await takePlace(replaces, entry, desk));
  await keep(entry, isSequel, desk);
  await remember(marks, { id, receivedAt, content: entry.form.content }, desk);
  if (phone) await desk.query('INSERT INTO demandes.phones VALUES ($1, $2, $3)', [id, phone.key, receivedAt]);
  return { kind: 'kept' };
}

async function putAgain({ form }: Entry, known: Kept, desk: Desk): Promise<Put> {
  if (form.own) await remember([form.own], known, desk);
  return { kind: 'known', known };
}

async function putDuplicate({ form, id, receivedAt }: Entry, first: string, desk: Desk): Promise<Put> {
  const marks = [form.own, form.place].flatMap((mark) => mark ?? []);
  await remember(marks, { id, receivedAt, content: form.content }, desk);
  await desk.query('INSERT INTO demandes.duplicates VALUES ($1, $2, $3)', [id, first, receivedAt]);
  return { kind: 'duplicate' };
}

async function remember(marks: Mark[], { id, content, receivedAt }: Kept, { query }: Reader): Promise<void> {
  await query(
    `INSERT INTO demandes.forms SELECT key, $2, $3, $4 FROM unnest($1::text[]) AS key
     ON CONFLICT (key) DO UPDATE SET (id, content, received_at) = ($2, $3, $4)`,
    [marks.map(({ key }) => key), id, content, receivedAt],
  );
}

// Whether the team will never see what was there.
async function takePlace(old: string, { id, receivedAt }: SealedMessage, desk: Desk): Promise<boolean> {
  const stayed = await hold(old, desk);
  await forgetForm(old, desk);
  await desk.query('DELETE FROM demandes.phones WHERE id = $1', [old]);
  await desk.query('UPDATE demandes.replaced SET by = $1 WHERE by = $2', [id, old]);
  await desk.query('INSERT INTO demandes.replaced VALUES ($1, $2, $3)', [old, id, receivedAt]);
  return stayed;
}

// Keeps a message from leaving; false when it may have left, or must leave: others share it, or it speaks of one before it.
async function hold(id: string, desk: Desk): Promise<boolean> {
  if ((await others(id, desk)).length > 0) return false;
  const [sequel] = await desk.query('SELECT FROM demandes.outbox WHERE id = $1 AND is_sequel', [id]);
  return !sequel && (await erase(id, desk)) === 0;
}

// What a duplicate said is said no more: the same words are a new request, from anywhere.
async function forgetForm(id: string, { query }: Reader): Promise<void> {
  await query(
    `DELETE FROM demandes.forms WHERE id = $1
     OR (key = content AND id IN (SELECT first FROM demandes.duplicates WHERE id = $1))`,
    [id],
  );
  await query('DELETE FROM demandes.duplicates WHERE id = $1', [id]);
}

async function keep(message: SealedMessage, isSequel: boolean, desk: Desk): Promise<void> {
  const { id, receivedAt, sealed, late, isTest, isUnverified } = message;
  await desk.turns.add(message);
  await desk.query(
    `INSERT INTO demandes.outbox
     (id, received_at, sealed, late_from, late_sealed, is_test, is_unverified, is_sequel)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, receivedAt, sealed, late?.from, late?.sealed, isTest ?? false, isUnverified ?? false, isSequel],
  );
}

async function withdraw(id: string, notice: SealedMessage, tellsOfOthers: boolean, desk: Desk) {
  await desk.lock(`message ${id}`);
  if ((await latest(id, desk)) !== id) return 'overtaken';
  if ((await desk.query('SELECT FROM demandes.withdrawn WHERE id = $1', [id])).length > 0) return 'already';
  if (!tellsOfOthers && (await others(id, desk)).length > 0) return 'overtaken';
  await desk.query('INSERT INTO demandes.withdrawn VALUES ($1, $2)', [id, notice.receivedAt]);
  const stayed = await hold(id, desk);
  await forgetForm(id, desk); // the same words sent again are a new request
  if (stayed) {
    await desk.query('DELETE FROM demandes.phones WHERE id = $1', [id]);
    return 'withdrawn';
  }
  await keep(notice, false, desk);
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
  late_sealed AS "lateSealed", is_test AS "isTest", is_unverified AS "isUnverified", attempts`;

type Row = Omit<SealedRappel, 'late'> & { lateFrom: number | null; lateSealed: Uint8Array | null };

// A turn that comes again while its message was being sent (1) was cut by a crash: nobody knows whether it left (2).
async function lease(desk: Desk): Promise<{ turn: Turn; message: SealedRappel } | undefined> {
  for (let orphans = 0; orphans < mostOrphans; orphans += 1) {
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
  return undefined; // the courier asks again within a second
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
  const orphans = await desk.query<{ id: string; receivedAt: number; isUnverified: boolean }>(
    `UPDATE demandes.outbox SET departure = 2 WHERE NOT ${isScheduled('outbox.id')}
     RETURNING id, received_at::float8 AS "receivedAt", is_unverified AS "isUnverified"`,
  );
  if (orphans.length === 0) return;
  await desk.turns.remove(...orphans.map(({ id }) => id)); // cancelled by somebody
  await desk.turns.add(...orphans);
}
