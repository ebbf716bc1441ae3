// Rate, proof or refusal for a posted form: on the running site, with its e-mails.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { type Mailbox, mailSettings, openMailbox } from '../support/mailbox.ts';
import { skip, startPostgres } from '../support/postgres.ts';
import { type Site, startSite } from '../support/site.ts';
import { openCaptchaService } from './captcha-service.ts';

const mailbox = await openMailbox();
const service = await openCaptchaService();
after(async () => {
  service.close();
  await mailbox.close();
});

const mark = /- Demande non vérifiée/;
const ours = { 'sec-fetch-site': 'same-origin' };
const person = { tel: '01 99 00 12 34', quand: 'lun-matin', duree: '80' };

type Post = { form?: Record<string, string>; headers?: Record<string, string>; path?: string };

function post(
  site: Site,
  { form = {}, headers = ours, path = '/contact/envoi' }: Post = {},
): Promise<Response> {
  const body = new URLSearchParams({ ...person, prenom: String(Math.random()), ...form });
  return fetch(site.origin + path, { method: 'POST', body, headers, redirect: 'manual' });
}

/** Posts until an answer is not like the first; how many were, and that answer. Where it ends is drawn. */
async function untilChanged(site: Site, like?: Post): Promise<{ count: number; last: Response }> {
  const first = await post(site, like);
  for (let count = 1; count < 100; count += 1) {
    const last = await post(site, like);
    if (last.status !== first.status || last.headers.get('retry-after') !== first.headers.get('retry-after'))
      return { count, last };
  }
  throw new Error(`Always ${first.status}`);
}

// With twenty forms an hour, the least of what is drawn: of forms, and of those in doubt.
const [leastForms, leastDoubtful] = [12, 4];

const start = (settings: NodeJS.ProcessEnv = {}) =>
  startSite({ ...mailSettings(mailbox), RATE_PER_HOUR: '20', ...settings });

/** Posts once, and gives the text of the e-mail that it became. */
async function mailOf(site: Site, box: Mailbox, like?: Post): Promise<string> {
  const before = box.mails.length;
  assert.equal((await post(site, like)).status, 303);
  const mails = await box.received(before + 1);
  return mails.at(-1)?.text ?? '';
}

test('above the measure the form comes back as it was typed, with when to try again, and the number', async () => {
  const site = await start();
  const { count, last } = await untilChanged(site, { form: { mot: 'Tournesol' } });
  assert.ok(count >= leastForms, `${count}`);
  assert.equal(last.status, 429);
  assert.equal(last.headers.get('retry-after'), '3600');
  const page = await last.text();
  assert.match(page, /Votre demande n’est pas partie/);
  assert.match(page, /réessayer dans une heure/);
  assert.match(page, /value="Tournesol"/);
  assert.match(page, /tel:\+33189119494/);
  await site.stop();
});

test('far above it one small page with the number; another address is not concerned', async () => {
  const site = await start({ TRUSTED_PROXIES: '127.0.0.1' });
  const flood = { headers: { ...ours, 'x-forwarded-for': '192.0.2.1' } };
  await untilChanged(site, flood);
  let page = '';
  for (let count = 0; count < 60 && !/Trop d’essais/.test(page); count += 1) {
    const answer = await post(site, flood);
    assert.equal(answer.status, 429);
    assert.equal(answer.headers.get('retry-after'), '3600');
    page = await answer.text();
  }
  assert.match(page, /Trop d’essais/);
  assert.match(page, /réessayer dans une heure/);
  assert.match(page, /tel:\+33189119494/);
  assert.equal((await post(site, { headers: { ...ours, 'x-forwarded-for': '192.0.2.2' } })).status, 303);
  await site.stop();
});

test('forms that cannot be kept get the small page in the end, and never stop one that can', async () => {
  const site = await start();
  const { last } = await untilChanged(site, { form: { tel: '' } });
  assert.equal(last.status, 429);
  assert.match(await last.text(), /il manquait peut-être un numéro complet ou un moment/);
  assert.equal((await post(site)).status, 303);
  await site.stop();
});

test('the page of a request opens again and again, not without end; without a token of ours it is one page for all', async () => {
  const site = await start();
  const [mine, other] = [await post(site), await post(site)].map(
    ({ headers }) => site.origin + headers.get('location'),
  );
  const statuses = new Set<number>();
  let opened = 0;
  for (; opened < 200 && !statuses.has(429); opened += 1) statuses.add((await fetch(`${mine}`)).status);
  assert.deepEqual([...statuses], [200, 429]);
  assert.ok(opened >= 48, `${opened}`);
  assert.equal((await fetch(`${other}`)).status, 200);
  for (const path of ['suite', 'modifier']) {
    const texts = new Set<string>();
    for (const token of ['', 'x', 'y'.repeat(400)]) {
      const answer = await fetch(`${site.origin}/contact/${path}?jeton=${token}`);
      assert.equal(answer.status, 410);
      texts.add(await answer.text());
    }
    assert.equal(texts.size, 1);
    assert.match([...texts].join(), /tel:\+33189119494/);
  }
  await site.stop();
});

