// Through a real mail chain, Postfix and Dovecot, on its bad days: accepted is not arrived, and each request is in a mailbox
// exactly once, each trouble told. One chain for all, in the order of this file.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { setDefaultCACertificates } from 'node:tls';
import { hasArrived } from '../../src/server/mail/arrival.ts';
import { readBounces } from '../../src/server/mail/bounces.ts';
import { inboxOf, openInbox } from '../../src/server/mail/inbox.ts';
import { checkReturns } from '../../src/server/preflight/checks/returns.ts';
import type { Machine } from '../../src/server/preflight/machine.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { boite } from '../support/command.ts';
import { temporaryFolder } from '../support/folder.ts';
import { freePort } from '../support/port.ts';
import { type Site, startSite } from '../support/site.ts';
import { type Box, password, skip, startChain } from './mail-chain.ts';

const chain = skip ? (undefined as never) : await startChain();
if (chain) setDefaultCACertificates([readFileSync(`${chain.trust.NODE_EXTRA_CA_CERTS}`, 'utf8')]); // for what runs here
after(() => chain?.close());

// Four sites for all: each stands before the trouble of its settings, then serves a second test.
const sites: Site[] = [];
after(async () => {
  for (const site of sites) await site.stop('SIGKILL');
});

/** A site before the chain; `settings` start it again, or a command beside it. */
async function siteWith(change: NodeJS.ProcessEnv = {}) {
  const given = { ...chain.settings, PORT: String(await freePort()), HOST: '127.0.0.1', ...change };
  const site = await startSite(given);
  sites.push(site);
  return { site, settings: { ...given, DATA_DIR: site.dataDir } };
}

const posted: Record<Box, number> = { site: 0, equipe: 0, seconde: 0, essais: 0 };
let requests = 0;
const readFrom = new Map<Site, number>(); // where in its output the last request begins

async function ask(site: Site): Promise<string> {
  requests += 1;
  readFrom.set(site, site.output().length);
  const prenom = `Tournesol-${requests}-`;
  const body = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin', prenom });
  const answer = await fetch(`${site.origin}/contact/envoi`, { method: 'POST', body, redirect: 'manual' });
  assert.equal(answer.status, 303);
  return prenom;
}

type Told = {
  state: string;
  alarms: string[];
  waiting: number;
  bounced: string[];
  lastRefusal: { code: string } | null;
};

async function health(site: Site): Promise<Told> {
  return (await fetch(`${site.origin}/sante`)).json() as Promise<Told>;
}

async function said(site: Site, words: RegExp): Promise<void> {
  while (!words.test(site.output().slice(readFrom.get(site) ?? 0))) await site.wrote();
}

/** The request is in this box, once, and in no other. */
async function isOnceIn(box: Box, name: string): Promise<string> {
  posted[box] += 1;
  const mails = await chain.arrived(box, posted[box]);
  const mail = mails.filter((one) => textOf(one).includes(name));
  assert.deepEqual([mails.length, mail.length], [posted[box], 1]);
  for (const other of ['equipe', 'seconde'] as const)
    assert.equal(chain.files(other).length, posted[other], `${other} has another number of mails`);
  return mail[0] ?? '';
}

// Quoted-printable or base64: a name stands in one line of it either way.
function textOf(mail: string): string {
  const decoded = mail
    .split(/\r?\n\r?\n/)
    .map((part) => Buffer.from(part.replaceAll(/\s/g, ''), 'base64').toString());
  return [mail, ...decoded].join('\n');
}

const ordinary = shared(() => siteWith());
const withoutSecond = shared(() => siteWith({ MAIL_TO_SECOND: '', SMTP_PASS: 'faux' }));
const none = { MAIL_TO_SECOND: '', IMAP_HOST: '', IMAP_USER: '', IMAP_PASS: '' };
const withoutImap = shared(() => siteWith({ ...none, ...chain.doors.outdated }));
const blind = shared(() => siteWith({ IMAP_PASS: 'faux', ...chain.doors.narrow }));

