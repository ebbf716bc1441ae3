// What is refused before it is read: always with a right status, never a 5xx, always a page with the number.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { type Site, startSite } from './support/site.ts';

let site: Site;
before(async () => {
  site = await startSite({ PUBLIC_ORIGIN: 'https://exemple.fr' });
});
after(() => site.stop());

const urlencoded = 'application/x-www-form-urlencoded';
const good = 'tel=01+99+00+12+34&quand=lun-matin';

const cases: [string, number, string, RequestInit][] = [
  ['GET on the address of the form', 405, '/contact/envoi', {}],
  ['PUT', 405, '/contact/envoi', { method: 'PUT', body: good }],
  ['DELETE on a page', 405, '/', { method: 'DELETE' }],
  ['POST on a page', 405, '/contact', { method: 'POST', body: good }],
  ['a type of its own', 415, '/contact/envoi', post('text/plain', good)],
  ['no type', 415, '/contact/envoi', { method: 'POST', body: new Uint8Array([1]) }],
  ['a file', 415, '/contact/envoi', { method: 'POST', body: withFile() }],
  ['more than 16 kB', 413, '/contact/envoi', post(urlencoded, `${good}&mot=${'x'.repeat(17_000)}`)],
  ['a cut multipart', 400, '/contact/envoi', post('multipart/form-data; boundary=x', '--x\r\nContent-Dispo')],
  ['JSON that is a list', 400, '/contact/envoi', post('application/json', '["tel"]')],
  ['JSON null', 400, '/contact/envoi', post('application/json', 'null')],
  ['JSON of numbers', 400, '/contact/envoi', post('application/json', '{"tel":1}')],
  ['cut JSON', 400, '/contact/envoi', post('application/json', '{"tel":')],
  [
    'more fields than our form has',
    400,
    '/contact/envoi',
    post(urlencoded, `${good}${'&quand=x'.repeat(100)}`),
  ],
  [
    'the same as JSON',
    400,
    '/contact/envoi',
    post('application/json', JSON.stringify({ quand: Array(101).fill('') })),
  ],
  ['the same in parts', 400, '/contact/envoi', { method: 'POST', body: withFields(101) }],
  ['another site', 403, '/contact/envoi', post(urlencoded, good, { 'sec-fetch-site': 'cross-site' })],
  ['another origin', 403, '/contact/envoi', post(urlencoded, good, { origin: 'https://ailleurs.fr' })],
  ['an empty form', 422, '/contact/envoi', post(urlencoded, '')],
  ['a field twice', 422, '/contact/envoi', post(urlencoded, `${good}&tel=01+99+00+12+35`)],
  ['a token that is not ours', 410, '/contact/suite?jeton=AAAA', {}],
  ['a cancellation of nothing', 422, '/contact/annuler', post(urlencoded, '')],
  [
    'a reference without its digits',
    422,
    '/contact/annuler',
    post(urlencoded, 'reference=galet-sapin+54&fin=3'),
  ],
  ['PUT on a cancellation', 405, '/contact/annuler', { method: 'PUT', body: good }],
  ['a page of ours without an address', 404, '/contact/annulation', {}],
  ['a cancellation that is not ours', 410, '/contact/annuler', post(urlencoded, 'jeton=AAAA')],
  ['an unknown address', 404, '/inconnue', {}],
  ['the refusal page under its own address', 404, '/refus', {}],
  ['a file above the pages', 404, '/..%2f..%2fpackage.json', {}],
];

for (const [what, status, path, init] of cases) {
  test(`${what}: ${status}, with the number`, async () => {
    const answer = await fetch(site.origin + path, { redirect: 'manual', ...init });
    assert.equal(answer.status, status);
    const page = await answer.text();
    assert.match(page, /tel:\+33189119494/);
    assert.deepEqual(withoutPermission(page, answer.headers.get('content-security-policy') ?? ''), []);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
  });
}

