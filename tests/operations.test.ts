// What the person on duty sees: health, metrics, `npm run boite`, the test of the morning.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { parisInstant } from '../src/service/calendar.ts';
import { boite, command } from './support/command.ts';
import { temporaryFolder } from './support/folder.ts';
import { fromGuide } from './support/guide.ts';
import { mailSettings, openMailbox } from './support/mailbox.ts';
import { freePort } from './support/port.ts';
import { type Site, startSite } from './support/site.ts';
import { keyFile } from './support/team-keys.ts';

const root = new URL('..', import.meta.url).pathname;
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const preload = new URL('outages/wrong-clock.ts', import.meta.url).href;
const words = { tel: '01 99 00 12 34', quand: 'lun-matin', prenom: 'Tournesol' };

async function ask(site: Site, form: Record<string, string> = words): Promise<Response> {
  const body = new URLSearchParams(form);
  const answer = await fetch(`${site.origin}/contact/envoi`, { method: 'POST', body, redirect: 'manual' });
  assert.equal(answer.status, 303);
  return answer;
}

test('health tells a state to everybody, and its details to this machine or for the token only', async () => {
  const site = await startSite({ HEALTH_TOKEN: 'un-jeton-de-sante-1234' });
  const details = async (headers: Record<string, string> = {}) =>
    (await fetch(`${site.origin}/sante`, { headers })).json() as Promise<Record<string, unknown>>;
  const { freeMegabytes, floodMeasure, ...known } = await details();
  assert.deepEqual(known, {
    version,
    state: 'degraded',
    alarms: ['NO_TEAM_KEY', 'MAIL_TO_FOLDER'],
    sealing: 'secret',
    store: 'sqlite',
    mail: 'folder',
    waiting: 0,
    oldestUnsentMinutes: 0,
    keyExpiresInDays: null,
    loopBusyShare: null,
    loopDelaySeconds: null,
    formsThisHour: 0,
    lastRefusal: null,
    bounced: [],
  });
  assert.ok(Number(freeMegabytes) > 0 && Number(floodMeasure) >= 30);
  const throughProxy = { 'x-forwarded-for': '192.0.2.1' };
  assert.deepEqual(await details(throughProxy), { state: 'degraded' });
  assert.deepEqual(await details({ ...throughProxy, authorization: 'Bearer un-autre-jeton-1234' }), {
    state: 'degraded',
  });
  const withToken = await details({ ...throughProxy, authorization: 'Bearer un-jeton-de-sante-1234' });
  assert.equal(withToken.store, 'sqlite');
  assert.equal((await fetch(`${site.origin}/sante`, { method: 'POST' })).status, 405);
  await site.stop();
});

test('metrics count what happened without a word or an id, and are not there for a stranger', async () => {
  const mailbox = await openMailbox();
  const site = await startSite(mailSettings(mailbox));
  await ask(site);
  await mailbox.received(1);
  const metrics = async () => (await fetch(`${site.origin}/metriques`)).text();
  let page = await metrics();
  while (!/^premierpas_waiting 0$/m.test(page)) page = await metrics(); // it is erased after it was delivered
  assert.match(page, /^premierpas_events_total\{event="request-kept",code=""\} 1$/m);
  assert.match(page, /^premierpas_delivery_seconds_count 1$/m);
  assert.match(page, /^premierpas_state 1$/m);
  assert.ok(page.includes(`\npremierpas_site_info{version="${version}"} 1\n`));
  const named = page.replace(/ \S+$/gm, ''); // four digits may fall anywhere in a figure
  assert.ok(!/Tournesol|0199|[0-9a-f]{32}/.test(named));
  assert.ok(!/Tournesol|199001234|[0-9a-f]{32}/.test(page));
  const stranger = await fetch(`${site.origin}/metriques`, { headers: { 'x-forwarded-for': '192.0.2.1' } });
  assert.equal(stranger.status, 404);
  assert.match(await stranger.text(), /tel:\+33189119494/);
  await site.stop();
  await mailbox.close();
});