/** The same each time: the first who asks starts it. */
function shared<Value>(start: () => Promise<Value>): () => Promise<Value> {
  let started: Promise<Value> | undefined;
  return () => {
    started ??= start();
    return started;
  };
}

test('a greylist: told, then the request is there', { skip }, async () => {
  const { site } = await ordinary();
  chain.greylist.isOn = true;
  const name = await ask(site);
  await said(site, /"event":"delivery-failed".*"code":"EENVELOPE 450"/);
  assert.ok((await health(site)).alarms.includes('MAIL_REFUSED'));
  await isOnceIn('equipe', name);
  chain.greylist.isOn = false;
  assert.ok(chain.greylist.refused > 0);
  assert.ok(!(await health(site)).alarms.includes('MAIL_REFUSED'));
});

test('down, then up', { skip }, async () => {
  const { site } = await ordinary();
  chain.postfix('stop');
  const name = await ask(site);
  await said(site, /"event":"delivery-failed"/);
  assert.ok((await health(site)).alarms.includes('MAIL_LATE'));
  chain.postfix('start');
  await isOnceIn('equipe', name);
});

test('a certificate that has expired, then a new one', { skip }, async () => {
  const { site } = await withoutImap();
  const name = await ask(site);
  await said(site, /"event":"delivery-failed".*"code":"ESOCKET CERT_HAS_EXPIRED"/);
  assert.ok((await health(site)).alarms.includes('MAIL_LATE'));
  chain.renew();
  await isOnceIn('equipe', name);
});

test('without IMAP a request that comes back is told by nobody, as it always was; and nothing of it is kept', {
  skip,
}, async () => {
  const { site, settings } = await withoutImap();
  await chain.fill('equipe');
  await ask(site);
  await said(site, /"event":"delivered"/);
  posted.site += 1;
  await chain.arrived('site', posted.site);
  await chain.fill();
  const { alarms, waiting } = await health(site);
  assert.deepEqual([alarms.filter((one) => /BOUNCE|AGAIN|MAILBOX/.test(one)), waiting], [[], 0]);
  assert.match((await boite(settings, 'relancer')).output, /^0 en attente/);
  const outbox = new DatabaseSync(join(site.dataDir, 'demandes.sqlite'), { readOnly: true });
  assert.equal(outbox.prepare('SELECT count(*) AS count FROM sent').get()?.count, 0);
  outbox.close();
});

test('room for one link only, and it is taken, then free', { skip }, async () => {
  const { site } = await blind();
  const other = connect(Number(chain.doors.narrow.SMTP_PORT), '127.0.0.1');
  await once(other, 'data'); // its greeting
  const name = await ask(site);
  await said(site, /"event":"delivery-failed".*"code":"[A-Z ]+421"/);
  assert.ok((await health(site)).alarms.includes('MAIL_REFUSED'));
  other.destroy();
  await isOnceIn('equipe', name);
});

test('a mailbox that cannot be read is told, and requests leave', { skip }, async () => {
  const { site } = await blind();
  const name = await ask(site);
  await isOnceIn('equipe', name);
  const told = site.output().match(/"event":"mailbox-unread","name":"IMAP","code":"EAUTH"/g);
  assert.equal(told?.length, 1);
  assert.ok((await health(site)).alarms.includes('MAILBOX_UNREAD'));
});

test('a full box refuses behind the server: what comes back is read, and is in the second box', {
  skip,
}, async () => {
  const { site } = await ordinary();
  await chain.fill('equipe');
  const name = await ask(site);
  await said(site, /"event":"bounced-once".*"code":"5\.2\.2"/);
  const mail = await isOnceIn('seconde', name);
  assert.match(mail, /^Resent-To: seconde@example\.org\r?$/m);
  assert.match(mail, /^To: equipe@example\.org\r?$/m);
  const { alarms, bounced } = await health(site);
  assert.ok(alarms.includes('MAIL_SENT_AGAIN') && !alarms.includes('MAIL_BOUNCED'), alarms.join());
  assert.deepEqual(bounced, []);
  posted.site += 1;
  const bounces = await chain.arrived('site', posted.site);
  const ours = bounces.filter((bounce) => bounce.includes(idIn(mail)));
  assert.equal(ours.length, 1);
  assert.ok(!textOf(ours.join()).includes(name)); // its header alone came back
  assert.doesNotMatch(site.output(), /Tournesol|example\.org|0199001234/);
});

