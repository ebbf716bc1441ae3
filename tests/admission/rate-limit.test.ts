// Where a measure ends, on one machine and on several that share a database.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, type TestContext, test } from 'node:test';
import { type RateLimit, rateLimitFor } from '../../src/server/admission/rate-limit.ts';
import type { SharedDatabase } from '../../src/server/admission/shared-counters.ts';
import { openPostgresOutbox } from '../../src/server/outbox/postgres.ts';
import { ask, skip, startPostgres } from '../support/postgres.ts';

const postgres = skip ? undefined : await startPostgres();
after(() => postgres?.kill());

const now = Date.parse('2026-11-23T10:00:00Z');
const randomBytes = (size: number) => createHash('sha512').update('salt').digest().subarray(0, size);

/** How many of a place were within its measure, one after the other. */
async function endOf(take: RateLimit, place: string): Promise<number> {
  for (let count = 0; count < 200; count += 1) if (!(await take(place, 'kept')).isWithin) return count;
  throw new Error('It does not end');
}

test('a measure ends a fifth before or after what is set, elsewhere for each place and each hour, within an hour', async () => {
  let at = now;
  const take = rateLimitFor({ perHour: 120, now: () => at, randomBytes });
  const ends: number[] = [];
  for (let place = 0; place < 200; place += 1) ends.push(await endOf(take, `${place}`));
  assert.ok(Math.min(...ends) >= 96 && Math.max(...ends) <= 144, `${Math.min(...ends)} ${Math.max(...ends)}`);
  assert.ok(new Set(ends).size >= 40, `${new Set(ends).size}`); // of 49
  at += 3_600_000;
  const next: number[] = [];
  for (let place = 0; place < 200; place += 1) next.push(await endOf(take, `${place}`));
  assert.ok(next.filter((end, place) => end === ends[place]).length < 20);
});

test('the smallest setting still lets some pass', async () => {
  const take = rateLimitFor({ perHour: 10, now: () => now, randomBytes });
  for (let place = 0; place < 200; place += 1) {
    const end = await endOf(take, `${place}`);
    assert.ok(end >= 4 && end <= 16, `${end}`);
  }
});

test('what came to nothing is given back', async () => {
  const take = rateLimitFor({ perHour: 120, now: () => now, randomBytes });
  for (let count = 0; count < 1000; count += 1) {
    const { isWithin, giveBack } = await take('a place', 'kept');
    assert.ok(isWithin);
    await giveBack();
  }
});

/** A machine on a database. */
async function openMachine(context: TestContext, url: string): Promise<SharedDatabase> {
  const { outbox, shared } = await openPostgresOutbox(url, () => {});
  context.after(() => outbox.close());
  return shared;
}

function countOn(database: SharedDatabase): RateLimit {
  const shared = { database, secret: 'un secret assez long, le même pour toutes' };
  const unshared = () => assert.fail('a salt of its own');
  return rateLimitFor({ perHour: 120, now: () => now, randomBytes: unshared, shared, most: 50 });
}

const endsAsSet = (end: number) => assert.ok(end >= 96 && end <= 144, `${end}`);

test('machines on one database count together, draw the same end, and keep a bounded number of counters', {
  skip,
}, async (context) => {
  const url = (await postgres?.freshDatabase()) ?? '';
  const database = await openMachine(context, url);
  const [a, b] = [countOn(database), countOn(await openMachine(context, url))];
  for (let count = 0; count < 60; count += 1) assert.ok((await a('a place', 'kept')).isWithin);
  endsAsSet(60 + (await endOf(b, 'a place')));
  assert.ok(!(await a('a place', 'kept')).isWithin);
  const rows = async () => {
    const text = 'SELECT count(*)::int AS count FROM demandes.rate_limits';
    const { rows } = await database.query({ text, values: [] });
    return (rows as { count: number }[])[0]?.count ?? Number.NaN;
  };
  for (let place = 0; place < 1100; place += 1) await a(`${place}`, 'kept');
  assert.ok((await rows()) <= 50 + 1000, `${await rows()}`); // tidied once a thousand counts
});

// The table and the statements of the programs that named it `knocks`.
const before =
  'CREATE UNLOGGED TABLE demandes.knocks (key text PRIMARY KEY, points int NOT NULL DEFAULT 0, expire bigint)';
const asBefore = (database: SharedDatabase): SharedDatabase => ({
  query: ({ text, ...rest }) => database.query({ text: text.replaceAll('rate_limits', 'knocks'), ...rest }),
  migrate: async () => {},
});

test('machines that start together on an older database keep its counts; the one not replaced yet counts alone', {
  skip,
}, async (context) => {
  const url = (await postgres?.freshDatabase()) ?? '';
  const database = await openMachine(context, url);
  await ask(url, before);
  const old = countOn(asBefore(database));
  for (let count = 0; count < 60; count += 1) assert.ok((await old('a place', 'kept')).isWithin);
  const newer = await Promise.all([1, 2, 3, 4].map(() => openMachine(context, url)));
  const limits = newer.map(countOn);
  await Promise.all(limits.map((take) => take('a place', 'kept')));
  const { rows } = await database.query({ text: 'SELECT points FROM demandes.rate_limits', values: [] });
  assert.deepEqual(rows, [{ points: 64 }]);
  endsAsSet(64 + (await endOf(limits[0] as RateLimit, 'a place')));
  assert.ok(!(await (limits[3] as RateLimit)('a place', 'kept')).isWithin);
  endsAsSet(await endOf(old, 'a place'));
});

test('a table written by a newer program is left alone: each machine counts alone', {
  skip,
}, async (context) => {
  const url = (await postgres?.freshDatabase()) ?? '';
  const database = await openMachine(context, url);
  await database.migrate('rate_limits', [...Array(9).fill('SELECT')]);
  const [a, b] = [countOn(database), countOn(database)];
  for (const take of [a, b]) endsAsSet(await endOf(take, 'a place'));
  await assert.rejects(database.migrate('rate_limits', ['SELECT']), /version plus récente/);
});
