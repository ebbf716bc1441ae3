// A visit through each of the two proxies that are shipped, over TLS, with the site alive, then dead.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { connect } from 'node:tls';
import { certifyLocalhost } from '../support/certificates.ts';
import { type Mailbox, mailSettings, openMailbox } from '../support/mailbox.ts';
import { skip as skipNginx } from '../support/nginx.ts';
import { type Site, startSite } from '../support/site.ts';
import { headOf, say } from '../support/sockets.ts';
import { type Front, skipCaddy, startCaddy, startProxy } from './samples.ts';
import { visit } from './visitor.ts';

const certificate = certifyLocalhost();

const number = /tel:\+33189119494/;

const person = { tel: '01 99 00 12 34', quand: 'lun-matin', prenom: 'Tournesol' };

const proxies = [
  { name: 'nginx', skip: skipNginx, start: (port: number) => startProxy([port], certificate) },
  { name: 'Caddy', skip: skipCaddy, start: (port: number) => startCaddy(port, certificate) },
];

const refused: [string, number][] = [
  ['TRACE / HTTP/1.1\r\nHost: x\r\n\r\n', 405],
  ['CONNECT /contact HTTP/1.1\r\nHost: x\r\n\r\n', 405],
  ['POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: autre\r\n\r\n', 400],
  ['GET / HTTP/3.0\r\nHost: x\r\n\r\n', 400],
  ['GET / HTTP/1.1\r\n\r\n', 400],
  [`GET /${'x'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414],
];

for (const { name, skip, start } of proxies)
  describe(`behind ${name}`, { skip }, () => {
    let mailbox: Mailbox;
    let site: Site;
    let proxy: Front;

    before(async () => {
      mailbox = await openMailbox();
      site = await startSite({
        ...mailSettings(mailbox),
        PUBLIC_ORIGIN: 'https://exemple.fr',
        TRUSTED_PROXIES: '127.0.0.1',
        RATE_PER_HOUR: '10',
      });
      proxy = await start(Number(new URL(site.origin).port));
    });
    after(async () => {
      await proxy.stop();
      await site.stop();
      await mailbox.close();
    });

    test('every page arrives with the headers of the site, and no word of the proxy', async () => {
      for (const path of ['/', '/ici', '/pros', '/encart', '/horaires.ics', '/inconnue', '/contact/envoi']) {
        const [direct, seen] = [await visit(site.origin + path), await visit(proxy.origin + path)];
        assert.equal(seen.status, direct.status);
        assert.ok(seen.page === direct.page, path);
        assert.deepEqual(ownOf(seen.headers), ownOf(direct.headers), path);
        assert.match(String(seen.headers.server), /^(undefined|nginx)$/); // without its version
      }
    });

    test('HTTP leads to HTTPS; HTTPS is of today, HTTP/2 included', async () => {
      const answer = await fetch(`${proxy.plainOrigin}/contact`, { redirect: 'manual' });
      assert.equal(answer.status, 308);
      assert.match(answer.headers.get('location') ?? '', /^https:\/\/[^/]+\/contact$/);
      const port = Number(new URL(proxy.origin).port);
      const old = connect({
        port,
        host: 'localhost',
        maxVersion: 'TLSv1.1',
        minVersion: 'TLSv1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      });
      await assert.rejects(once(old, 'secureConnect'));
      const socket = connect({ port, host: 'localhost', ALPNProtocols: ['h2', 'http/1.1'] });
      await once(socket, 'secureConnect');
      assert.deepEqual([socket.getProtocol(), socket.alpnProtocol], ['TLSv1.3', 'h2']);
      socket.destroy();
    });

    test('a request without JavaScript is confirmed and reaches the team', async () => {
      const posted = await visit(`${proxy.origin}/contact/envoi`, { form: person });
      assert.equal(posted.status, 303);
      const confirmed = await visit(proxy.origin + posted.headers.location);
      assert.equal(confirmed.status, 200);
      assert.match(confirmed.page, /id="reference"/);
      const [mail] = await mailbox.received(1);
      assert.match(mail?.text ?? '', /« Tournesol »/);
    });

    test('a form that is too long is refused with the number, by the site or by the proxy', async () => {
      for (const length of [20_000, 100_000]) {
        const form = { ...person, mot: 'x'.repeat(length) };
        const { status, page } = await visit(`${proxy.origin}/contact/envoi`, { form });
        assert.equal(status, 413);
        assert.ok(number.test(page));
      }
    });

    test('visitors are counted by the address that the proxy saw, not by what they say', async () => {
      const statuses = new Set<number | undefined>();
      for (let i = 0; i < 40 && !statuses.has(429); i += 1) {
        const headers = { 'x-forwarded-for': `192.0.2.${i}`, forwarded: `for=192.0.2.${i}` };
        const form = { ...person, prenom: `Fleur${i}` };
        const { status } = await visit(`${proxy.origin}/contact/envoi`, { from: '127.0.0.2', headers, form });
        statuses.add(status);
      }
      assert.deepEqual([...statuses], [303, 429]);
      const other = await visit(`${proxy.origin}/contact/envoi`, { from: '127.0.0.3', form: person });
      assert.equal(other.status, 303);
    });

    test('a tunnel is refused by the proxy itself, with the number', async () => {
      const answer = await say(proxy.origin, tunnelTo('localhost'), { isLast: true });
      assert.match(answer, /^HTTP\/1\.1 40[05] /);
      assert.ok(number.test(answer));
      assert.doesNotMatch(answer, /^content-security-policy/im); // of every answer of the site
      const elsewhere = await say(proxy.origin, tunnelTo('ailleurs.example'), { isLast: true });
      assert.match(elsewhere, /^HTTP\/1\.1 4\d\d /); // a 200, even empty, would open it
    });

    test('a body cut in pieces that are none is a refusal with the number, not a site that is down', async () => {
      const pieces = [
        'mots\r\n\r\n',
        '-5\r\nabcde\r\n0\r\n\r\n',
        '5\r\nabcdefgh\r\n0\r\n\r\n',
        `${'f'.repeat(20)}\r\nabc\r\n`,
      ];
      for (const body of pieces) {
        const head = `POST /contact/envoi HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n`;
        const answer = await say(proxy.origin, head + body, { isLast: true });
        assert.match(answer, /^HTTP\/1\.1 4\d\d /, JSON.stringify(body));
        assert.ok(number.test(answer), JSON.stringify(body));
      }
    });

    test('the detail of the health is not for who comes through the proxy', async () => {
      assert.deepEqual(Object.keys(JSON.parse((await visit(`${proxy.origin}/sante`)).page)), ['state']);
    });

    test('the site is down: the page still ends with the number and the hours; nothing was written down', async () => {
      await site.stop();
      const headers = { 'user-agent': 'Pissenlit/1.0' };
      for (const form of [undefined, person]) {
        const answer = await visit(`${proxy.origin}/contact/envoi?jeton=Coquelicot`, {
          from: '127.0.0.4',
          headers,
          ...(form ? { form } : {}),
        });
        assert.equal(answer.status, 502);
        assert.ok(number.test(answer.page) && /de 9\sh à 17\sh/.test(answer.page));
        assert.equal(answer.headers['cache-control'], 'no-store');
        assert.match(answer.headers['content-type'] ?? '', /^text\/html; charset=utf-8$/i);
      }
      assert.doesNotMatch(proxy.written(), /127\.0\.0\.[234]|Pissenlit|Coquelicot|Tournesol|01.99.00/);
    });
  });

test('what nginx refuses by itself ends with the number', { skip: skipNginx }, async (context) => {
  const proxy = await startProxy([1], certificate);
  context.after(() => proxy.stop());
  for (const [request, status] of refused) {
    const answer = await say(proxy.origin, request, { isLast: true });
    assert.equal(headOf(answer).status, status, request.slice(0, 60));
    assert.ok(number.test(answer), request.slice(0, 60));
  }
});

function tunnelTo(name: string): string {
  return `CONNECT ${name}:443 HTTP/1.1\r\nHost: ${name}\r\n\r\n`;
}

// Without what belongs to one connection, and the proxy's name.
function ownOf(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const {
    date,
    server,
    connection,
    'keep-alive': keepAlive,
    'transfer-encoding': transfer,
    ...own
  } = headers;
  return own;
}
