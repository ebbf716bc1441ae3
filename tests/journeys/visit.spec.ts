// Reading the site: what every page promises, with and without a script.

import { request as httpRequest } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { revealing } from '../../src/service/revealing.ts';
import { addresses } from '../accessibility/addresses.ts';
import { expect, test } from './fixtures.ts';

const paths = addresses.filter((path) => !path.includes('?'));
const isFrench = (path: string) => !path.startsWith('/langues/');
// With their headers; a first flight of TCP holds 14,600.
const mostBytes: Record<string, number | undefined> = {
  '/': 10_650,
  '/contact': 12_200,
  '/numeros': 14_000,
  '/apres': 14_300,
  '/pros': 14_000,
  '/reglages': 11_500,
  '/kit': 14_000,
};

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
        else
          await expect(page.locator('footer')).toContainText(
            /9(\u00a0h|[:.]00).*17(\u00a0h|[:.]00)|9\u00a0am.*5\u00a0pm/,
          );
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
    const most = mostBytes[path] ?? (isFrench(path) ? 10_800 : 12_400); // three bytes a letter in Tamil
    expect(head + body.length).toBeLessThanOrEqual(most);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['set-cookie']).toBeUndefined();
    expect(brotliDecompressSync(body).toString()).toContain('</html>');
  });
}

test('the doors of the home page lead to a call, to words for what happens, to who is close, to being called', async ({
  page,
}) => {
  for (const [name, heading] of [
    ['Comment se passe un appel', 'Comment se passe un appel'],
    ['Est-ce de la violence ?', 'Mettre des mots sur ce que vous vivez'],
    ['C’est pour un proche', 'Une personne que vous connaissez vit des violences'],
    ['Se faire rappeler', 'Se faire rappeler'],
  ] as const) {
    await page.goto('/');
    const link = page.locator('.doors, .number').getByText(name, { exact: true });
    await link.locator('visible=true').click();
    await expect(page.locator('h1')).toHaveText(heading);
  }
});

test.describe('a phone in Auckland', () => {
  test.use({ timezoneId: 'Pacific/Auckland' });

  for (const [instant, said] of [
    ['2026-11-23T08:00:00Z', 'Ouvert maintenant, jusqu’à 17\u00a0h'],
    ['2026-11-23T16:00:00Z', 'La ligne est fermée jusqu’à demain 9\u00a0h.'],
    ['2026-11-27T16:00:00Z', 'La ligne est fermée jusqu’à lundi 9\u00a0h.'],
    ['2026-11-23T07:59:00Z', 'La ligne est fermée jusqu’à 9\u00a0h.'],
    ['2026-12-25T10:00:00Z', 'Jour férié\u00a0: la ligne peut être fermée.'],
  ] as const) {
    test(`reads the Paris state at ${instant}`, async ({ page }) => {
      await page.clock.setFixedTime(instant);
      await page.goto('/');
      await expect(page.locator('.state')).toHaveText(said);
    });
  }
});

const at = (time: string) => new Date(`${time}+01:00`); // in Paris, in winter
const open = 'Ouvert maintenant, jusqu’à 17\u00a0h';
const closedUntil = (when: string) => `La ligne est fermée jusqu’à ${when}9\u00a0h.`;

for (const [from, to, before, after] of [
  ['2026-11-23T16:55:40', '2026-11-23T17:00:00', open, closedUntil('demain ')],
  ['2026-11-23T08:58:10', '2026-11-23T09:00:00', closedUntil(''), open],
  ['2026-11-23T23:59:30', '2026-11-24T00:00:00', closedUntil('demain '), closedUntil('')],
  ['2026-11-26T16:59:00', '2026-11-29T00:00:00', open, closedUntil('demain ')],
] as const) {
  test(`a page left open from ${from} says at ${to} what is true then`, async ({ page }) => {
    await page.clock.install({ time: at(from) });
    await page.goto('/');
    await expect(page.locator('.state')).toHaveText(before);
    await page.clock.runFor(at(to).getTime() - at(from).getTime());
    await expect(page.locator('.state')).toHaveText(after);
    await expect(page.locator('.number')).toHaveClass(after === open ? 'number open' : 'number closed');
  });
}

