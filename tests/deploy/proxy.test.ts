// A visit through each of the two proxies that are shipped, over TLS, with the site alive, then dead.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect } from 'node:tls';
import { skip as skipNginx } from '../nginx.ts';
import {
  freePort,
  type Mailbox,
  mailSettings,
  openMailbox,
  type Site,
  startSite,
  temporaryFolder,
} from '../site.ts';
import { makeCertificate } from './certificate.ts';
import { sample, startProxy } from './samples.ts';
import { visit } from './visitor.ts';

const certificate = makeCertificate();

const root = new URL('../..', import.meta.url).pathname;

const number = /tel:\+33189119494/;

const person = { tel: '01 99 00 12 34', quand: 'lun-matin', prenom: 'Tournesol' };

/** A running proxy. `written`: everything that it wrote anywhere. */
type Proxy = { origin: string; plainOrigin: string; written(): string; stop(): Promise<void> };

const proxies: { name: string; skip: string | false; start(port: number): Promise<Proxy> }[] = [
  {
    name: 'nginx',
    skip: skipNginx,
    async start(port) {
      const nginx = await startProxy([port], certificate);
      return { ...nginx, written: () => everythingIn(nginx.folder).replace(nginx.configuration, '') };
    },
  },
  {
    name: 'Caddy',
    skip: spawnSync('caddy', ['version']).error ? 'Caddy is not installed (Debian package: caddy)' : false,
    start: startCaddy,
  },
];

for (const { name, skip, start } of proxies)
  describe(`behind ${name}`, { skip }, () => {
    let mailbox: Mailbox;
    let site: Site;
    let proxy: Proxy;

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
      for (const path of ['/', '/pros', '/encart', '/horaires.ics', '/inconnue', '/contact/envoi']) {
        const [direct, seen] = [await visit(site.origin + path), await visit(proxy.origin + path)];
        assert.equal(seen.status, direct.status);
        assert.ok(seen.page === direct.page, path);
        assert.deepEqual(ownOf(seen.headers), ownOf(direct.headers), path);
        assert.ok([undefined, 'nginx'].includes(seen.headers.server)); // without its version
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
      const statuses: (number | undefined)[] = [];
      for (let i = 0; i < 11; i += 1) {
        const headers = { 'x-forwarded-for': `192.0.2.${i}`, forwarded: `for=192.0.2.${i}` };
        const form = { ...person, prenom: `Fleur${i}` };
        statuses.push(
          (await visit(`${proxy.origin}/contact/envoi`, { from: '127.0.0.2', headers, form })).status,
        );
      }
      assert.deepEqual(statuses, [...Array(10).fill(303), 429]);
      const other = await visit(`${proxy.origin}/contact/envoi`, { from: '127.0.0.3', form: person });
      assert.equal(other.status, 303);
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

function everythingIn(folder: string): string {
  const files = globSync('**', { cwd: folder }).map((name) => join(folder, name));
  return files.flatMap((file) => (statSync(file).isFile() ? [readFileSync(file, 'utf8')] : [])).join('\n');
}

async function startCaddy(port: number): Promise<Proxy> {
  const folder = temporaryFolder();
  const [own, plain] = [await freePort(), await freePort()];
  const file = join(folder, 'Caddyfile');
  const changes: [string, string][] = [
    ['admin off', `admin off\n\thttp_port ${plain}\n\thttps_port ${own}\n\tskip_install_trust`],
    ['exemple.fr {', `localhost {\n\ttls ${certificate.certFile} ${certificate.keyFile}`],
    ['127.0.0.1:4321', `127.0.0.1:${port}`],
    ['/srv/un-premier-pas/actuelle/', root],
  ];
  writeFileSync(file, sample('Caddyfile', changes));
  const home = temporaryFolder();
  const environment = { PATH: process.env.PATH, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
  const caddy: ChildProcess = spawn('caddy', ['run', '--config', file], { env: environment });
  process.once('exit', () => caddy.kill('SIGKILL'));
  let said = '';
  for (const output of [caddy.stdout, caddy.stderr])
    output?.on('data', (chunk) => {
      said += chunk;
    });
  const ended = once(caddy, 'exit');
  const origin = `https://localhost:${own}`;
  while (!(await fetch(`${origin}/sante`).catch(() => undefined)))
    if (caddy.exitCode !== null) throw new Error(said);
  return {
    origin,
    plainOrigin: `http://localhost:${plain}`,
    written: () => said + everythingIn(home),
    async stop() {
      caddy.kill('SIGTERM');
      await ended;
    },
  };
}
