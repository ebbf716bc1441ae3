// A Département's own authority, put where Debian puts it: the mail server and the database it vouches for are believed.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeAuthority, skip } from './support/certificates.ts';
import { mailSettings, openMailbox } from './support/mailbox.ts';
import { skip as skipPostgres, startPostgres } from './support/postgres.ts';
import { type Site, startSite } from './support/site.ts';

const authority = skip ? undefined : makeAuthority();
const certificate = authority?.certify('DNS:localhost,IP:127.0.0.1');

// Where OpenSSL looks instead of /etc/ssl/certs: this machine's own store is left alone.
const ofMachine = { SSL_CERT_FILE: authority?.trust.NODE_EXTRA_CA_CERTS ?? '' };

const postgres = skip || skipPostgres ? undefined : await startPostgres();
after(() => postgres?.kill());

function ask(site: Site): Promise<Response> {
  const body = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin' });
  return fetch(`${site.origin}/contact/envoi`, { method: 'POST', body, redirect: 'manual' });
}

test('a mail server is believed on the word of an authority of the machine, and on no other', {
  skip,
}, async () => {
  const mailbox = await openMailbox(0, () => {}, certificate);
  const settings = { ...mailSettings(mailbox), SMTP_HOST: 'localhost', SMTP_REQUIRE_TLS: 'true' };
  const stranger = await startSite(settings);
  assert.equal((await ask(stranger)).status, 303);
  while (!/delivery-failed/.test(stranger.output())) await stranger.wrote();
  assert.match(stranger.output(), /"code":"E[A-Z]+ UNABLE_TO_[A-Z_]+"/); // the system's own code too
  await stranger.stop();
  assert.equal(mailbox.mails.length, 0);
  const site = await startSite({ ...settings, ...ofMachine, DATA_DIR: stranger.dataDir });
  await mailbox.received(1);
  await site.stop();
  await mailbox.close();
});

test('so is a database', { skip: skip || skipPostgres }, async () => {
  const address = (await postgres?.freshDatabase()) ?? '';
  await postgres?.offerTls(certificate as NonNullable<typeof certificate>);
  const site = await startSite({
    ...ofMachine,
    ...mailSettings({ port: 1 }),
    DATABASE_URL: `${address.replace('127.0.0.1', 'localhost')}?sslmode=verify-full`,
    OUTBOX_SECRET: 'un secret assez long, le même partout',
  });
  assert.equal((await ask(site)).status, 303);
  await site.stop();
});