test('the installed version is told as the guide says, even where a setting is wrong', async () => {
  const [, word = ''] = fromGuide('un-premier-pas --version').split(' ');
  const { code, output } = await command({ PORT: 'faux' }, word);
  assert.deepEqual({ code, output }, { code: 0, output: `${version}\n` });
});

test('mail is down: health and the page that confirms say so, and the page gives the number', async () => {
  const { port, close } = await openMailbox();
  await close();
  const site = await startSite(mailSettings({ port }));
  await ask(site);
  const state = async () =>
    ((await (await fetch(`${site.origin}/sante`)).json()) as { alarms: string[] }).alarms;
  while (!(await state()).includes('MAIL_LATE'));
  const { headers } = await ask(site, { ...words, prenom: 'Coquelicot' });
  const page = await (await fetch(new URL(headers.get('location') ?? '', site.origin))).text();
  assert.match(page, /L’envoi à l’équipe a du retard\.[\s\S]*tel:\+33189119494/);
  const mailbox = await openMailbox(port);
  await mailbox.received(2);
  while ((await state()).includes('MAIL_LATE'));
  const again = await (await fetch(new URL(headers.get('location') ?? '', site.origin))).text();
  assert.doesNotMatch(again, /retard/);
  await site.stop();
  await mailbox.close();
});

test('npm run boite counts what waits, reads it all again, and says when it must be acted on', async () => {
  const { port, close } = await openMailbox();
  await close();
  const site = await startSite(mailSettings({ port }));
  const settings = { ...mailSettings({ port }), DATA_DIR: site.dataDir };
  await ask(site);
  await ask(site, { ...words, prenom: 'Coquelicot' });
  const state = await boite(settings);
  assert.match(state.output, /^En attente : 2$/m);
  assert.equal(state.code, 0);
  assert.deepEqual(await boite(settings, 'verifier'), {
    code: 0,
    output: '2 demandes entières, 0 illisibles\n',
    errors: '',
  });
  const other = await boite(
    { ...settings, OUTBOX_SECRET: 'un autre secret, assez long pour servir' },
    'verifier',
  );
  assert.equal(other.code, 1);
  assert.match(other.output, /^0 demandes entières, 2 illisibles\n- [0-9a-f]{32}\n- [0-9a-f]{32}$/m);
  assert.match(other.output, /OUTBOX_SECRET n’est pas celui avec lequel cette boîte d’envoi a servi/);
  assert.equal((await boite(settings, 'autre')).code, 2);
  assert.match((await boite({ ...settings, PORT: 'x' })).errors, /^Réglage PORT/);
  assert.ok(!/Tournesol|Coquelicot/.test(state.output + other.output));
  await site.stop();
});

test('npm run boite -- relancer makes a request leave that would have waited for minutes', async () => {
  let refusals = 0;
  const mailbox = await openMailbox(0, () => {
    refusals += 1;
    if (refusals <= 7) throw Object.assign(new Error('busy'), { responseCode: 451 });
  });
  const site = await startSite(mailSettings(mailbox));
  const settings = { ...mailSettings(mailbox), DATA_DIR: site.dataDir };
  await ask(site);
  while (mailbox.mails.length === 0) await boite(settings, 'relancer'); // seven refusals: four minutes without it
  await site.stop();
  await mailbox.close();
});

test('npm run boite -- essai goes the whole way to the mailbox for tests', async () => {
  const mailbox = await openMailbox();
  const settings = {
    ...mailSettings(mailbox),
    TEST_TO: 'astreinte@example.org',
    DATA_DIR: temporaryFolder(),
  };
  const site = await startSite(settings);
  const done = await boite(settings, 'essai');
  assert.equal(done.code, 0, done.output);
  assert.match(done.output, /^Accepté par le serveur de courriel en \d+\.\d s\.$/m);
  const [mail] = mailbox.mails;
  assert.equal(mail?.subject, 'Essai technique');
  assert.deepEqual(
    [mail?.to].flat().map((to) => to?.text),
    ['astreinte@example.org'],
  );
  assert.match(mail?.text ?? '', /^ESSAI TECHNIQUE : NE PAS APPELER\n[\s\S]*\nINTERDITS\n/);
  await site.stop();
  await mailbox.close();
});

