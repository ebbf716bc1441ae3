// The outbox of several machines, on a real PostgreSQL.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, afterEach, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Outbox } from '../../src/rappel/outbox.ts';
import { openDatabase } from '../../src/server/outbox/postgres/database.ts';
import { migrations } from '../../src/server/outbox/postgres/schema.ts';
import { openPostgresOutbox } from '../../src/server/outbox/postgres.ts';
import { SettingError } from '../../src/settings/setting-error.ts';
import { ask, skip, startPostgres } from '../support/postgres.ts';
import {
  countsOnlyWhatIsKept,
  eightAtATime,
  entryOf,
  heldInVersion4,
  holdsTheContract,
  idOf,
  keepsWhatWasHeld,
  noticeOf,
} from './contract.ts';

const postgres = skip ? undefined : await startPostgres();
const journal = () => {};
const opened: Outbox[] = [];

// Each holds several connections, of which a server has a hundred.
afterEach(async () => {
  for (const outbox of opened.splice(0)) await outbox.close().catch(() => {});
});
after(() => postgres?.kill());

async function open(url: string): Promise<Outbox> {
  const { outbox } = await openPostgresOutbox(url, journal);
  opened.push(outbox);
  return outbox;
}

const database = async () => (await postgres?.freshDatabase()) ?? '';
const due = (outbox: Outbox) => outbox.due(Date.now(), Date.now() + 60_000);

/** Asks until there is an answer. */
async function eventually<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await pause(50);
  }
}

// One database for the contract, emptied each time: a cluster of many databases takes minutes to come back from a crash.
const ours = await database();
if (postgres)
  holdsTheContract(async () => {
    await ask(ours, 'DROP SCHEMA IF EXISTS demandes, pgboss CASCADE');
    return (await openPostgresOutbox(ours, journal)).outbox;
  });
else test('the outbox on PostgreSQL', { skip }, () => {});

test('a request that cannot be kept is not counted', { skip }, async () => {
  await countsOnlyWhatIsKept(await open(await database()));
});

test('three servers count what they keep, change and send at once, without waiting for each other in a circle', {
  skip,
}, async () => {
  const url = await database();
  const servers = [await open(url), await open(url), await open(url)];
  const receivedAt = Date.UTC(2026, 5, 15);
  const counts = ['two-tries', 'kept-form', 'late'] as const;
  await eightAtATime(60, async (n) => {
    const [one, other] = [servers[n % 3], servers[(n + 1) % 3]] as [Outbox, Outbox];
    const mixed = n % 2 ? counts : counts.toReversed();
    await one.put(entryOf(3 * n, `${n}`, { receivedAt, counts: mixed }));
    await other.put(entryOf(3 * n + 1, `${n} changed`, { receivedAt, counts: mixed, replaces: idOf(3 * n) }));
    await one.erase(idOf(3 * n + 1), mixed);
  });
  const counted = (await servers[0]?.report(2026))?.map(({ month, name, count }) => [month, name, count]);
  assert.deepEqual(counted?.sort(), [
    [6, 'changed', 60],
    ...['kept-form', 'late', 'two-tries'].map((name) => [6, name, 120]),
  ]);
});

test('tables of version 4 keep what they hold, and count from then on', { skip }, async () => {
  const url = await database();
  await (await openDatabase(url, migrations.slice(0, 4), journal)).close();
  await ask(url, heldInVersion4('demandes.'));
  await ask(
    url,
    `INSERT INTO demandes.outbox (id, received_at, sealed, is_test) VALUES ('${idOf(1)}', 1, 'old', false)`,
  );
  await keepsWhatWasHeld(await open(url));
});

test('servers that start together on an empty database all start', { skip }, async () => {
  const url = await database();
  const servers = await Promise.all(Array.from({ length: 4 }, () => open(url)));
  assert.deepEqual(await servers[0]?.put(entryOf(1)), { kind: 'kept' });
});

test('three servers, the same form everywhere at once: it is kept once', { skip }, async () => {
  const url = await database();
  const servers = [await open(url), await open(url), await open(url)];
  for (let form = 0; form < 10; form += 1) {
    const puts = servers.flatMap((server, n) =>
      [0, 1].map((again) =>
        server.put(entryOf(form * 10 + n * 2 + again, `same ${form}`, { key: `form ${form}` })),
      ),
    );
    const kinds = (await Promise.all(puts)).map(({ kind }) => kind).sort();
    assert.deepEqual(kinds, ['kept', ...Array(5).fill('known')]);
  }
  assert.equal((await servers[0]?.waiting())?.count, 10);
});

