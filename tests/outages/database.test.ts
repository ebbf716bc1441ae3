// Several machines, and their database goes away.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { skip, startPostgres } from '../postgres.ts';
import { mailSettings, openMailbox, type Site, startSite } from '../site.ts';

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