test('both boxes are full: red, with the reference, until somebody makes room and sends it back', {
  skip,
}, async () => {
  const { site, settings } = await ordinary();
  await chain.fill('equipe', 'seconde');
  const name = await ask(site);
  await said(site, /"event":"bounced"/);
  posted.site += 2;
  const { state, alarms, bounced } = await health(site);
  assert.deepEqual([state, alarms.includes('MAIL_BOUNCED'), bounced.length], ['red', true, 1]);
  const beside = await boite(settings);
  assert.ok(beside.output.includes(`\nRevenue, et sans autre chemin : réf. ${bounced[0]}\n`));
  assert.equal(beside.code, 1);
  await chain.fill();
  const { output } = await boite(settings, 'relancer');
  assert.match(output, /^Revenues de la boîte de l’équipe, et reparties vers elle : 1$/m);
  await isOnceIn('equipe', name);
  assert.deepEqual((await health(site)).bounced, []);
  await chain.arrived('site', posted.site);
});

test('a password that is wrong, then right', { skip }, async () => {
  const { site, settings } = await withoutSecond();
  const name = await ask(site);
  await said(site, /"event":"delivery-failed".*"code":"EAUTH 535"/);
  assert.ok((await health(site)).alarms.includes('MAIL_REFUSED'));
  await site.stop();
  sites.push(await startSite({ ...settings, SMTP_PASS: password }));
  await isOnceIn('equipe', name);
});

test('without a second box a request that comes back is red at once, and waits for somebody', {
  skip,
}, async () => {
  const { settings } = await withoutSecond();
  const site = sites.at(-1) as Site;
  await chain.fill('equipe');
  const name = await ask(site);
  await said(site, /"event":"bounced"/);
  posted.site += 1;
  assert.ok((await health(site)).alarms.includes('MAIL_BOUNCED'));
  await chain.fill();
  await boite(settings, 'relancer');
  await isOnceIn('equipe', name);
});

/** A report that a message was not delivered, as anybody may write it. */
function reportOn(id: string, action = 'failed', more = ''): string {
  return `From: MAILER-DAEMON@example.net
To: site@example.org
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

Tournesol
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; example.net

Final-Recipient: rfc822; equipe@example.org
Action: ${action}
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: <${id}@example.org>
${more}
--b--
`;
}

const idIn = (mail: string) => /^Message-ID: <([0-9a-f]{32})@/im.exec(mail)?.[1] ?? '';

test('what a stranger sends to that mailbox makes nothing leave, and stays as it was', {
  skip,
}, async () => {
  const { site } = await ordinary();
  const name = await ask(site);
  const mail = await isOnceIn('equipe', name);
  const before = [...chain.files('site')];
  const strange = [
    reportOn('f'.repeat(32)),
    reportOn(idIn(mail), 'delayed'),
    'Subject: Bonjour\n\nTournesol',
    `Subject: long\n\n${'a\n'.repeat(100_000)}`,
  ];
  for (const one of strange) await chain.drop('site', one);
  await chain.drop('site', reportOn(idIn(mail))); // it knows an id: our own bytes, to our own second box, once
  await said(site, /"event":"bounced-once"/);
  await isOnceIn('seconde', name);
  await chain.drop('site', reportOn(idIn(mail)));
  posted.site += strange.length + 2;
  await chain.arrived('site', posted.site);
  assert.equal((await health(site)).waiting, 0);
  const marked = chain.files('site').filter((file) => /:2,.*[a-z]/.test(file) && !before.includes(file));
  assert.equal(marked.length, 1); // a keyword; none is deleted, none is read in a person's place
  assert.ok(chain.files('site').every((file) => !/:2,.*S/.test(file)));
  assert.doesNotMatch(site.output(), /Tournesol|example\.net/);
});