test('three servers change and withdraw one request at once: one of them wins, the others know', {
  skip,
}, async () => {
  const url = await database();
  const [a, b, c] = [await open(url), await open(url), await open(url)];
  for (let round = 0; round < 10; round += 1) {
    const first = round * 10;
    await a.put(entryOf(first));
    const done = await Promise.all([
      a.put(entryOf(first + 1, 'a', { replaces: idOf(first) })).then(({ kind }) => kind),
      b.put(entryOf(first + 2, 'b', { replaces: idOf(first) })).then(({ kind }) => kind),
      c.withdraw(idOf(first), noticeOf(first + 3)),
    ]);
    assert.equal(done.filter((one) => one === 'kept').length, 1, done.join());
    assert.ok(['withdrawn', 'notified', 'overtaken'].includes(done[2] ?? ''));
  }
});

test('the same words from elsewhere while the first is taken back: never kept by nobody', {
  skip,
}, async () => {
  const url = await database();
  const [a, b, c] = [await open(url), await open(url), await open(url)];
  for (let round = 0; round < 20; round += 1) {
    const first = round * 10;
    await a.put(entryOf(first, `said ${round}`));
    const [put, done] = await Promise.all([
      b.put(entryOf(first + 1, `said ${round}`)),
      c.withdraw(idOf(first), noticeOf(first + 2)),
    ]);
    if (done === 'withdrawn') assert.ok(put.kind === 'kept' || put.kind === 'overtaken', put.kind);
    else assert.deepEqual([put.kind, done], ['duplicate', 'overtaken']);
  }
});

test('a transaction that PostgreSQL always asks to begin again is given up after five', {
  skip,
}, async () => {
  const { transaction, close } = await openDatabase(await database(), [], journal);
  let turns = 0;
  const deadlock = async () => {
    turns += 1;
    throw Object.assign(new Error('deadlock'), { code: '40P01' });
  };
  await assert.rejects(transaction(deadlock), { code: '40P01' });
  assert.equal(turns, 5);
  await close();
});

test('turns without a message are cleared a hundred at a time, and the message behind them leaves', {
  skip,
}, async () => {
  const url = await database();
  const outbox = await open(url);
  await eightAtATime(151, (n) => outbox.put(entryOf(n)));
  await ask(url, `DELETE FROM demandes.outbox WHERE id <> '${idOf(150)}'`);
  assert.equal(await due(outbox), undefined);
  assert.equal((await due(outbox))?.id, idOf(150));
});

test('three servers take what is due: each message is taken by one', { skip }, async () => {
  const url = await database();
  const servers = [await open(url), await open(url), await open(url)];
  for (let n = 0; n < 30; n += 1) await servers[n % 3]?.put(entryOf(n));
  const taken = await Promise.all(Array.from({ length: 36 }, (_, n) => due(servers[n % 3] as Outbox)));
  const ids = taken.flatMap((found) => (found ? [found.id] : []));
  assert.deepEqual([ids.length, new Set(ids).size], [30, 30]);
});

test('a message held by a living server is not given to another, and is once that server is killed', {
  skip,
}, async () => {
  const url = await database();
  const outbox = await open(url);
  await outbox.put(entryOf(1));
  const holder = spawn(process.execPath, [new URL('lock-holder.ts', import.meta.url).pathname, url]);
  await once(holder.stdout, 'data');
  const heldUntil = Date.now() + 13_000; // longer than a heartbeat lasts
  while (Date.now() < heldUntil) {
    assert.equal(await due(outbox), undefined);
    await pause(500);
  }
  holder.kill('SIGKILL');
  const found = await eventually(() => due(outbox));
  assert.deepEqual([found.id, found.attempts], [idOf(1), 2]);
  assert.equal(await outbox.withdraw(idOf(1), noticeOf(2)), 'notified'); // it may have left with the dead server
});

test('the database goes away and comes back: calls fail in between, and everything is still there', {
  skip,
}, async () => {
  const url = await database();
  const outbox = await open(url);
  await outbox.put(entryOf(1));
  await postgres?.kill();
  await assert.rejects(outbox.put(entryOf(2)));
  await assert.rejects(outbox.waiting());
  await postgres?.start();
  const found = await eventually(() => due(outbox).catch(() => undefined));
  assert.equal(found.id, idOf(1));
  assert.deepEqual(await outbox.put(entryOf(2)), { kind: 'kept' });
});