test('a browser that does not say where it comes from has a smaller measure, and no mark', async () => {
  const site = await start();
  assert.doesNotMatch(await mailOf(site, mailbox, { headers: {} }), mark);
  const { count, last } = await untilChanged(site, { headers: {} });
  assert.ok(count >= leastDoubtful - 1 && last.status === 429, `${count} ${last.status}`);
  assert.equal((await post(site)).status, 303); // of this one we are sure
  await site.stop();
});

for (const [what, form] of [
  ['the line that nobody sees, filled in', { objet: 'https://exemple.fr' }],
  ['a form sent in two seconds', { duree: '2' }],
] as const) {
  test(`${what}: the request arrives, marked; above a smaller measure it waits`, async () => {
    const site = await start();
    assert.match(await mailOf(site, mailbox, { form }), mark);
    const { count, last } = await untilChanged(site, { form });
    assert.ok(count >= leastDoubtful - 1 && last.status === 429, `${count} ${last.status}`);
    await site.stop();
  });
}

test('an ordinary request has no mark', async () => {
  const site = await start();
  assert.doesNotMatch(await mailOf(site, mailbox), mark);
  await site.stop();
});

test('cancelling is counted for its request: it works while forms wait, and is not without end', async () => {
  const site = await start();
  const kept = [await post(site), await post(site)];
  const tokens = kept.map(({ headers }) => headers.get('location')?.split('jeton=')[1] ?? '');
  await untilChanged(site);
  const cancel = (jeton = '') => ({ path: '/contact/annuler', form: { jeton } });
  const { count, last } = await untilChanged(site, cancel(tokens[0]));
  assert.ok(count >= leastDoubtful && last.status === 429, `${count} ${last.status}`);
  assert.match(await last.text(), /Ce qui était déjà noté n’a pas changé/);
  assert.equal((await post(site, cancel(tokens[1]))).status, 303);
  assert.equal((await post(site, cancel('x'))).status, 410);
  await site.stop();
});

test('a proxy that nobody named degrades the state', async () => {
  const site = await start();
  const alarms = async () =>
    ((await (await fetch(`${site.origin}/sante`)).json()) as { alarms: string[] }).alarms;
  await post(site);
  assert.ok(!(await alarms()).includes('PROXY_UNKNOWN'));
  await post(site, { headers: { ...ours, 'x-forwarded-for': '192.0.2.1' } });
  assert.ok((await alarms()).includes('PROXY_UNKNOWN'));
  await site.stop();
});

test('behind a proxy that nobody named, the same words are not taken for the same person', async () => {
  const site = await start();
  const request = async (from: string) => {
    const headers = { ...ours, 'x-forwarded-for': from };
    const answer = await post(site, { headers, form: { prenom: 'Zoé' } });
    const page = await fetch(site.origin + answer.headers.get('location'));
    return /id="reference"[^>]*>([^<]+)</.exec(await page.text())?.[1];
  };
  assert.notEqual(await request('192.0.2.1'), await request('198.51.100.2'));
  await site.stop();
});

test('far more forms than usual are told: the state, its measures, and what the guide says to do', async () => {
  const site = await start({ TRUSTED_PROXIES: '127.0.0.1' });
  const health = async () =>
    (await (await fetch(`${site.origin}/sante`)).json()) as { alarms: string[]; formsThisHour: number };
  const postFrom = (address: number) =>
    post(site, { headers: { ...ours, 'x-forwarded-for': `192.0.2.${address}` } });
  for (let nth = 0; nth < 30; nth += 1) await postFrom(nth);
  assert.ok(!(await health()).alarms.includes('FLOOD'));
  for (let nth = 30; nth < 120; nth += 1) assert.equal((await postFrom(nth)).status, 303); // an hour may begin meanwhile
  assert.ok((await health()).alarms.includes('FLOOD'));
  assert.match(
    await (await fetch(`${site.origin}/metriques`)).text(),
    /^premierpas_flood_measure (3\d|4[0-2])$/m,
  );
  assert.match(site.output(), /"event":"flood","count":"\d+"/);
  const guide = readFileSync(new URL('../../docs/exploitation.md', import.meta.url), 'utf8');
  assert.match(guide, /^\| `FLOOD` .*HCAPTCHA_ALWAYS/m);
  await site.stop();
});

