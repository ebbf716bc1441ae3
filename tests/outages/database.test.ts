// Several machines, and their database goes away.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, test } from 'node:test';
import { Client } from 'pg';
import { boite } from '../support/command.ts';
import { temporaryFolder } from '../support/folder.ts';
import { mailSettings, openMailbox } from '../support/mailbox.ts';
import { freePort } from '../support/port.ts';
import { skip, startPostgres, ask as tell } from '../support/postgres.ts';
import { type Site, startSite } from '../support/site.ts';
import { codesExplained, healthOf, isKeptAgain, post, standsWithoutOutbox } from './standing.ts';

const postgres = skip ? undefined : await startPostgres();
after(() => postgres?.kill());

async function ask(site: Site, prenom: string): Promise<{ status: number; page: string }> {
  const body = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin', prenom });
  const answer = await fetch(`${site.origin}/contact/envoi`, { method: 'POST', body, redirect: 'manual' });
  return { status: answer.status, page: await answer.text() };
}

test('the database goes away: a request is refused with the number, then all goes on by itself', {
  skip,
}, async () => {
  const DATABASE_URL = (await postgres?.freshDatabase()) ?? '';
  const mailbox = await openMailbox();
  const settings = {
    ...mailSettings(mailbox),
    DATABASE_URL,
    OUTBOX_SECRET: 'un secret assez long, le même partout',
  };
  const sites = [await startSite(settings), await startSite(settings)] as const;
  assert.equal((await ask(sites[0], 'Tournesol')).status, 303);
  await mailbox.received(1);
  await postgres?.kill();
  const refused = await ask(sites[1], 'Coquelicot');
  assert.equal(refused.status, 503);
  assert.match(refused.page, /Votre demande <strong>n’est pas partie<\/strong>[\s\S]*tel:\+33189119494/);
  const health = await fetch(`${sites[0].origin}/sante`);
  assert.equal(health.status, 503);
  assert.ok(((await health.json()) as { alarms: string[] }).alarms.includes('OUTBOX_UNREADABLE'));
  await postgres?.start();
  while ((await ask(sites[1], 'Coquelicot')).status !== 303);
  await mailbox.received(2);
  for (const site of sites) {
    await site.stop();
    assert.ok(!/Tournesol|Coquelicot|0199001234|motdepasse/.test(site.output()));
  }
  await mailbox.close();
});

const OUTBOX_SECRET = 'un secret assez long, le même partout';

/** One number that a database gives. */
async function numberFrom(address: string, sql: string): Promise<number> {
  const client = new Client({ connectionString: address });
  await client.connect();
  const { rows } = await client.query<{ number: number }>(sql);
  await client.end();
  return rows[0]?.number ?? Number.NaN;
}

test('the database is away at the start: pages stand, then requests are kept, counted together, and leave', {
  skip,
}, async () => {
  const DATABASE_URL = (await postgres?.freshDatabase()) ?? '';
  const mailbox = await openMailbox();
  const settings = { ...mailSettings(mailbox), DATABASE_URL, OUTBOX_SECRET };
  const before = await startSite(settings);
  const { token } = await post(before, 'Tournesol');
  await mailbox.received(1);
  await before.stop();
  await postgres?.kill();

  const sites = [await startSite(settings), await startSite(settings)] as const;
  for (const site of sites) await standsWithoutOutbox(site, 'OUTBOX_UNREADABLE', token);
  await postgres?.start();
  for (const site of sites) await isKeptAgain(site, 'Coquelicot');
  await mailbox.received(2);
  const cancelled = await fetch(`${sites[0].origin}/contact/annuler`, {
    method: 'POST',
    body: new URLSearchParams({ jeton: token }),
  });
  assert.equal(cancelled.status, 200);
  await mailbox.received(3);
  for (const site of sites) assert.ok(!(await healthOf(site)).alarms.includes('OUTBOX_UNREADABLE'));
  assert.ok(
    (await numberFrom(DATABASE_URL, 'SELECT sum(points)::int AS number FROM demandes.rate_limits')) > 2,
  );
  for (const site of sites) {
    const { code } = await site.stop();
    assert.equal(code, 0);
    const told = codesExplained(site).filter((line) => line !== '57P03'); // may be met while it starts
    assert.deepEqual(told, ['ECONNREFUSED']);
    assert.equal(site.output().match(/"outbox-opened"/g)?.length, 1);
    assert.doesNotMatch(site.output(), /Tournesol|Coquelicot|Jonquille|199001234|motdepasse/);
  }
  assert.equal(mailbox.mails.length, 3);
  await mailbox.close();
});

test('a database that does not know us, or not that name: pages stand, the code says why, and it heals', {
  skip,
}, async () => {
  const address = (await postgres?.freshDatabase()) ?? '';
  const mailbox = await openMailbox();
  const settings = { ...mailSettings(mailbox), OUTBOX_SECRET };
  for (const [code, name, user, mend] of [
    ['3D000', 'pas_encore', 'postgres', 'CREATE DATABASE pas_encore'],
    ['28000', 'essai_1', 'nouveau', 'CREATE ROLE nouveau LOGIN SUPERUSER'],
  ] as const) {
    const url = Object.assign(new URL(address), { pathname: name, username: user });
    const site = await startSite({ ...settings, DATABASE_URL: url.href });
    await standsWithoutOutbox(site, 'OUTBOX_UNREADABLE');
    assert.deepEqual(codesExplained(site), [code]);
    await tell(address, mend);
    await isKeptAgain(site, 'Coquelicot');
    assert.doesNotMatch(site.output(), /motdepasse|nouveau|pas_encore/);
    await site.stop();
  }
  await mailbox.close();
});

test('a database that says nothing at the start makes nobody wait', async () => {
  const silent = createServer(() => {});
  const port = await freePort();
  await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve));
  const DATABASE_URL = `postgres://u:motdepasse@127.0.0.1:${port}/demandes`;
  const site = await startSite({ DATABASE_URL, OUTBOX_SECRET });
  await standsWithoutOutbox(site, 'OUTBOX_UNREADABLE');
  assert.deepEqual(codesExplained(site), ['UNKNOWN']);
  assert.doesNotMatch(site.output(), /motdepasse/);
  await site.stop();
  silent.close();
});

test('npm run boite says that the database is away, and that somebody must act', async () => {
  const DATABASE_URL = `postgres://u:motdepasse@127.0.0.1:${await freePort()}/demandes`;
  const { code, errors } = await boite({ DATA_DIR: temporaryFolder(), DATABASE_URL, OUTBOX_SECRET });
  assert.deepEqual([code, errors], [1, 'La boîte d’envoi ne répond pas (ECONNREFUSED).\n']);
});
