// A request closed for the team's keys: only GnuPG with one of the secret keys opens it again.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import { generateKey, readKey, readMessage, revokeKey } from 'openpgp';
import { readTeamKeys } from '../src/server/mail/team-keys.ts';
import { temporaryFolder } from './support/folder.ts';
import { gpg, gpgKey, gpgKeyOfGuide, withoutGnupg } from './support/gnupg.ts';
import { mailSettings, openMailbox } from './support/mailbox.ts';
import { readableIn, readableUnder } from './support/readable.ts';
import { runSite, type Site, startSite } from './support/site.ts';

const words = {
  tel: '01 99 00 12 34',
  quand: 'lun-matin',
  prenom: 'Tournesol',
  mot: 'hirondelle',
  eviter: 'quand Églantine est là',
};
const secrets = ['Tournesol', 'hirondelle', '01 99 00 12 34', '0199001234', '+33199001234', 'Églantine'];

function keyFile(...keys: string[]): string {
  const file = join(temporaryFolder(), 'equipe.asc');
  writeFileSync(file, keys.join('\n'));
  return file;
}

const userIDs = [{ name: 'Equipe', email: 'equipe@example.org' }];
const day = 86_400;
const daysAgo = (days: number) => new Date(Date.now() - days * day * 1000);

async function madeKey(options: Partial<Parameters<typeof generateKey>[0]> = {}) {
  return generateKey({ userIDs, ...options, format: 'armored' });
}

function ask(site: Site, form: Record<string, string> = words): Promise<Response> {
  const body = new URLSearchParams(form);
  return fetch(`${site.origin}/contact/envoi`, { method: 'POST', body, redirect: 'manual' });
}

async function health(site: Site) {
  const answer = await fetch(`${site.origin}/sante`);
  return { status: answer.status, ...((await answer.json()) as { state: string; alarms: string[] }) };
}

const skip = withoutGnupg;

/** What GnuPG reads in the second part of a PGP/MIME e-mail. */
async function opened(home: string, source: Buffer) {
  const armour = /-----BEGIN PGP MESSAGE-----[\s\S]*-----END PGP MESSAGE-----/.exec(source.toString())?.[0];
  return simpleParser(gpg(home, ['--pinentry-mode', 'loopback', '--decrypt'], Buffer.from(armour ?? '')));
}