/** A site that starts on Tuesday 24 November 2026 at a Paris time. */
async function siteAt(minutes: number, settings: NodeJS.ProcessEnv) {
  const CLOCK_FILE = join(temporaryFolder(), 'clock');
  const setClock = (at: number) =>
    writeFileSync(CLOCK_FILE, String(parisInstant('2026-11-24', at).getTime() - Date.now()));
  setClock(minutes);
  const clock = { NODE_OPTIONS: `--import ${preload}`, CLOCK_FILE };
  return { site: await startSite({ ...settings, ...clock, MORNING_TEST: 'true' }), setClock, clock };
}

test('the morning test leaves once before nine, even when the site starts again', async () => {
  const mailbox = await openMailbox();
  const settings = { ...mailSettings(mailbox), DATA_DIR: temporaryFolder() };
  const { site } = await siteAt(8 * 60, settings);
  await mailbox.received(1);
  assert.equal(mailbox.mails[0]?.subject, 'Essai technique');
  await site.stop();
  const { site: again } = await siteAt(8 * 60 + 5, settings);
  await ask(again);
  await mailbox.received(2);
  assert.match(mailbox.mails[1]?.subject ?? '', /^Demande \S+ \d\d – /);
  await again.stop();
  await mailbox.close();
});

test('a morning test that is not accepted turns health red before nine, until it is', async () => {
  const { port, close } = await openMailbox();
  await close();
  const { site, setClock, clock } = await siteAt(8 * 60, mailSettings({ port }));
  const state = async () => {
    const answer = await fetch(`${site.origin}/sante`);
    return { status: answer.status, ...((await answer.json()) as { alarms: string[]; waiting: number }) };
  };
  while ((await state()).waiting === 0);
  setClock(8 * 60 + 16);
  const lost = await state();
  assert.equal(lost.status, 503);
  assert.ok(lost.alarms.includes('MORNING_TEST_LOST'));
  const seen = await boite({ ...mailSettings({ port }), ...clock, DATA_DIR: site.dataDir });
  assert.equal(seen.code, 1);
  assert.match(seen.output, /^État : red \(.*MORNING_TEST_LOST/m);
  const mailbox = await openMailbox(port);
  await mailbox.received(1);
  while ((await state()).alarms.includes('MORNING_TEST_LOST'));
  await site.stop();
  await mailbox.close();
});

type State = { status: number; alarms: string[]; waiting: number };

async function stateOf(site: Site): Promise<State> {
  const answer = await fetch(`${site.origin}/sante`);
  return { status: answer.status, ...((await answer.json()) as Omit<State, 'status'>) };
}

const guide = readFileSync(new URL('../docs/exploitation.md', import.meta.url), 'utf8');

test('OUTBOX_SECRET changed while requests wait: new ones leave, everything names it, and the old one brings all back', async () => {
  const { port, close } = await openMailbox();
  await close();
  const PORT = String(await freePort());
  const settings = { ...mailSettings({ port }), PORT, DATA_DIR: temporaryFolder() };
  const [right, wrong] = ['le premier secret, assez long', 'le second secret, assez long'].map((text) => ({
    ...settings,
    OUTBOX_SECRET: `${text} pour servir`,
  }));
  const before = await startSite(right);
  for (const prenom of ['Tournesol', 'Coquelicot', 'Bleuet']) await ask(before, { ...words, prenom });
  await before.stop();

  const mailbox = await openMailbox(port);
  const site = await startSite(wrong);
  const { headers } = await ask(site, { ...words, prenom: 'Anémone' });
  const [mail] = await mailbox.received(1);
  assert.match(mail?.text ?? '', /« Anémone »/);
  while ((await stateOf(site)).waiting > 3); // it is erased after it was delivered
  const { status, alarms } = await stateOf(site);
  assert.equal(status, 503);
  assert.deepEqual(
    alarms.filter((one) => /MAIL|SECRET|REQUEST/.test(one)),
    ['REQUEST_UNREADABLE', 'SECRET_CHANGED'],
  );
  const page = await (await fetch(new URL(headers.get('location') ?? '', site.origin))).text();
  assert.doesNotMatch(page, /retard/);
  const seen = await boite({ ...wrong });
  assert.deepEqual([seen.code, alarmsIn(seen.output)], [1, alarms.toSorted()]);
  assert.match(seen.output, /^Illisibles : .* OUTBOX_SECRET/m);
  for (const alarm of ['REQUEST_UNREADABLE', 'SECRET_CHANGED'])
    assert.match(guide, new RegExp(`^\\| \`${alarm}\` .*OUTBOX_SECRET`, 'm'));
  assert.equal(site.output().match(/"event":"secret-changed"/g)?.length, 1);
  await site.stop();

  const again = await startSite(right);
  await mailbox.received(4);
  while ((await stateOf(again)).waiting > 0);
  assert.deepEqual((await stateOf(again)).alarms, ['NO_TEAM_KEY']);
  assert.doesNotMatch(site.output() + seen.output, /Tournesol|Anémone|0199001234|second secret/);
  await again.stop();
  await mailbox.close();
});

const alarmsIn = (output: string) => /^État : \w+ \((.*)\)$/m.exec(output)?.[1]?.split(', ').toSorted();

test('the documented change of OUTBOX_SECRET, with an empty outbox, is no alarm', async () => {
  const mailbox = await openMailbox();
  const settings = { ...mailSettings(mailbox), DATA_DIR: temporaryFolder() };
  for (const secret of [
    'le premier secret, assez long pour servir',
    'le second secret, assez long pour servir',
  ]) {
    const site = await startSite({ ...settings, OUTBOX_SECRET: secret });
    assert.deepEqual((await stateOf(site)).alarms, ['NO_TEAM_KEY']);
    await ask(site, words);
    while ((await stateOf(site)).waiting > 0);
    await site.stop();
  }
  await mailbox.close();
});

test('one byte of one request changed on the disk: the others leave, the page tells nobody of a delay', async () => {
  const { port, close } = await openMailbox();
  await close();
  const settings = { ...mailSettings({ port }), DATA_DIR: temporaryFolder() };
  const before = await startSite(settings);
  for (const prenom of ['Tournesol', 'Coquelicot']) await ask(before, { ...words, prenom });
  await before.stop();
  const db = new DatabaseSync(join(settings.DATA_DIR, 'demandes.sqlite'));
  const row = db.prepare('SELECT id, sealed FROM outbox ORDER BY received_at LIMIT 1').get();
  const sealed = Buffer.from(row?.sealed as Uint8Array);
  sealed[100] = (sealed[100] ?? 0) ^ 1;
  db.prepare('UPDATE outbox SET sealed = ? WHERE id = ?').run(sealed, row?.id ?? null);
  db.close();
  const mailbox = await openMailbox(port);
  const site = await startSite(settings);
  const [mail] = await mailbox.received(1);
  assert.match(mail?.text ?? '', /« Coquelicot »/);
  while ((await stateOf(site)).waiting > 1);
  assert.deepEqual((await stateOf(site)).alarms, ['REQUEST_UNREADABLE', 'NO_TEAM_KEY']);
  const { headers } = await ask(site, { ...words, prenom: 'Bleuet' });
  const page = await (await fetch(new URL(headers.get('location') ?? '', site.origin))).text();
  assert.doesNotMatch(page, /retard/);
  await mailbox.received(2);
  await site.stop();
  await mailbox.close();
});

test('what waits closed for a key that has left the file is counted by the command', async () => {
  const { port, close } = await openMailbox();
  await close();
  const settings = { ...mailSettings({ port }), DATA_DIR: temporaryFolder() };
  const [old, young] = [await keyFile(400), await keyFile(400)];
  const site = await startSite({ ...settings, PGP_PUBLIC_KEY_FILE: old });
  await ask(site);
  await site.stop();
  const read = (file: string) => boite({ ...settings, PGP_PUBLIC_KEY_FILE: file }, 'verifier');
  assert.equal((await read(old)).output, '1 demandes entières, 0 illisibles\n');
  const seen = await read(young);
  assert.match(seen.output, /^1 fermées pour une clé qui n’est plus dans PGP_PUBLIC_KEY_FILE/m);
  assert.equal(seen.code, 0);
});
