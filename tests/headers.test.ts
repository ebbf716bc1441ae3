// The headers of every kind of answer, pages or not, and what the policies in them are worth.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { load } from 'cheerio';
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { addresses } from './accessibility/addresses.ts';
import { type Site, startSite } from './support/site.ts';
import { headOf, say } from './support/sockets.ts';

const captcha = { HCAPTCHA_SITEKEY: 'cle', HCAPTCHA_SECRET: 'secret' };
const sites: Record<'plain' | 'full', Site> = {} as never;

before(async () => {
  sites.plain = await startSite({ PUBLIC_ORIGIN: 'https://exemple.fr' });
  sites.full = await startSite({ ...captcha, FRAME_ORIGINS: 'https://mairie.example' });
});
after(() => Promise.all(Object.values(sites).map((site) => site.stop())));

/** What every answer says, whatever it is. */
const always: Record<string, RegExp> = {
  'content-security-policy': /^default-src 'none';/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^(same|cross)-origin$/,
  'cross-origin-embedder-policy': /^require-corp$/,
  'permissions-policy': /^accelerometer=\(\),camera=\(\),.*geolocation=\(\),.*microphone=\(\),.*usb=\(\)$/,
  'referrer-policy': /^no-referrer$/,
  'strict-transport-security': /^max-age=31536000$/,
  'x-content-type-options': /^nosniff$/,
};

const post = (body: string, more = '') =>
  `POST /contact/envoi HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n${more}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
const get = (path: string, more = '') =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}Connection: close\r\n\r\n`;
const asked = 'tel=01+99+00+12+34&quand=lun-matin';