test('`verifier` opens the mailboxes as the site would, and says what is wrong with them', {
  skip,
}, async () => {
  const found = async (change: NodeJS.ProcessEnv) => {
    const settings = readSettings({ ...chain.settings, DATA_DIR: temporaryFolder(), ...change });
    const findings = await checkReturns({ settings } as Machine);
    return findings.map(({ what, state, advice }) => `${state} ${what} : ${advice}`);
  };
  const tests = {
    TEST_IMAP_HOST: 'localhost',
    TEST_IMAP_PORT: chain.settings.IMAP_PORT,
    TEST_IMAP_USER: 'essais',
  };
  const lines = await found({ ...tests, TEST_IMAP_PASS: password });
  assert.match(
    lines[0] ?? '',
    /^ok Retours de courriel : localhost:\d+ nous reconnaît ; .* MAIL_TO_SECOND\.$/,
  );
  assert.match(lines[1] ?? '', /^ok Boîte des essais : /);
  assert.match(`${await found({ MAIL_TO_SECOND: '' })}`, /^ok Retours de courriel : .* MAIL_BOUNCED/);
  assert.match(`${await found(none)}`, /^warn Retours de courriel : personne ne les lit/);
  assert.match(
    `${await found({ IMAP_PASS: 'faux' })}`,
    /^fail .* refuse le mot de passe\. Corriger IMAP_USER/,
  );
  assert.match(`${await found({ IMAP_HOST: '127.0.0.1' })}`, /^fail .* certificat n’est pas à ce nom/);
  assert.match(`${await found({ IMAP_PORT: '9' })}`, /^fail .* Vérifier IMAP_HOST, IMAP_PORT/);
});

test('a flood of bounces about nothing of ours is read a part at a time, the newest first, and said', {
  skip,
}, async () => {
  const imap = { host: 'localhost', port: chain.imapPort, user: 'essais', pass: password };
  await chain.drop('essais', ...Array.from({ length: 201 }, (_, n) => reportOn(`${n}`.padStart(32, '0'))));
  const inbox = inboxOf(imap);
  await openInbox(inbox);
  const handled: string[] = [];
  const handle = async ({ id }: { id: string }) => {
    handled.push(id);
    return 'unknown' as const;
  };
  const later = { handle, known: new Set<number>(), now: () => Date.now() + 3_600_000 };
  const first = await readBounces(inbox, later);
  assert.deepEqual(first, { unknown: 200, isPartial: true, isHasty: false });
  assert.ok(!handled.includes('0'.repeat(32)), 'the oldest waits');
  assert.deepEqual(await readBounces(inbox, later), { unknown: 1, isPartial: false, isHasty: false });
  assert.deepEqual(await readBounces(inbox, later), { unknown: 0, isPartial: false, isHasty: false });
  const now = { handle, known: new Set<number>(), now: Date.now };
  assert.deepEqual(await readBounces(inbox, now), { unknown: 0, isPartial: true, isHasty: true }); // asked again later
  assert.equal(now.known.size, 0);
  inbox.close();
});

test('the test of the morning is found in its mailbox, and only there', { skip }, async () => {
  const imap = { host: 'localhost', port: chain.imapPort, user: 'essais', pass: password };
  await chain.drop('essais', 'Message-ID: <0123@example.org>\nSubject: Essai technique\n\nEssai');
  assert.equal(await hasArrived('<0123@example.org>', imap), true);
  assert.equal(await hasArrived('<4567@example.org>', imap), false);
  const wrong = [
    [{ pass: 'faux' }, 'EAUTH'],
    [{ port: 9 }, 'ECONNREFUSED'],
    [{ host: '127.0.0.1' }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const;
  for (const [change, code] of wrong)
    await assert.rejects(hasArrived('<0123@example.org>', { ...imap, ...change }), { code });
});
