// The line inside the page of a partner, in two real browsers: what may be framed where, and how one leaves.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { phone } from '../../src/service/service.ts';
import { inEachBrowser } from '../support/each-browser.ts';
import { type Mailbox, mailSettings, openMailbox } from '../support/mailbox.ts';
import { type Site, startSite } from '../support/site.ts';

const sandbox = 'allow-scripts allow-popups allow-popups-to-escape-sandbox';
const withForm = `${sandbox} allow-same-origin allow-forms`;
/** The sizes that partners are offered. */
const sizes = [
  { width: 320, height: 420 },
  { width: 640, height: 300 },
];

let site: Site;
let mailbox: Mailbox;
const partners: Server[] = [];
let [named, other] = ['', ''];

/** A partner: any path is a page of one frame, whose address and permissions the query says. */
async function openPartner(): Promise<string> {
  const server = createServer((request, response) => {
    const { searchParams: asked } = new URL(request.url ?? '', 'http://partner');
    const { src = '', allowed = '', width = '320', height = '420' } = Object.fromEntries(asked);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<!doctype html><title>Mairie</title><h1>Mairie</h1>
      <iframe src="${site.origin}${src}" sandbox="${allowed}" referrerpolicy="no-referrer" width="${width}" height="${height}"></iframe>`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  partners.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

before(async () => {
  [named, other] = [await openPartner(), await openPartner()];
  mailbox = await openMailbox();
  site = await startSite({ ...mailSettings(mailbox), FRAME_ORIGINS: named });
});

after(async () => {
  await site.stop();
  await mailbox.close();
  for (const server of partners) server.closeAllConnections();
  for (const server of partners) server.close();
});

inEachBrowser(async (browser, name, context) => {
  await context.test('the frame shows the number anywhere, whole at each size that is offered', async () => {
    for (const size of sizes) {
      const frame = await frameOf(browser, other, { src: '/encart', allowed: sandbox, ...size });
      assert.ok(frame, 'nothing is framed');
      assert.match(await frame.evaluate(() => document.body.textContent ?? ''), new RegExp(phone.written));
      const [width = 0, height = 0] = await frame.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        return [scrollWidth, scrollHeight];
      });
      assert.ok(width <= size.width && height <= size.height, `${width} × ${height}`);
      await frame.page().close();
    }
  });

  await context.test('its exit, and Escape twice, empty the frame and leave the page around', async () => {
    for (const leave of [
      (frame: Frame) => frame.click('#quitter'),
      async (frame: Frame) => {
        await frame.focus('#quitter');
        await frame.page().keyboard.press('Escape');
        await frame.page().keyboard.press('Escape');
      },
    ]) {
      const frame = await frameOf(browser, other, { src: '/encart', allowed: sandbox });
      assert.ok(frame);
      await leave(frame);
      await emptied(frame.page());
      assert.equal(await frame.page().title(), 'Mairie');
      await frame.page().close();
    }
  });

  await context.test(
    'no other page of ours can be framed, and the form only where the setting says',
    async () => {
      for (const [origin, src] of [
        [other, '/'],
        [other, '/contact'],
        [named, '/contact'],
        [other, '/encart/rappel'],
      ] as const) {
        assert.equal(
          await frameOf(browser, origin, { src, allowed: withForm }),
          undefined,
          `${src} is framed`,
        );
      }
    },
  );

  await context.test('a request leaves from the frame of a partner that is named', async () => {
    const frame = await frameOf(browser, named, { src: '/encart/rappel', allowed: withForm });
    assert.ok(frame);
    const count = mailbox.mails.length;
    await frame.type('#tel', name === 'Firefox' ? '01 99 00 12 35' : '01 99 00 12 34'); // two requests
    await frame.click('.moments summary');
    await frame.click('[value=lun-matin]');
    await frame.click('#demande [type=submit]');
    await frame.waitForSelector('#suite #reference');
    await mailbox.received(count + 1);
    assert.equal(new URL(frame.url()).pathname, '/encart/rappel');
    assert.equal(
      await frame.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length),
      0,
    );
    await frame.page().close();
  });
});

test('without the setting, there is no frame with a form', async () => {
  const plain = await startSite();
  try {
    assert.equal((await fetch(`${plain.origin}/encart/rappel`)).status, 404);
    const { status, headers } = await fetch(`${plain.origin}/encart`);
    assert.equal(status, 200);
    assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors \*$/);
    for (const path of ['/', '/contact', '/inconnue'])
      assert.match(
        (await fetch(plain.origin + path)).headers.get('content-security-policy') ?? '',
        /frame-ancestors 'none'$/,
      );
  } finally {
    await plain.stop();
  }
});

/** The frame of a partner's page, once loaded; undefined when the browser refused to show it. */
async function frameOf(
  browser: Browser,
  origin: string,
  query: Record<string, string | number>,
): Promise<Frame | undefined> {
  const page: Page = await browser.newPage();
  await page.goto(`${origin}/?${new URLSearchParams(query as Record<string, string>)}`, {
    waitUntil: 'load',
  });
  const frame = page.frames().find((one) => one.url().startsWith(site.origin));
  const shown = await frame?.evaluate(() => !!document.getElementById('quitter')).catch(() => false);
  if (frame && shown) return frame;
  await page.close();
  return undefined;
}

/** Resolves once the frame of a page is empty. */
async function emptied(page: Page): Promise<void> {
  await page.waitForFrame((frame) => frame.parentFrame() !== null && frame.url() === 'about:blank');
}
