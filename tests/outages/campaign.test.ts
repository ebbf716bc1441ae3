// The promise behind « C'est noté », on a bad day; a long one with LONG=1.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryFolder } from '../support/folder.ts';
import { skip, startPostgres } from '../support/postgres.ts';
import { type Outcome, run } from './campaign.ts';

const day = {
  seed: 20261124,
  ...(process.env.LONG ? { requests: 150, kills: 6 } : { requests: 60, kills: 3 }),
};
const size = `${day.requests} requests, ${day.kills} kills`;

const unbroken = (outcome: Outcome) => {
  const { acked, kills, attacks, copies, ...broken } = outcome;
  assert.deepEqual(broken, {
    lost: 0,
    doubled: 0,
    unexplained: 0,
    betrayed: 0,
    unannounced: 0,
    miscounted: 0,
  });
  assert.deepEqual([acked, kills], [day.requests, day.kills]);
  assert.ok(attacks > 0);
};

test(`killed again and again with a mail server at its worst, one machine keeps every promise (${size})`, async () => {
  unbroken(await run({ ...day, servers: [{ DATA_DIR: temporaryFolder() }] }));
});

test(`two servers on one PostgreSQL, killed in turn: every promise is kept (${size})`, { skip }, async () => {
  const postgres = await startPostgres();
  const DATABASE_URL = await postgres.freshDatabase();
  const OUTBOX_SECRET = 'un secret assez long, le même pour les deux machines';
  unbroken(await run({ ...day, servers: Array(2).fill({ DATABASE_URL, OUTBOX_SECRET }) }));
  await postgres.kill();
});

test(`an outbox in memory breaks them: the campaign sees it (${size})`, async () => {
  const { lost } = await run({ ...day, servers: [{}], script: 'tests/outages/memory-main.ts' });
  assert.ok(lost > 0);
});