test('the database goes away in the middle of many writes: the server lives, and what it kept is there', {
  skip,
}, async () => {
  const outbox = await open(await database());
  const all = Array.from({ length: 200 }, (_, n) => outbox.put(entryOf(n)));
  await Promise.any(all);
  await postgres?.kill();
  const done = await Promise.allSettled(all);
  assert.ok(done.some(({ status }) => status === 'rejected'));
  await postgres?.start();
  const held = await eventually(() =>
    Promise.all(done.map((_, n) => outbox.holds(idOf(n)))).catch(() => undefined),
  );
  const lost = done.filter(({ status }, n) => status === 'fulfilled' && !held[n]);
  assert.equal(lost.length, 0);
});

test('a server that was silent for too long takes nothing from the one that has the message', {
  skip,
}, async () => {
  const url = await database();
  const [silent, other] = [await open(url), await open(url)];
  await silent.put(entryOf(1));
  await due(silent);
  await ask(url, `UPDATE pgboss.job SET state = 'retry'`); // as after ten seconds of silence
  assert.equal((await due(other))?.attempts, 2);
  await silent.postpone(idOf(1), { until: 0, mayHaveLeft: true });
  assert.equal(await due(silent), undefined);
  await other.postpone(idOf(1), { until: 0, mayHaveLeft: true });
  assert.equal((await due(silent))?.attempts, 3);
});

test('a clock that jumps does not make a server let go of what it is sending', {
  skip,
  timeout: 15_000,
}, async (t) => {
  const { outbox, shared } = await openPostgresOutbox(await database(), journal);
  opened.push(outbox);
  await outbox.put(entryOf(1));
  await due(outbox);
  const realNow = Date.now;
  t.mock.method(Date, 'now', () => realNow() + 3_600_000);
  const { rows } = await shared.query({ text: 'SELECT now()::text AS now' });
  const later = {
    text: 'SELECT FROM pgboss.job WHERE heartbeat_on > $1::timestamptz',
    values: [rows[0].now],
  };
  await eventually(async () => (await shared.query(later)).rows[0]);
});

test('a message whose job has vanished is scheduled again when a server starts', { skip }, async () => {
  const url = await database();
  const before = await open(url);
  await before.put(entryOf(1));
  await ask(url, 'DELETE FROM pgboss.job');
  assert.equal(await due(before), undefined);
  const outbox = await open(url);
  assert.equal((await due(outbox))?.id, idOf(1));
});

test('servers that find the same vanished or cancelled jobs at once: each message is taken by one', {
  skip,
}, async () => {
  const url = await database();
  const before = await open(url);
  for (let n = 0; n < 60; n += 1) await before.put(entryOf(n));
  await before.close();
  await ask(url, `DELETE FROM pgboss.job WHERE priority % 2 = 0; UPDATE pgboss.job SET state = 'cancelled'`);
  const taken = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const server = await open(url);
      const found: Awaited<ReturnType<typeof due>>[] = [];
      const askTenTimes = async () => {
        for (let n = 0; n < 10; n += 1) found.push(await due(server)); // all sixty at once wait too long for a connection
      };
      await Promise.all(Array.from({ length: 6 }, askTenTimes));
      return found.flatMap((message) => message?.id ?? []);
    }),
  );
  const ids = taken.flat();
  assert.deepEqual([ids.length, new Set(ids).size], [60, 60]);
});

test('a database whose tables belong to something else is refused each time, and no connection to it is left', {
  skip,
}, async () => {
  const url = await database();
  await ask(url, 'CREATE SCHEMA pgboss; CREATE TABLE pgboss.version (another int)');
  for (let attempt = 1; attempt <= 10; attempt += 1)
    await assert.rejects(openPostgresOutbox(url, journal), { code: '42883' }); // undefined_function
  const left = `SELECT 1 / (count(*) = 0)::int FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`;
  const end = performance.now() + 5000;
  while (
    !(await ask(url, left).then(
      () => true,
      () => false,
    ))
  )
    assert.ok(performance.now() < end); // it says goodbye
});

test('a newer version of the tables is refused by name, a database that does not answer by code, without the password', {
  skip,
}, async () => {
  const url = await database();
  await (await open(url)).close();
  await ask(url, 'UPDATE demandes.version SET version = 99');
  const said = (pattern: RegExp) => (error: Error) =>
    error instanceof SettingError &&
    pattern.test(error.message) &&
    !/motdepasse/.test(error.message + error.stack);
  await assert.rejects(
    openPostgresOutbox(url, journal),
    said(/^Réglage DATABASE_URL : .*version plus récente/),
  );
  const nobody = 'postgres://postgres:motdepasse@127.0.0.1:1/rien';
  await assert.rejects(
    openPostgresOutbox(nobody, journal),
    ({ code, message, stack }: Error & { code?: string }) =>
      code === 'ECONNREFUSED' && !/motdepasse/.test(message + stack),
  );
});
