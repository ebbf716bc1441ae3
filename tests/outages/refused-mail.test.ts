// The mail server answers, and refuses: told at once everywhere, without a storm, and over as soon as one message passes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { boite } from '../support/command.ts';
import { mailSettings } from '../support/mailbox.ts';
import { freePort } from '../support/port.ts';
import { type Site, startSite } from '../support/site.ts';
import { type Manner, openRefusingMailbox, type RefusingMailbox } from './refusing-mailbox.ts';

const root = new URL('../..', import.meta.url).pathname;
const guide = readFileSync(`${root}docs/exploitation.md`, 'utf8');
const login = { SMTP_USER: 'site', SMTP_PASS: 'un mot de passe d’essai' };

async function ask(site: Site, prenom: string): Promise<string> {
  const body = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin', prenom });
  const answer = await fetch(`${site.origin}/contact/envoi`, { method: 'POST', body, redirect: 'manual' });
  assert.equal(answer.status, 303);
  return new URL(answer.headers.get('location') ?? '', site.origin).href;
}

type Told = { alarms: string[]; waiting: number; lastRefusal: { code: string; secondsAgo: number } | null };

async function health(site: Site): Promise<Told> {
  return (await fetch(`${site.origin}/sante`)).json() as Promise<Told>;
}

const alarmsIn = (output: string) => /^État : \w+ \((.*)\)$/m.exec(output)?.[1]?.split(', ').toSorted();

/** A site before a mail server that refuses, both closed with the test. */
async function siteBefore(t: TestContext, manner: Manner, more: NodeJS.ProcessEnv = {}) {
  const mailbox = await openRefusingMailbox(manner);
  const settings = { ...mailSettings(mailbox), PORT: String(await freePort()), HOST: '127.0.0.1', ...more };
  const site = await startSite(settings);
  t.after(async () => {
    await site.stop('SIGKILL');
    await mailbox.close();
  });
  return { mailbox, site, settings: { ...settings, DATA_DIR: site.dataDir } };
}

async function failures(site: Site, count: number): Promise<number> {
  const failed = () => site.output().match(/"event":"delivery-failed"/g)?.length ?? 0;
  while (failed() < count) await site.wrote();
  return failed();
}

const manners: [Manner, NodeJS.ProcessEnv, string][] = [
  ['busy', {}, 'EPROTOCOL 421'],
  ['name', {}, 'EPROTOCOL 550'],
  ['no-tls', { SMTP_REQUIRE_TLS: 'true' }, 'ETLS'],
  ['login', login, 'EAUTH 535'],
  ['recipient', {}, 'EENVELOPE 550'],
  ['content', {}, 'EMESSAGE 552'],
];

for (const [manner, more, code] of manners)
  test(`refused (${manner}): health, the page, the command beside and the guide say so at once`, async (t) => {
    const { site, settings } = await siteBefore(t, manner, more);
    const page = await ask(site, 'Tournesol');
    await failures(site, 1);
    const told = await health(site);
    assert.ok(told.alarms.includes('MAIL_REFUSED'), told.alarms.join());
    assert.ok(told.lastRefusal?.code.startsWith(code), `${told.lastRefusal?.code}`);
    const html = await (await fetch(page)).text();
    assert.match(html, /L’envoi à l’équipe a du retard\.[\s\S]*tel:\+33189119494/);
    const { output: seen } = await boite(settings);
    assert.match(seen, new RegExp(`^Dernier refus du serveur de courriel : ${code}.*, il y a \\d+ s$`, 'm'));
    assert.deepEqual(alarmsIn(seen), (await health(site)).alarms.toSorted());
    assert.ok(guide.includes(`\`${code.replace(/ 5\d\d$| 421$/, '')}`), code);
    assert.doesNotMatch(site.output() + seen, /Words of the server|Tournesol|0199001234/);
    await site.stop();
    const { output: beside } = await boite(settings);
    assert.match(beside, /^Site : il ne répond pas/m);
    assert.deepEqual(alarmsIn(beside), alarmsIn(seen)); // the outbox alone tells it
  });

test('a server that wants a full name is given the one of the site', async (t) => {
  const { site, mailbox } = await siteBefore(t, 'name', { PUBLIC_ORIGIN: 'https://exemple.fr' });
  await ask(site, 'Tournesol');
  await emptied(site, mailbox, 1);
});

test('fifteen requests and a wrong password: a login now and then, and once it is right all leave', async (t) => {
  const { site, mailbox, settings } = await siteBefore(t, 'login', login);
  for (let n = 0; n < 15; n += 1) await ask(site, `Essai ${n}`);
  const failed = await failures(site, 2);
  assert.ok(mailbox.seen.logins <= failed + 1, `${mailbox.seen.logins} logins, ${failed} failures`);
  assert.ok(mailbox.seen.logins <= 5, `${mailbox.seen.logins} logins for fifteen requests`);
  mailbox.manner = 'nothing';
  await boite(settings, 'relancer');
  await emptied(site, mailbox, 15);
  assert.deepEqual((await health(site)).lastRefusal, null);
});

test('a mailbox that was full: the first that passes brings the others at once', async (t) => {
  const { site, mailbox } = await siteBefore(t, 'content');
  for (let n = 0; n < 8; n += 1) await ask(site, `Essai ${n}`);
  await failures(site, 6);
  mailbox.manner = 'nothing';
  await emptied(site, mailbox, 8);
});

test('what was refused before a restart leaves at once after it', async (t) => {
  const { site, mailbox, settings } = await siteBefore(t, 'login', login);
  await ask(site, 'Tournesol');
  await failures(site, 3);
  await site.stop();
  mailbox.manner = 'nothing';
  const again = await startSite(settings);
  assert.ok((await health(again)).alarms.includes('MAIL_REFUSED') || mailbox.seen.accepted.length === 1);
  await emptied(again, mailbox, 1);
  assert.ok(!(await health(again)).alarms.includes('MAIL_REFUSED'));
  await again.stop();
});

async function emptied(site: Site, { seen }: RefusingMailbox, count: number): Promise<void> {
  while ((await health(site)).waiting > 0);
  assert.deepEqual([seen.accepted.length, new Set(seen.accepted).size], [count, count]);
}
