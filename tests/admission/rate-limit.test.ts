// Where a measure ends, on one machine and on several that share a database.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { type Pace, paceOf } from '../../src/server/admission/rate-limit.ts';
import { openPostgresOutbox } from '../../src/server/outbox/postgres.ts';
import { skip, startPostgres } from '../support/postgres.ts';

const now = Date.parse('2026-11-23T10:00:00Z');
const randomBytes = (size: number) => createHash('sha512').update('salt').digest().subarray(0, size);

/** How many of a place were within its measure, one after the other. */
async function endOf(pace: Pace, place: string): Promise<number> {
  for (let count = 0; count < 200; count += 1) if (!(await pace(place, 'kept')).isWithin) return count;
  throw new Error('It does not end');
}

test('a measure ends a fifth before or after what is set, elsewhere for each place and each hour, within an hour', async () => {
  let at = now;
  const pace = paceOf({ perHour: 120, now: () => at, randomBytes });
  const ends: number[] = [];
  for (let place = 0; place < 200; place += 1) ends.push(await endOf(pace, `${place}`));
  assert.ok(Math.min(...ends) >= 96 && Math.max(...ends) <= 144, `${Math.min(...ends)} ${Math.max(...ends)}`);
  assert.ok(new Set(ends).size >= 40, `${new Set(ends).size}`); // of 49
  at += 3_600_000;
  const next: number[] = [];
  for (let place = 0; place < 200; place += 1) next.push(await endOf(pace, `${place}`));
  assert.ok(next.filter((end, place) => end === ends[place]).length < 20);
});

test('the smallest setting still lets some pass', async () => {
  const pace = paceOf({ perHour: 10, now: () => now, randomBytes });
  for (let place = 0; place < 200; place += 1) {
    const end = await endOf(pace, `${place}`);
    assert.ok(end >= 4 && end <= 16, `${end}`);
  }
});

test('what came to nothing is given back', async () => {
  const pace = paceOf({ perHour: 120, now: () => now, randomBytes });
  for (let count = 0; count < 1000; count += 1) {
    const { isWithin, giveBack } = await pace('a place', 'kept');
    assert.ok(isWithin);
    await giveBack();
  }
});

test('machines on one database count together, draw the same end, and keep a bounded number of counters', {
  skip,
}, async (context) => {
  const postgres = await startPostgres();
  context.after(() => postgres.kill());
  const outbox = await openPostgresOutbox(await postgres.freshDatabase(), () => {});
  context.after(() => outbox.close());
  const machine = () => {
    const shared = { pool: outbox.pool, secret: 'un secret assez long, le même pour toutes' };
    const unshared = () => assert.fail('a salt of its own');
    return paceOf({ perHour: 120, now: () => now, randomBytes: unshared, shared, most: 50 });
  };
  const [a, b] = [machine(), machine()];
  for (let count = 0; count < 60; count += 1) assert.ok((await a('a place', 'kept')).isWithin);
  const end = 60 + (await endOf(b, 'a place'));
  assert.ok(end >= 96 && end <= 144, `${end}`);
  assert.ok(!(await a('a place', 'kept')).isWithin);
  const rows = async () => {
    const { rows } = await outbox.pool.query('SELECT count(*)::int AS count FROM demandes.knocks');
    return rows[0]?.count as number;
  };
  for (let place = 0; place < 1100; place += 1) await a(`${place}`, 'kept');
  assert.ok((await rows()) <= 50 + 1000, `${await rows()}`); // tidied once a thousand counts
});
