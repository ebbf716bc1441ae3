// The policies of the pages, enforced by two real browsers: they stop nothing of ours, and nothing else passes.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { addresses } from './accessibility/addresses.ts';
import { inEachBrowser } from './support/each-browser.ts';
import { type Mailbox, mailSettings, openMailbox } from './support/mailbox.ts';
import { type Site, startSite } from './support/site.ts';

let site: Site;
let mailbox: Mailbox;
let spoiled: Server;

// What somebody could write into a page of ours, if a fault of the server let them.
const injected = `<script>document.body.dataset.ran = 'script'</script>
  <script src="data:text/javascript,document.body.dataset.ran='file'"></script>
  <img src="x" onerror="document.body.dataset.ran='event'">
  <svg onload="document.body.dataset.ran='drawing'"></svg>
  <style>h1 { opacity: 0 }</style>
  <base href="https://ailleurs.example/">
  <a id="piege" href="javascript:document.body.dataset.ran='link'">piège</a>
  <iframe srcdoc="<script>parent.document.body.dataset.ran='frame'</script>"></iframe>`;

before(async () => {
  mailbox = await openMailbox();
  site = await startSite(mailSettings(mailbox));
  spoiled = createServer(async (request, response) => {
    const page = await fetch(site.origin + request.url);
    const kept = [...page.headers].filter(([name]) => !/^content-(length|encoding)$/.test(name));
    response.writeHead(page.status, Object.fromEntries(kept));
    response.end((await page.text()).replace('<h1', `${injected}<h1`));
  }).listen(0, '127.0.0.1');
  await once(spoiled, 'listening');
});

after(async () => {
  await site.stop();
  await mailbox.close();
  spoiled.closeAllConnections();
  spoiled.close();
});

inEachBrowser(async (browser, name, context) => {
  await context.test('no page of ours is stopped in anything', async () => {
    const { page, stopped } = await openPage(browser);
    for (const address of addresses) {
      await page.goto(site.origin + address);
      assert.deepEqual(await stopped(), [], address);
    }
    await page.close();
  });

  await context.test('nor is a journey: other pages in place, a form refused, kept, cancelled', async () => {
    const { page, stopped } = await openPage(browser);
    await page.goto(site.origin);
    await follow(page, '/langues', 'Ce site en d’autres langues');
    await follow(page, '/contact', 'Se faire rappeler');
    await page.click('#demande [type=submit]');
    await page.waitForSelector('.summary');
    await page.type('#tel', '01 99 00 12 34');
    await page.click('[value=lun-matin]');
    const count = mailbox.mails.length;
    await page.click('#demande [type=submit]');
    await page.waitForSelector('#reference');
    await page.click('form[action="/contact/annuler"] button');
    await page.waitForFunction(() => /annulée/i.test(document.querySelector('h1')?.textContent ?? ''));
    assert.equal(new URL(page.url()).pathname, '/');
    assert.deepEqual(await stopped(), []);
    await mailbox.received(count + 1);
    await page.close();
  });

  await context.test('what somebody injects into a page neither runs nor changes it', async () => {
    const { page, stopped } = await openPage(browser);
    const { port } = spoiled.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'load' });
    assert.ok(await page.$('#piege'), 'it is in the page');
    await page.$eval('#piege', (link) => (link as HTMLElement).click());
    const seen = await page.evaluate(() => ({
      ran: document.body.dataset.ran ?? '',
      opacity: getComputedStyle(document.querySelector('h1') as Element).opacity,
      base: document.baseURI.startsWith(location.origin),
    }));
    assert.deepEqual(seen, { ran: '', opacity: '1', base: true });
    const rules = new Set((await stopped()).map((rule) => rule.replace(/-(elem|attr)$/, '')));
    for (const rule of ['script-src', 'style-src', 'base-uri', 'img-src'])
      assert.ok(rules.has(rule), `${rule}: ${[...rules]}`);
    await page.close();
  });

  const typed = name === 'Firefox' ? 'Firefox ESR has no Trusted Types' : false;
  await context.test('text becomes no HTML outside the places that say so', { skip: typed }, async () => {
    const { page } = await openPage(browser);
    await page.goto(site.origin);
    const refused = await page.evaluate(() => {
      try {
        document.body.innerHTML = '<b>texte</b>';
        return 'written';
      } catch (error) {
        return (error as Error).name;
      }
    });
    assert.equal(refused, 'TypeError');
    await page.close();
  });
});

/** A page that writes down what its policy stops, as the browser tells it to the page itself. */
async function openPage(browser: Browser): Promise<{ page: Page; stopped(): Promise<string[]> }> {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective), true);
  });
  return { page, stopped: () => page.evaluate(() => (window as unknown as { seen: string[] }).seen) };
}

async function follow(page: Page, path: string, heading: string): Promise<void> {
  await page.$eval(`footer a[href="${path}"]`, (link) => (link as HTMLElement).click());
  await page.waitForFunction(
    (text: string) => document.querySelector('h1')?.textContent?.includes(text),
    {},
    heading,
  );
}
