// Reading the site: what every page promises, with and without a script.

import { request as httpRequest } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { addresses } from '../access/addresses.ts';
import { revealing } from '../revealing.ts';
import { expect, test } from './fixtures.ts';

const paths = addresses.filter((path) => !path.includes('?'));
const isFrench = (path: string) => !path.startsWith('/langues/');
/** The three that hold most: 14 kB. */
const isLong = (path: string) => ['/numeros', '/apres', '/pros'].includes(path);

for (const javaScriptEnabled of [false, true]) {
  test.describe(javaScriptEnabled ? 'with a script' : 'without a script', () => {
    test.use({ javaScriptEnabled });

    for (const path of paths) {
      test(`${path} is one request, sober, with the exit first and the number`, async ({ page, site }) => {
        const requests: string[] = [];
        const complaints: string[] = [];
        page.on('request', (request) => requests.push(request.url()));
        page.on('console', (message) => complaints.push(message.text()));
        page.on('pageerror', (error) => complaints.push(error.message));
        await page.goto(path);
        expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([`${site.origin}${path}`]);
        expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
        expect(await page.title()).not.toMatch(revealing);
        const description = await page.locator('meta[name=description]').getAttribute('content');
        expect(description).not.toMatch(revealing); // Firefox keeps it beside the title
        await expect(page.locator('main#contenu h1')).toHaveCount(1);
        await expect(page.locator('a[href="tel:+33189119494"]:visible')).not.toHaveCount(0);
        if (isFrench(path))
          await expect(page.locator('body')).toContainText('du lundi au vendredi, de 9\u00a0h à 17\u00a0h');
        else await expect(page.locator('footer')).toContainText(/9\u00a0h.*17\u00a0h/);
        await page.keyboard.press('Tab');
        await expect(page.locator('a#quitter')).toBeFocused();
        const box = await page.locator('a#quitter').boundingBox();
        expect(box?.width).toBeGreaterThanOrEqual(128);
        expect(box?.height).toBeGreaterThanOrEqual(48);
      });
    }
  });
}

for (const path of paths) {
  test(`${path} is light with its headers, and nothing may keep it`, async ({ site }) => {
    const { headers, head, body } = await rawGet(`${site.origin}${path}`);
    expect(head + body.length).toBeLessThanOrEqual(isLong(path) ? 14_000 : 10_000);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['set-cookie']).toBeUndefined();
    expect(brotliDecompressSync(body).toString()).toContain('</html>');
  });
}

test('the three doors lead to calling, being called, understanding', async ({ page }) => {
  for (const [name, heading] of [
    ['Appeler', 'Comment se passe un appel'],
    ['Se faire rappeler', 'Se faire rappeler'],
    ['Comprendre', 'Mettre des mots sur ce que vous vivez'],
  ] as const) {
    await page.goto('/');
    await page.locator('.doors').getByText(name, { exact: true }).click();
    await expect(page.locator('h1')).toHaveText(heading);
  }
});

test.describe('a phone in Auckland', () => {
  test.use({ timezoneId: 'Pacific/Auckland' });

  for (const [instant, said] of [
    ['2026-11-23T08:00:00Z', 'Ouvert maintenant, jusqu’à 17\u00a0h'],
    ['2026-11-23T16:00:00Z', 'Fermé en ce moment. Prochaine ouverture\u00a0: demain à 9\u00a0h'],
    ['2026-11-27T16:00:00Z', 'Fermé en ce moment. Prochaine ouverture\u00a0: lundi 30 novembre à 9\u00a0h'],
    ['2026-11-23T07:59:00Z', 'Fermé en ce moment. Prochaine ouverture\u00a0: aujourd’hui à 9\u00a0h'],
    ['2026-12-25T10:00:00Z', 'Ouvert maintenant, jusqu’à 17\u00a0h (jour férié\u00a0: à confirmer)'],
  ] as const) {
    test(`reads the Paris state at ${instant}`, async ({ page }) => {
      await page.clock.setFixedTime(instant);
      await page.goto('/');
      await expect(page.locator('.state')).toHaveText(said);
    });
  }
});

test('a visit leaves no cookie and no storage', async ({ page, context }) => {
  for (const path of paths) await page.goto(path);
  expect(await context.cookies()).toEqual([]);
  const kept = await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    bases: (await indexedDB.databases()).length,
    caches: globalThis.caches ? (await caches.keys()).length : 0,
  }));
  expect(kept).toEqual({ local: 0, session: 0, bases: 0, caches: 0 });
});

function rawGet(
  url: string,
): Promise<{ headers: NodeJS.Dict<string | string[]>; head: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { headers: { 'accept-encoding': 'br' } }, async (response) => {
      const head = response.rawHeaders.join('').length + response.rawHeaders.length * 2 + 19;
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({ headers: response.headers, head, body: Buffer.concat(chunks) });
    });
    request.on('error', reject).end();
  });
}
