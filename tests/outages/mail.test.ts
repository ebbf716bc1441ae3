// A request on a bad day: the mail server is down, the process is killed, the disk says no.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { mailSettings, openMailbox } from '../support/mailbox.ts';
import { type Site, startSite } from '../support/site.ts';

const words = { tel: '01 99 00 12 34', quand: 'lun-matin', prenom: 'Tournesol' };

function ask(site: Site, form: Record<string, string> = words): Promise<Response> {
  const body = new URLSearchParams(form);
  return fetch(`${site.origin}/contact/envoi`, { method: 'POST', body, redirect: 'manual' });
}

test('the mail server is down, then up: the request arrives once', async () => {
  const { port, close } = await openMailbox();
  await close();
  const site = await startSite(mailSettings({ port }));
  assert.equal((await ask(site)).status, 303);
  const mailbox = await openMailbox(port);
  const [mail] = await mailbox.received(1);
  assert.match(mail?.text ?? '', /01 99 00 12 34/);
  await ask(site, { ...words, prenom: 'Second' });
  assert.equal((await mailbox.received(2)).length, 2);
  assert.match(mailbox.mails[1]?.text ?? '', /Second/);
  await site.stop();
  await mailbox.close();
});

test('the mail server refuses at first: the same message is offered again under the same id', async () => {
  let offers = 0;
  const mailbox = await openMailbox(0, () => {
    offers += 1;
    if (offers === 1) throw Object.assign(new Error('busy'), { responseCode: 451 });
  });
  const site = await startSite(mailSettings(mailbox));
  await ask(site);
  const [mail] = await mailbox.received(1);
  assert.equal(offers, 2);
  assert.match(mail?.messageId ?? '', /^<[0-9a-f]{32}@example\.org>$/);
  await site.stop();
  await mailbox.close();
});

test('killed between the answer and the delivery, the request still arrives, and no word of it was on disk', async () => {
  const { port, close } = await openMailbox();
  await close();
  const site = await startSite(mailSettings({ port }));
  assert.equal((await ask(site)).status, 303);
  await site.stop('SIGKILL');

  for (const file of readdirSync(site.dataDir).filter((name) => name.startsWith('demandes'))) {
    const bytes = readFileSync(join(site.dataDir, file)).toString('latin1');
    for (const word of [
      'Tournesol',
      '0199001234',
      '01 99 00 12 34',
      Buffer.from('Tournesol').toString('base64'),
    ]) {
      assert.ok(!bytes.includes(word), `${word} in ${file}`);
    }
  }

  const mailbox = await openMailbox(port);
  const restarted = await startSite({ ...mailSettings({ port }), DATA_DIR: site.dataDir });
  const [mail] = await mailbox.received(1);
  assert.match(mail?.text ?? '', /« Tournesol »/);
  await restarted.stop();
  await mailbox.close();
});

test('the outbox cannot be written: 503, not sent, nothing kept, the number, and everything typed', async () => {
  const site = await startSite();
  const lock = new DatabaseSync(join(site.dataDir, 'demandes.sqlite'), { timeout: 5000 }); // it may be writing
  lock.exec('BEGIN IMMEDIATE');
  const answer = await ask(site);
  const page = await answer.text();
  lock.exec('ROLLBACK');
  assert.equal(answer.status, 503);
  assert.match(page, /Votre demande <strong>n’est pas partie<\/strong>. Rien n’a été gardé./);
  assert.match(page, /tel:\+33189119494/);
  assert.match(page, /value="Tournesol"/);
  assert.equal(lock.prepare('SELECT count(*) AS kept FROM outbox').get()?.kept, 0);
  lock.close();
  assert.equal((await ask(site)).status, 303);
  await site.stop();
  assert.ok(!/Tournesol|01 ?99 ?00 ?12 ?34/.test(site.output()));
});