for (const [what, init] of [
  ['the configured origin', post(urlencoded, good, { origin: 'https://exemple.fr' })],
  ['an old browser that says nothing', post(urlencoded, good)],
  ['an old browser that hides its origin', post(urlencoded, good, { origin: 'null' })],
  ['a page of ours', post(urlencoded, good, { 'sec-fetch-site': 'same-origin', origin: 'null' })],
  ['a JSON object', post('application/json', '{"tel":"01 99 00 12 34","quand":["lun-matin"]}')],
] as const) {
  test(`${what} is let in`, async () => {
    const answer = await fetch(`${site.origin}/contact/envoi`, { redirect: 'manual', ...init });
    assert.equal(answer.status, 303);
    assert.match(answer.headers.get('location') ?? '', /^\/contact\/suite\?jeton=[\w-]+$/);
  });
}

const meant: [string, string][] = [
  ['/Contact', '/contact'],
  ['/CONTACT', '/contact'],
  ['/contact/', '/contact'],
  ['/contact//', '/contact'],
  ...[...'.,;:)]»”’…!'].map((end): [string, string] => [`/contact${encodeURIComponent(end)}`, '/contact']),
  ['/contact.', '/contact'],
  ['/contact),', '/contact'],
  ['/contact%20', '/contact'],
  ['/contact%E2%80%8B', '/contact'],
  ['/Contact/.', '/contact'],
  ['/num%C3%A9ros', '/numeros'],
  ['/Nume%CC%81ros.', '/numeros'],
  ['/Langues/Fran%C3%A7ais', ''],
  ['/langues/Arabe.', '/langues/arabe'],
  ['/kit/AFFICHE-A4.pdf', '/kit/affiche-a4.pdf'],
  ['/,', '/'],
  ['//', '/'],
  ['/Contact?fbclid=abc', '/contact'],
  ['/contact/Suite?jeton=abc', ''],
  ['/contact/suite/?jeton=abc', ''],
  ['/contact/envoi.', ''],
  ['/Contact/Annuler.', '/contact/annuler'],
  ['//Ailleurs.fr/', ''],
  ['//ailleurs.fr/contact', ''],
  ['/%2Failleurs.fr', ''],
  ['/\\ailleurs.fr', ''],
  ['/contact%0D%0AX:%20y', ''],
  ['/contact%ZZ', ''],
  ['/%E9', ''],
  ['/Refus', ''],
  ['/Sant%C3%A9', ''],
  [`/contact${'.'.repeat(292)}`, '/contact'],
  [`/contact${'.'.repeat(293)}`, ''],
  [`/${'.'.repeat(9000)}a`, ''],
];

for (const [asked, address] of meant) {
  test(`${asked.slice(0, 40)} leads ${address ? `to ${address}, in one step` : 'nowhere'}`, async () => {
    const head = await raw(`GET ${asked} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.match(head, address ? /^HTTP\/1\.1 308 / : /^HTTP\/1\.1 404 /);
    assert.equal(/^location: (.*)\r$/im.exec(head)?.[1], address || undefined);
    if (!address) return;
    assert.equal((await fetch(site.origin + address, { redirect: 'manual' })).status, 200);
  });
}

test('what follows « ? » changes nothing where the address is right', async () => {
  const answer = await fetch(`${site.origin}/contact?fbclid=abc`, { redirect: 'manual' });
  assert.equal(answer.status, 200);
});

test('a request line that is not an address is refused without a crash', async () => {
  assert.match(
    await raw('GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    /^HTTP\/1\.1 400 /,
  );
});

/** The inline styles and scripts of a page that its own policy would stop. */
function withoutPermission(page: string, policy: string): string[] {
  return [...page.matchAll(/<(style|script)[^>]*>([\s\S]*?)<\/\1>/g)].flatMap(([, tag = '', content = '']) =>
    policy.includes(createHash('sha256').update(content).digest('base64')) ? [] : [tag],
  );
}

function post(type: string, body: string, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', headers: { 'content-type': type, ...headers }, body };
}

function withFile(): FormData {
  const form = new FormData();
  form.append('tel', new Blob(['x']), 'tel.txt');
  return form;
}

function withFields(count: number): FormData {
  const form = new FormData();
  for (let nth = 0; nth < count; nth += 1) form.append('quand', 'lun-matin');
  return form;
}

async function raw(request: string): Promise<string> {
  const socket = connect(Number(new URL(site.origin).port), '127.0.0.1');
  socket.end(request);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  await once(socket, 'close');
  return answer;
}
