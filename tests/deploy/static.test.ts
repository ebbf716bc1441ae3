// The pages on a host that only has files: every one is there, as our own server gives it, links included.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addressOf } from '../../src/built/address.ts';
import { filesIn } from '../../src/built/compression.ts';
import { certifyLocalhost } from '../support/certificates.ts';
import { temporaryFolder } from '../support/folder.ts';
import { type Mailbox, mailSettings, openMailbox } from '../support/mailbox.ts';
import { skip, startNginx } from '../support/nginx.ts';
import { freePort } from '../support/port.ts';
import { type Site, startSite } from '../support/site.ts';
import { places, sample } from './samples.ts';
import { visit } from './visitor.ts';

const root = new URL('../..', import.meta.url).pathname;

const built = join(root, 'dist/client');

// Shown in place of a page, or only on a site with hCaptcha or named partners.
const withoutAddress =
  /^\/((langues\/\w+\/)?(404|500|refus|trop)|contact\/verification|encart\/rappel(\/\w+)?)\.html$/;

const files = filesIn(built).filter((file) => !withoutAddress.test(file));

describe('dist/client served by nginx alone', { skip }, () => {
  let mailbox: Mailbox;
  let site: Site;
  let host: Awaited<ReturnType<typeof startNginx>>;
  let origin: string;

  before(async () => {
    mailbox = await openMailbox();
    site = await startSite({ ...mailSettings(mailbox), PUBLIC_ORIGIN: 'https://exemple.fr' });
    const headers = join(temporaryFolder(), 'en-tetes.conf');
    writeFileSync(
      headers,
      execFileSync(process.execPath, ['deploy/en-tetes.ts', site.origin], { cwd: root }),
    );
    const port = await freePort();
    origin = `https://localhost:${port}`;
    const changes: [string, string][] = [
      ...places(root, certifyLocalhost()),
      ['/etc/nginx/en-tetes.conf;', `${headers};`],
      ['server 127.0.0.1:4321;', `server ${new URL(site.origin).host};`],
      ['listen 443 ', `listen 127.0.0.1:${port} `],
    ];
    host = await startNginx(sample('nginx-statique.conf', changes), port);
  });
  after(async () => {
    await host.stop();
    await site.stop();
    await mailbox.close();
  });

  test('every file has its address, its bytes, its type and the headers of the site', async () => {
    for (const file of files) {
      const [own, there] = [
        await visit(site.origin + addressOf(file)),
        await visit(origin + addressOf(file)),
      ];
      assert.deepEqual([there.status, there.page === own.page], [200, true], file);
      for (const [name, value] of Object.entries(lasting(own.headers)))
        assert.equal(there.headers[name], value, `${file}: ${name}`);
    }
  });

  test('what is passed to the site has its headers, once', async () => {
    for (const path of [
      '/contact/suite?jeton=x',
      '/langues/arabe/suite?jeton=x',
      '/api/v1/ouvert.json',
      '/contact/verification',
    ]) {
      const [own, there] = [await visit(site.origin + path), await visit(origin + path)];
      assert.equal(there.status, own.status);
      assert.deepEqual(
        { ...lasting(there.headers), server: undefined },
        { ...lasting(own.headers), server: undefined },
      );
    }
  });

  test('every link of every page leads somewhere', async () => {
    const links = files
      .filter((file) => file.endsWith('.html'))
      .flatMap((file) => {
        const page = readFileSync(join(built, file), 'utf8');
        return [...page.matchAll(/<a [^>]*href="(\/[^"#?]*)/g)].map((found) => found[1] ?? '');
      });
    assert.ok(links.includes('/contact'));
    for (const link of new Set(links)) assert.equal((await visit(origin + link)).status, 200, link);
  });

  test('an unknown address, and a second address of a page, give the page that says so', async () => {
    for (const path of [
      '/inconnue',
      '/contact.html',
      '/index.html',
      '/contact.html.gz',
      '/500',
      '/langues/arabe/refus',
    ]) {
      const { status, page } = await visit(origin + path);
      assert.equal(status, 404, path);
      assert.ok(page === readFileSync(join(built, '404.html'), 'utf8'));
    }
  });

  test('the form reaches the team; without the site the pages stay, and the form gives the number', async () => {
    const form = { tel: '01 99 00 12 34', quand: 'lun-matin' };
    const { status, headers } = await visit(`${origin}/contact/envoi`, { form });
    assert.equal(status, 303);
    assert.equal((await visit(origin + headers.location)).status, 200);
    await mailbox.received(1);
    await site.stop();
    assert.equal((await visit(`${origin}/contact`)).status, 200);
    const refused = await visit(`${origin}/contact/envoi`, { form });
    assert.equal(refused.status, 502);
    assert.ok(/tel:\+33189119494/.test(refused.page));
  });
});

// Without what belongs to one connection or to one moment.
function lasting(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { date, connection, 'keep-alive': keepAlive, etag, vary, ...lasting } = headers;
  return lasting;
}