test('each owner of a key opens the same e-mail with GnuPG: text and calendar whole, and nobody else reads a word', {
  skip,
}, async () => {
  const owners = [gpgKeyOfGuide(), gpgKey('future-default')];
  const mailbox = await openMailbox();
  const keys = keyFile(...owners.map(({ publicKey }) => publicKey));
  const site = await startSite({ ...mailSettings(mailbox), PGP_PUBLIC_KEY_FILE: keys });
  assert.equal((await ask(site)).status, 303);
  await mailbox.received(1);
  const [source] = mailbox.sources as [Buffer];
  for (const { home } of owners) {
    const inside = await opened(home, source);
    assert.match(
      inside.text ?? '',
      /\nINTERDITS\n[\s\S]* {2}- Surtout pas : « quand Églantine est là » \(si [\s\S]*« Tournesol »/,
    );
    const calendar = new ICAL.Component(ICAL.parse(inside.attachments[0]?.content.toString() ?? ''));
    assert.ok(calendar.getAllSubcomponents('vevent').length > 0);
    assert.equal(inside.attachments[0]?.filename, 'creneaux.ics');
  }
  assert.deepEqual(readableIn(source, [...secrets, 'INTERDITS', 'VCALENDAR']), []);
  assert.match(
    source.toString(),
    /^Content-Type: multipart\/encrypted; protocol="application\/pgp-encrypted";\r\n boundary=/m,
  );
  assert.equal(source.toString().match(/^Content-Transfer-Encoding: 7bit\r$/gm)?.length, 2);
  assert.equal((await health(site)).state, 'ok');
  await site.stop();
  await mailbox.close();
});

test('short or long, every request makes an e-mail of one length, but for the reference that its header names', async () => {
  const { publicKey } = await madeKey();
  const mailbox = await openMailbox();
  const site = await startSite({ ...mailSettings(mailbox), PGP_PUBLIC_KEY_FILE: keyFile(publicKey) });
  await ask(site, { tel: words.tel, quand: words.quand });
  await ask(site, {
    ...words,
    eviter: '🌿'.repeat(120),
    langue: '🌿'.repeat(40),
    tiers: 'autre',
    tiers_phrase: '🌿'.repeat(60),
  });
  await mailbox.received(2);
  const bodies = mailbox.sources.map((source) => source.subarray(source.indexOf('\r\n\r\n')));
  assert.equal(new Set(bodies.map(({ length }) => length)).size, 1);
  await site.stop();
  await mailbox.close();
});

test('killed with a request waiting, no word of it is in its data, its logs, its temporary files, its command or environment', async () => {
  const { publicKey } = await madeKey();
  for (const PGP_PUBLIC_KEY_FILE of [keyFile(publicKey), '']) {
    const { port, close } = await openMailbox();
    await close();
    const TMPDIR = temporaryFolder();
    const site = await startSite({ ...mailSettings({ port }), PGP_PUBLIC_KEY_FILE, TMPDIR });
    assert.equal((await ask(site)).status, 303);
    const { pid } = site.process;
    const reached = [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`].map((file) => readFileSync(file));
    await site.stop('SIGKILL');
    assert.deepEqual(readableUnder(site.dataDir, secrets), []);
    assert.deepEqual(readableUnder(TMPDIR, secrets), []);
    assert.deepEqual(readableIn(Buffer.concat([...reached, Buffer.from(site.output())]), secrets), []);
    writeFileSync(join(site.dataDir, 'planted'), `xx${Buffer.from('xTournesolx').toString('base64')}`);
    assert.deepEqual(readableUnder(site.dataDir, secrets), ['Tournesol in planted']);
  }
});

test('a request closed before the team had a key leaves closed for it', { skip }, async () => {
  const { home, publicKey } = gpgKey('future-default');
  const { port, close } = await openMailbox();
  await close();
  const before = await startSite(mailSettings({ port }));
  await ask(before);
  await before.stop();
  const mailbox = await openMailbox(port);
  const PGP_PUBLIC_KEY_FILE = keyFile(publicKey);
  const after = await startSite({ ...mailSettings({ port }), DATA_DIR: before.dataDir, PGP_PUBLIC_KEY_FILE });
  await mailbox.received(1);
  assert.match((await opened(home, mailbox.sources[0] as Buffer)).text ?? '', /« Tournesol »/);
  await after.stop();
  await mailbox.close();
});

test('without a key the site says so at the start and in its health', async () => {
  const mailbox = await openMailbox();
  const site = await startSite(mailSettings(mailbox));
  const { state, alarms } = await health(site);
  assert.deepEqual([state, alarms], ['degraded', ['NO_TEAM_KEY']]);
  await site.stop();
  assert.match(site.output(), /^ATTENTION \(degraded\) : NO_TEAM_KEY/m);
  await mailbox.close();
});

test('an expired key is said, red, and requests are still closed for it; its last month is said too', async () => {
  const gone = await madeKey({ date: daysAgo(20), keyExpirationTime: 10 * day });
  const soon = await madeKey({ date: daysAgo(20), keyExpirationTime: 49 * day });
  for (const [{ publicKey }, status, state, alarm] of [
    [gone, 503, 'red', 'KEY_EXPIRED'],
    [soon, 200, 'degraded', 'KEY_EXPIRES_SOON'],
  ] as const) {
    const mailbox = await openMailbox();
    const site = await startSite({ ...mailSettings(mailbox), PGP_PUBLIC_KEY_FILE: keyFile(publicKey) });
    const found = await health(site);
    assert.deepEqual([found.status, found.state, found.alarms], [status, state, [alarm]]);
    assert.equal((await ask(site)).status, 303);
    await mailbox.received(1);
    assert.match(mailbox.sources[0]?.toString() ?? '', /BEGIN PGP MESSAGE/);
    await site.stop();
    await mailbox.close();
  }
});

test('a key that is private, revoked, unable to encrypt or not a key stops the start and is named', async () => {
  const { publicKey, privateKey, revocationCertificate } = await madeKey();
  const revoked = await revokeKey({
    key: await readKey({ armoredKey: publicKey }),
    revocationCertificate,
    format: 'armored',
  });
  const signOnly = await madeKey({ subkeys: [] });
  for (const [text, why] of [
    [privateKey, /clé privée/],
    [revoked.publicKey, /révoquée/],
    [signOnly.publicKey, /ne peut pas chiffrer/],
    ['bonjour', /aucune clé/],
    [publicKey.replace(/\n.{20}/, '\nAAAA'), /illisible|chiffrer/],
  ] as const) {
    const site = runSite({ DATA_DIR: temporaryFolder(), PGP_PUBLIC_KEY_FILE: keyFile(text), PORT: '0' });
    assert.deepEqual(await site.ended, { code: 2, signal: null }, site.output());
    assert.match(site.output(), /^Réglage PGP_PUBLIC_KEY_FILE : /m);
    assert.match(site.output(), why);
  }
});

const fingerprintIn = (home: string) =>
  /^fpr:+([0-9A-F]{40}):/m.exec(gpg(home, ['--with-colons', '--list-keys']).toString())?.[1] ?? '';

/** A key of GnuPG whose subkey ends in a year, and whose primary was renewed for three without it. */
function keyRenewedByHalf(): { home: string; publicKey: string } {
  const { home } = gpgKey('future-default');
  gpg(home, ['--quick-set-expire', fingerprintIn(home), '1y', '*']);
  gpg(home, ['--quick-set-expire', fingerprintIn(home), '3y']);
  return { home, publicKey: gpg(home, ['--armor', '--export']).toString() };
}

/** A clock that a test may set wrong by some days, from the next question on. */
function movableClock() {
  const CLOCK_FILE = join(temporaryFolder(), 'clock');
  const wrongBy = (days: number) => writeFileSync(CLOCK_FILE, String(days * day * 1000));
  wrongBy(0);
  return { wrongBy, settings: { NODE_OPTIONS: `--import ${preload}`, CLOCK_FILE } };
}

const preload = new URL('outages/wrong-clock.ts', import.meta.url).href;

async function endOf(publicKey: string): Promise<number | undefined> {
  const team = await readTeamKeys(publicKey, Date.now);
  return team.expiries[0]?.expiresAt;
}

test('the end of a key is the last moment at which it can close a message', { skip }, async () => {
  const inDays = (end: number | undefined) => end && Math.round((end - Date.now()) / (day * 1000));
  assert.equal(inDays(await endOf(keyRenewedByHalf().publicKey)), 365);
  const { home } = keyRenewedByHalf();
  gpg(home, ['--quick-add-key', fingerprintIn(home), 'cv25519', 'encr', '2y']);
  assert.equal(inDays(await endOf(gpg(home, ['--armor', '--export']).toString())), 730); // the one that follows
  const both = await madeKey({ keyExpirationTime: 50 * day, subkeys: [{ keyExpirationTime: 20 * day }] });
  assert.equal(inDays(await endOf(both.publicKey)), 20);
  const primary = await madeKey({ keyExpirationTime: 10 * day, subkeys: [{ keyExpirationTime: 20 * day }] });
  assert.equal(inDays(await endOf(primary.publicKey)), 10);
  assert.equal(await endOf((await madeKey()).publicKey), undefined);
});

test('a message is closed whatever the clock says: for who can open it now, else as on the last day', async () => {
  const [short, long] = [
    await madeKey({ keyExpirationTime: 20 * day }),
    await madeKey({ keyExpirationTime: 50 * day }),
  ];
  const both = `${short.publicKey}\n${long.publicKey}`;
  const subkeyOf = async ({ publicKey }: { publicKey: string }) =>
    (await (await readKey({ armoredKey: publicKey })).getEncryptionKey()).getKeyID().toHex();
  const [first, second] = [await subkeyOf(short), await subkeyOf(long)];
  for (const [at, expected] of [
    [Date.now(), [first, second]],
    [Date.now() + 30 * day * 1000, [second]],
    [Date.now() + 60 * day * 1000, [second]],
    [Date.now() - 365 * day * 1000, [second]], // a clock set back before the keys were made
  ] as const) {
    const sealed = await (await readTeamKeys(both, () => at)).seal(Buffer.from('Essai'));
    const message = await readMessage({ armoredMessage: Buffer.from(sealed).toString() });
    assert.deepEqual(
      message.getEncryptionKeyIDs().map((id) => id.toHex()),
      expected,
    );
  }
});

test('a subkey that has ended stops no start: the pages are there, requests are closed, red says it', {
  skip,
}, async () => {
  const { home, publicKey } = keyRenewedByHalf();
  const mailbox = await openMailbox();
  const clock = movableClock();
  const settings = { ...mailSettings(mailbox), ...clock.settings, PGP_PUBLIC_KEY_FILE: keyFile(publicKey) };
  const site = await startSite(settings);
  assert.deepEqual((await health(site)).alarms, []);
  clock.wrongBy(500);
  assert.deepEqual((await health(site)).alarms, ['KEY_EXPIRED']);
  await site.stop();
  const again = await startSite({ ...settings, DATA_DIR: site.dataDir });
  const { status, alarms } = await health(again);
  assert.deepEqual([status, alarms], [503, ['KEY_EXPIRED']]);
  assert.equal((await fetch(`${again.origin}/appeler`)).status, 200);
  assert.equal((await ask(again)).status, 303);
  await mailbox.received(1);
  assert.match((await opened(home, mailbox.sources[0] as Buffer)).text ?? '', /« Tournesol »/);
  await again.stop();
  assert.match(again.output(), /^ATTENTION \(red\) : KEY_EXPIRED/m);
  await mailbox.close();
});