const answers: [string, number, string][] = [
  ['a page', 200, get('/')],
  ['a page without its body', 200, get('/').replace('GET', 'HEAD')],
  ['a paper', 200, get('/kit/affiche-a4.pdf')],
  ['open data', 200, get('/api/v1/service.json')],
  ['open data of this moment', 200, get('/api/v1/ouvert.json')],
  ['a question before open data', 204, get('/api/v1/service.json').replace('GET', 'OPTIONS')],
  ['open data that is known', 304, get('/api/v1/service.json', 'If-None-Match: *\r\n')],
  ['a frame', 200, get('/encart')],
  ['the health', 200, get('/sante')],
  ['the metrics', 200, get('/metriques')],
  ['a kept request', 303, post(asked)],
  ['a closing slash', 308, get('/contact/')],
  ['an address without a host', 400, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['bytes that are no request', 400, 'bonjour\r\n\r\n'],
  ['two lengths', 400, post(asked, 'Content-Length: 1\r\n')],
  ['a length and chunks', 400, post(asked, 'Transfer-Encoding: chunked\r\n')],
  ['a form of another site', 403, post(asked, 'Sec-Fetch-Site: cross-site\r\n')],
  ['an unknown page', 404, get('/inconnue')],
  ['another method', 405, get('/').replace('GET', 'DELETE')],
  ['a page that came too late', 410, get('/contact/suite?jeton=x')],
  ['a long form', 413, post(`mot=${'x'.repeat(17_000)}`)],
  ['another type', 415, post(asked).replace('urlencoded', 'autre')],
  ['an expectation', 417, get('/', 'Expect: autre\r\n')],
  ['an empty form', 422, post('')],
  ['headers without end', 431, get('/', `X: ${'x'.repeat(17_000)}\r\n`)],
];

for (const [what, status, bytes] of answers) {
  test(`${what} (${status}) carries the whole table, no cookie, and no name of a server`, async () => {
    const { status: answered, headers } = headOf(await say(sites.plain.origin, bytes));
    assert.equal(answered, status);
    for (const [name, value] of Object.entries(always)) assert.match(headers[name] ?? '', value, name);
    for (const name of ['set-cookie', 'server', 'x-powered-by', 'via'])
      assert.equal(headers[name], undefined);
    const mayBeKept = /paper|open data/.test(what) && status !== 204;
    assert.match(headers['cache-control'] ?? '', mayBeKept ? /^public, max-age=\d+$/ : /^no-store$/);
    assert.equal(headers.etag !== undefined, mayBeKept);
  });
}

test('what is refused before it is a request shows the number too', async () => {
  for (const bytes of ['bonjour\r\n\r\n', get('/', `X: ${'x'.repeat(17_000)}\r\n`)])
    assert.match(await say(sites.plain.origin, bytes), /tel:\+33189119494[\s\S]*<\/html>$/);
});

test('a file for printers or machines is not sent again to who has it; the icon may stay nowhere', async () => {
  for (const path of ['/kit/affiche-a4.pdf', '/robots.txt']) {
    const first = await fetch(sites.plain.origin + path);
    const etag = first.headers.get('etag') ?? '';
    assert.match(etag, /^"[\w-]{22}"$/);
    const again = await fetch(sites.plain.origin + path, { headers: { 'if-none-match': etag } });
    assert.deepEqual([again.status, await again.text()], [304, '']);
  }
  const icon = await fetch(`${sites.plain.origin}/apple-touch-icon.png`);
  assert.equal(icon.headers.get('cache-control'), 'no-store');
});

test('without https there is nothing to hold a browser to it', async () => {
  assert.equal((await fetch(sites.full.origin)).headers.get('strict-transport-security'), null);
});

test('hCaptcha is named by one page, and only where it is set', async () => {
  const named = async (site: Site, path: string) =>
    (await fetch(site.origin + path)).headers.get('content-security-policy')?.includes('hcaptcha');
  for (const path of ['/', '/contact', '/pros', '/encart', '/inconnue']) {
    assert.equal(await named(sites.full, path), false, path);
    assert.equal(await named(sites.plain, path), false, path);
  }
  assert.equal(await named(sites.full, '/contact/verification'), true);
  assert.equal(await named(sites.plain, '/contact/verification'), false);
});

test('a policy names each script and each style of its pages and of those that mode discret brings, and nothing else', async () => {
  const apart = ['/contact/verification', '/encart', '/encart/rappel'];
  const answers = await Promise.all([
    ...[...addresses, ...apart].map((path) => fetch(sites.full.origin + path)),
    fetch(`${sites.full.origin}/contact/envoi`, { method: 'POST', body: new URLSearchParams() }),
  ]);
  const held = new Map<string, Set<string>>();
  const discreet = new Set<string>(); // policies of pages from which another can be brought
  let brought = new Set<string>();
  for (const answer of answers) {
    const policy = (answer.headers.get('content-security-policy') ?? '').replace(/frame-ancestors.*/, '');
    const html = await answer.text();
    held.set(policy, (held.get(policy) ?? new Set()).union(inlinedIn(html)));
    if (!html.includes('id="mode-discret"')) continue;
    discreet.add(policy);
    brought = brought.union(inlinedIn(html, 'script[id], style[id], main style'));
  }
  // Scripts of the form and of the rehearsal; styles of the form, of what is read, of the home page.
  assert.equal(brought.size, 5);
  assert.equal(held.size, 4); // of pages, of the one for partners, of the verification, of frames
  for (const [policy, inside] of held) {
    const hashes = discreet.has(policy) ? inside.union(brought) : inside;
    assert.deepEqual([...hashes].sort(), (policy.match(/sha256-[^']+/g) ?? []).sort());
  }
});

for (const [name, paths] of Object.entries({
  plain: ['/', '/contact', '/pros', '/encart', '/inconnue', '/sante'],
  full: ['/', '/contact', '/pros', '/encart', '/encart/rappel', '/contact/verification'],
})) {
  for (const path of paths) {
    test(`csp_evaluator finds nothing high or medium in the policy of ${path} (${name})`, async () => {
      const answer = await fetch(sites[name as keyof typeof sites].origin + path);
      const policy = answer.headers.get('content-security-policy') ?? '';
      const found = new CspEvaluator(new CspParser(policy).csp).evaluate();
      const serious = [
        Severity.HIGH,
        Severity.HIGH_MAYBE,
        Severity.MEDIUM,
        Severity.MEDIUM_MAYBE,
        Severity.SYNTAX,
      ];
      assert.deepEqual(
        found.filter(({ severity }) => serious.includes(severity)).map(({ description }) => description),
        [],
      );
      assert.doesNotMatch(policy, /unsafe|\*(?!\.hcaptcha)(?!$)/);
    });
  }
}

/** The hashes of what a page runs or wears, as a browser counts them. */
function inlinedIn(html: string, selector = 'script:not([type]), style'): Set<string> {
  const page = load(html);
  const texts = page(selector).map((_, element) => page(element).text());
  return new Set(texts.get().map((text) => `sha256-${createHash('sha256').update(text).digest('base64')}`));
}