for (const path of ['/', '/contact']) {
  test(`${path} turns its face when the line closes: the callback and who answers now come first`, async ({
    page,
  }) => {
    await page.clock.install({ time: at('2026-11-23T16:59:30') });
    await page.goto(path);
    const [face, women, all] = [
      page.locator('.number'),
      page.locator('.number a[href="tel:3919"]'),
      page.locator('.number a[href="tel:116006"]'),
    ];
    await expect(face).toContainText(open);
    for (const line of [women, all]) await expect(line).toBeHidden();
    await page.clock.runFor(60_000);
    await expect(face).toHaveText(/^La ligne est fermée jusqu’à demain/);
    for (const line of [women, all]) await expect(line).toBeVisible();
    await expect(face).toContainText('femmes et hommes, tous les jours, dès 9\u00a0h\u00a0: 116\u00a0006');
    const first = face.locator('a:visible').first();
    await expect(first).toHaveAttribute('href', path === '/' ? '/contact' : 'tel:3919');
    const number = page.locator('main a[href="tel:+33189119494"]:visible');
    if (path === '/') await expect(number).toHaveCount(1);
    else await expect(page.locator('main h1')).toHaveAccessibleDescription(/^La ligne est fermée.*116\s006/);
  });
}

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  for (const path of ['/', '/contact'])
    test(`${path} says the hours, and neither open nor closed`, async ({ page }) => {
      await page.goto(path);
      await expect(page.locator('.number')).toContainText(/u lundi au vendredi, de 9\sh à 17\sh/);
      for (const hidden of await page.locator('.state, .while-closed').all())
        await expect(hidden).toBeHidden();
      await expect(page.locator('.number a[href="tel:+33189119494"]')).toBeVisible();
    });
});

for (const event of ['pageshow', 'focus', 'visibilitychange']) {
  test(`a phone that slept says what is true on ${event}`, async ({ page }) => {
    await page.clock.install({ time: at('2026-11-23T16:00:00') });
    await page.goto('/');
    await expect(page.locator('.state')).toHaveText(open);
    await page.clock.setSystemTime(at('2026-11-28T11:00:00')); // five days later, no timer has run
    await page.evaluate((name) => {
      (name === 'visibilitychange' ? document : window).dispatchEvent(new Event(name));
    }, event);
    await expect(page.locator('.state')).toHaveText(closedUntil('lundi '));
  });
}

test('what « Page précédente » brings back says what is true now', async ({ page }) => {
  await page.clock.install({ time: at('2026-11-23T16:58:00') });
  await page.goto('/');
  await expect(page.locator('.state')).toHaveText(open);
  await page.locator('nav a[href="/reglages"]').click();
  await expect(page.locator('h1')).toHaveText('Réglages et discrétion');
  await page.clock.setSystemTime(at('2026-11-23T17:02:00'));
  await page.locator('#precedente').click();
  await expect(page.locator('.state')).toHaveText(closedUntil('demain '));
});

test('the minute is watched by one timer, and by none where nothing shows the hours or nobody looks', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const waiting = new Set<number>();
    const { setTimeout: set, clearTimeout: clear } = window;
    Date.now = () => 20_000; // the next minute begins in forty seconds
    Object.assign(window, {
      setTimeout: (run: () => void, ms: number) => {
        const timer = set(() => {
          waiting.delete(timer);
          run();
        }, ms) as unknown as number;
        if (ms === 40_000) waiting.add(timer);
        return timer;
      },
      clearTimeout: (timer: number) => {
        waiting.delete(timer);
        clear(timer);
      },
      waiting,
    });
  });
  const count = () => page.evaluate('waiting.size');
  await page.goto('/');
  for (let n = 0; n < 5; n += 1) await page.evaluate(() => dispatchEvent(new Event('focus')));
  expect(await count()).toBe(1);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  expect(await count()).toBe(0);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: false });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  expect(await count()).toBe(1);
  await page.locator('nav a[href="/contact"]').first().click();
  await page.locator('main a[href="/contact/annuler"]').click();
  await expect(page.locator('h1')).toHaveText('Annuler avec la référence');
  await expect(page.locator('.state, [data-creneaux]')).toHaveCount(0);
  await expect.poll(count).toBe(0);
});

test('what is said of the hours is not written again while it stays true', async ({ page }) => {
  await page.clock.install({ time: at('2026-11-23T10:00:00') });
  await page.goto('/');
  await page.locator('.state').evaluate((place) => {
    place.textContent = 'Open now'; // as a translator writes it
  });
  await page.clock.runFor(10 * 60_000);
  await expect(page.locator('.state')).toHaveText('Open now');
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
