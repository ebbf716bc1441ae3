// Nothing moves by itself while a page comes: who is about to press « Quitter le site » must find it where it was. The
// network is as slow as it can be: the page is on screen before its last scripts have arrived.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { addresses } from './addresses.ts';
import { addStyle, expect, painted, test } from './fixtures.ts';

type Shift = PerformanceEntry & { value: number };

/** Counts what moves, from the beginning of the page or from `forget()` on; `moved` says how much (0: nothing). */
async function watchShifts(page: Page): Promise<{ moved(): Promise<number> }> {
  await page.addInitScript(() => {
    let sum = 0;
    const count = (entries: PerformanceEntryList) => {
      for (const { value } of entries as Shift[]) sum += value;
    };
    const observer = new PerformanceObserver((list) => count(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    Object.assign(globalThis, {
      shown: new Promise((resolve) =>
        new PerformanceObserver(resolve).observe({ type: 'paint', buffered: true }),
      ),
      forget: () => {
        observer.takeRecords();
        sum = 0;
      },
      moved: () => {
        count(observer.takeRecords());
        return sum;
      },
    });
  });
  return {
    async moved() {
      await painted(page);
      return page.evaluate('moved()');
    },
  };
}

/** Shows a page of the site in two pieces: what follows some text of it arrives after the rest has been painted. */
async function openSlowly(page: Page, origin: string, path: string, text = '</footer>'): Promise<void> {
  const { promise: isPainted, resolve: release } = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    const answer = await fetch(origin + request.url);
    const html = await answer.text();
    const cut = html.indexOf(text, html.indexOf('<main')) + text.length;
    const policy = answer.headers.get('content-security-policy') ?? '';
    response.writeHead(answer.status, { 'content-type': 'text/html', 'content-security-policy': policy });
    response.write(`${html.slice(0, cut)}<template id="coupe"></template>`);
    await isPainted;
    response.end(html.slice(cut));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
    waitUntil: 'commit',
  });
  await page.evaluate('shown.then(() => {})');
  // A busy browser paints what it has read of the first piece: what is asked is what moves once all of it is there.
  await page.waitForSelector('#coupe', { state: 'attached' });
  await painted(page);
  await page.evaluate('forget()');
  release();
  await page.waitForLoadState();
  server.close();
}

for (const [device, viewport] of Object.entries({
  phone: { width: 390, height: 844 },
  computer: { width: 1280, height: 800 },
})) {
  test.describe(() => {
    test.use({ viewport });
    for (const path of addresses) {
      test(`on a ${device}, nothing of ${path} moves while it comes`, async ({ page, site }) => {
        const { moved } = await watchShifts(page);
        await openSlowly(page, site.origin, path);
        expect(await moved()).toBe(0);
      });
    }
  });
}

test('a page that stops in the middle of the card of the number moves nothing when it goes on', async ({
  page,
  site,
}) => {
  const { moved } = await watchShifts(page);
  await openSlowly(page, site.origin, '/plan', '<p class="state"></p>');
  expect(await moved()).toBe(0);
  await expect(page.locator('.number + #avis')).toBeVisible();
});

test('a page that moves is seen', async ({ page, site }) => {
  const { moved } = await watchShifts(page);
  await openSlowly(page, site.origin, '/contact');
  const before = await moved();
  await addStyle(page, '.urgent { padding-bottom: 100px }');
  expect(await moved()).toBeGreaterThan(before);
});