test('machines on one database count together, under names that lead to no address; without it each counts alone', {
  skip,
}, async () => {
  const postgres = await startPostgres();
  const DATABASE_URL = await postgres.freshDatabase();
  const shared = {
    DATABASE_URL,
    OUTBOX_SECRET: 'un secret assez long, le même pour toutes',
    TRUSTED_PROXIES: '127.0.0.1',
  };
  const [a, b] = [await start(shared), await start(shared)];
  const headers = { ...ours, 'x-forwarded-for': '192.0.2.1' };
  for (let count = 0; count < 6; count += 1) assert.equal((await post(a, { headers })).status, 303);
  const { count, last } = await untilChanged(b, { headers });
  assert.ok(6 + count <= 28 && last.status === 429, `${count} ${last.status}`);
  assert.equal((await post(a, { headers })).status, 429); // both end in the same place
  const { Client } = await import('pg');
  const client = new Client({ connectionString: DATABASE_URL });
  await client.connect();
  const { rows } = await client.query('SELECT * FROM demandes.rate_limits');
  for (const { key } of rows) assert.match(key, /^:?(kept|returned) [\w-]{32}$/);
  await client.end();
  await postgres.kill();
  assert.equal((await post(a, { headers })).status, 503); // counted alone, then nowhere to be kept
  assert.doesNotMatch(a.output() + b.output(), /192\.0\.2\.1/);
  for (const site of [a, b]) await site.stop();
});

test('hCaptcha is not asked about a form that leaves no doubt', async () => {
  const site = await start(service.settings);
  assert.doesNotMatch(await mailOf(site, mailbox, { form: { verification: 'possible' } }), mark);
  assert.equal(service.asked.length, 0);
  await site.stop();
});

const doubt = { duree: '1', verification: 'possible' };

test('a form in doubt comes back with one line about hCaptcha and a way around it, everything typed kept', async () => {
  const site = await start(service.settings);
  const answer = await post(site, { form: { ...doubt, prenom: 'Tournesol' } });
  assert.equal(answer.status, 403);
  const page = await answer.text();
  assert.match(page, /data-verification[\s\S]*<iframe name="cle-publique"/);
  assert.match(page, /Envoyer sans vérification/);
  assert.match(page, /value="Tournesol"/);
  assert.match(page, /tel:\+33189119494/);
  await site.stop();
});

test('HCAPTCHA_ALWAYS asks for every form', async () => {
  const site = await start({ ...service.settings, HCAPTCHA_ALWAYS: 'true' });
  assert.equal((await post(site, { form: { verification: 'possible' } })).status, 403);
  await site.stop();
});

test('a right answer passes without a mark, and hCaptcha learns no address', async () => {
  const site = await start(service.settings);
  const form = { ...doubt, preuve: 'right' };
  assert.doesNotMatch(await mailOf(site, mailbox, { form }), mark);
  const expected = { secret: 'cle-secrete', response: 'right', sitekey: 'cle-publique' };
  assert.deepEqual(Object.fromEntries(service.asked.at(-1) ?? []), expected);
  await site.stop();
});

test('a wrong answer is refused, with the form as it was typed and the number', async () => {
  const site = await start(service.settings);
  const answer = await post(site, { form: { ...doubt, preuve: 'wrong', prenom: 'Tournesol' } });
  assert.equal(answer.status, 403);
  const page = await answer.text();
  assert.match(page, /hCaptcha n’a pas accepté/);
  assert.match(page, /value="Tournesol"/);
  assert.match(page, /tel:\+33189119494/);
  await site.stop();
});

for (const token of ['our keys', 'garbage', 'null', 'slow', 'down']) {
  test(`hCaptcha, ${token}: the request passes, marked, and the journal says a code`, async () => {
    const site = await start(service.settings);
    assert.match(await mailOf(site, mailbox, { form: { ...doubt, preuve: token } }), mark);
    assert.match(site.output(), /"event":"captcha-unknown","code":"[A-Z_]+"/);
    await site.stop();
  });
}

for (const [what, form] of [
  ['without a script', { duree: '1' }],
  ['by her choice', { duree: '1', verification: 'sans' }],
] as const) {
  test(`hCaptcha is never a wall ${what}: the request passes, marked, above a smaller measure it waits`, async () => {
    const site = await start({ ...service.settings, HCAPTCHA_ALWAYS: 'true' });
    const before = service.asked.length;
    assert.match(await mailOf(site, mailbox, { form }), mark);
    const { count, last } = await untilChanged(site, { form });
    assert.ok(count >= leastDoubtful - 1 && last.status === 429, `${count} ${last.status}`);
    assert.equal(service.asked.length, before);
    await site.stop();
  });
}

test('the verification is served only where hCaptcha is set, the only page whose policy names it', async () => {
  const [plain, asking] = [await start(), await start(service.settings)];
  const policy = async (site: Site, path: string) =>
    (await fetch(site.origin + path)).headers.get('content-security-policy') ?? '';
  assert.equal((await fetch(`${plain.origin}/contact/verification`)).status, 404);
  assert.match(
    await policy(asking, '/contact/verification'),
    /script-src .*hcaptcha\.com.*frame-ancestors 'self'/,
  );
  assert.match(await policy(asking, '/contact'), /frame-src 'self'.*frame-ancestors 'none'/);
  for (const path of ['/', '/contact', '/contact/suite', '/inconnue'])
    assert.doesNotMatch(await policy(asking, path), /hcaptcha/);
  assert.doesNotMatch(await policy(plain, '/contact'), /frame-src/);
  for (const site of [plain, asking]) await site.stop();
});
