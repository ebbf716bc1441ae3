// The exit where a hand looks for it: large, in view, in the way of nothing, and a rehearsal of it.
import type { Page } from '@playwright/test';
import { addStyle, removeStyle } from '../accessibility/fixtures.ts';
import { exit, exitSite, expect, test } from './fixtures.ts';

const phone = { width: 320, height: 568 };

/** What is on screen and where the exit is, in pixels of the page. */
const places = (page: Page) =>
  page.evaluate(() => {
    const { left, top, right, bottom } =
      document.getElementById('quitter')?.getBoundingClientRect() ?? new DOMRect();
    const seen = window.visualViewport;
    if (!seen) throw new Error('no visual viewport');
    const { offsetLeft, offsetTop, width, height } = seen;
    return {
      exit: { left, top, right, bottom },
      screen: { left: offsetLeft, top: offsetTop, right: offsetLeft + width, bottom: offsetTop + height },
    };
  });

test('the number stands beside the exit only where 48 px part them, and before the title', async ({
  page,
}) => {
  const shown: number[] = [];
  for (const width of [320, 360, 390, 430, 480, 640, 1000]) {
    await page.setViewportSize({ width, height: 640 });
    await page.goto(width === 640 ? '/langues/arabe' : '/'); // read from the right, the exit stays there
    const number = page.locator('#appeler-barre a');
    if (!(await number.isVisible())) continue;
    shown.push(width);
    const [own, exit] = await Promise.all([number.boundingBox(), page.locator('#quitter').boundingBox()]);
    expect((exit?.x ?? 0) - (own?.x ?? 0) - (own?.width ?? Number.NaN)).toBeGreaterThanOrEqual(48);
    expect(own?.height).toBeGreaterThanOrEqual(48);
  }
  expect(shown).not.toContain(320);
  expect(shown).toContain(640);
  expect(shown).toContain(480);
  const number = page.locator('#appeler-barre a');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(number).toBeFocused();
  await page.setViewportSize({ width: 320, height: 640 });
  await expect(number).toBeHidden();
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(number).toBeHidden();
});

test('text made larger in a window that keeps its size hides the number, and smaller again shows it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 480, height: 640 });
  const number = page.locator('#appeler-barre');
  const larger = async () => {
    await expect(number).toBeVisible();
    await addStyle(page, 'html { font-size: 200% }');
    await expect(number).toBeHidden();
    await removeStyle(page);
    await expect(number).toBeVisible();
  };
  await page.goto('/langues');
  await larger();
  await page.locator('main a[href="/langues/anglais"]').click(); // in mode discret, its exit takes the place of the other
  await expect(page.locator('#quitter')).toContainText('Leave');
  await larger();
});

test('with doubled text, sideways or enlarged four times, the exit stands alone and leaves half of the window', async ({
  page,
}) => {
  for (const [width, height, css] of [
    [390, 844, 'html { font-size: 200% }'],
    [640, 320, 'html { font-size: 100% }'],
    [320, 256, 'html { font-size: 100% }'],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto('/contact');
    await addStyle(page, css);
    const [bar, exit] = await Promise.all([
      page.locator('.bar').boundingBox(),
      page.locator('#quitter').boundingBox(),
    ]);
    expect(bar?.height).toBeLessThanOrEqual(height / 2);
    expect(exit?.x).toBeGreaterThanOrEqual(0);
    expect((exit?.x ?? 0) + (exit?.width ?? Number.NaN)).toBeLessThanOrEqual(width);
    if (width < 600) await expect(page.locator('#appeler-barre')).toBeHidden();
  }
});

test('enlarged with two fingers, its whole bar stays on screen', async ({ page, context, isMobile }) => {
  test.skip(!isMobile, 'only a phone is enlarged so');
  await page.goto('/contact');
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setPageScaleFactor', { pageScaleFactor: 2 });
  await expect(async () => {
    const { screen } = await places(page);
    const bar = await page.locator('.bar').evaluate((it) => {
      const { left, top, right, bottom } = it.getBoundingClientRect();
      return { left, top, right, bottom };
    });
    expect(screen.right - screen.left).toBeLessThan(300);
    expect(bar.left).toBeGreaterThanOrEqual(screen.left - 1);
    expect(bar.right).toBeLessThanOrEqual(screen.right + 1);
    expect(bar.bottom).toBeLessThanOrEqual(screen.bottom + 1);
  }).toPass({ timeout: 5000 });
});

test('on a phone it is 128 × 56 px at least, at the bottom right, with nothing else near at the end of a page', async ({
  page,
}) => {
  await page.setViewportSize(phone);
  for (const path of ['/', '/appeler', '/contact', '/numeros', '/reglages', '/inconnue']) {
    await page.goto(path);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const box = await page.locator('#quitter').boundingBox();
    expect(box?.width).toBeGreaterThanOrEqual(128);
    expect(box?.height).toBeGreaterThanOrEqual(56);
    const near = await page.evaluate(() => {
      const own = document.getElementById('quitter')?.getBoundingClientRect() ?? new DOMRect();
      const gap = ({ left, top, right, bottom }: DOMRect) =>
        Math.max(own.left - right, left - own.right, own.top - bottom, top - own.bottom);
      return [...document.querySelectorAll('footer a, footer button')]
        .filter((other) => other.checkVisibility() && gap(other.getBoundingClientRect()) < 24)
        .map((other) => other.textContent);
    });
    expect(near, path).toEqual([]);
  }
});

test('enlarged with two fingers, it stays whole on screen', async ({ page, context, isMobile }) => {
  test.skip(!isMobile, 'only a phone is enlarged so');
  await page.goto('/contact');
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setPageScaleFactor', { pageScaleFactor: 3 });
  await expect(async () => {
    const { exit: box, screen } = await places(page);
    expect(screen.right - screen.left).toBeLessThan(200);
    expect(box.left).toBeGreaterThanOrEqual(screen.left - 1);
    expect(box.top).toBeGreaterThanOrEqual(screen.top - 1);
    expect(box.right).toBeLessThanOrEqual(screen.right + 1);
    expect(box.bottom).toBeLessThanOrEqual(screen.bottom + 1);
  }).toPass({ timeout: 5000 });
});

test('it never hides what has the focus', async ({ page }) => {
  await page.setViewportSize(phone);
  for (const path of ['/contact', '/reglages']) {
    await page.goto(path);
    const order = new Set<string>();
    for (;;) {
      await page.keyboard.press('Tab');
      const { name, isHidden } = await page.evaluate(() => {
        const focused = document.activeElement;
        const own = document.getElementById('quitter');
        if (!focused || !own || focused === document.body) return { name: '', isHidden: false };
        const [a, b] = [focused.getBoundingClientRect(), own.getBoundingClientRect()];
        const overlaps = a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        const position = [...document.querySelectorAll('*')].indexOf(focused);
        return { name: `${position} ${focused.textContent?.trim()}`, isHidden: focused !== own && overlaps };
      });
      if (!name || order.has(name)) break;
      order.add(name);
      expect(isHidden, `${path}: ${name}`).toBe(false);
    }
    expect(order.size).toBeGreaterThan(10);
  }
});

test('it has an edge and readable words in forced colours, and stays off paper', async ({ page }) => {
  await page.goto('/');
  await page.emulateMedia({ forcedColors: 'active' });
  const { color, background, border } = await page.locator('#quitter').evaluate((node) => {
    const { color, backgroundColor: background, borderTopColor: border } = getComputedStyle(node);
    return { color, background, border };
  });
  expect(color).not.toBe(background);
  expect(border).not.toBe(background);
  await page.emulateMedia({ media: 'print', forcedColors: 'none' });
  await expect(page.locator('#quitter')).toBeHidden();
});

test('the rehearsal covers the page, comes back to it, and says so', async ({ page, context }) => {
  const { referrers } = await exitSite(context);
  await page.goto('/reglages');
  const address = page.url();
  await page.getByRole('button', { name: 'Essayer sans risque' }).click();
  await expect(page.locator('div.sheet')).toBeVisible();
  await expect(page.locator('#essai-fini')).toBeFocused();
  await expect(page.locator('div.sheet')).toHaveCount(0);
  expect(page.url()).toBe(address);
  expect(referrers).toEqual([]);
});

test('during the rehearsal, the real exit still leaves', async ({ page, context }) => {
  await exitSite(context);
  await page.goto('/reglages');
  await page.getByRole('button', { name: 'Essayer sans risque' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(exit);
});

test('the script of the exit stays small, and so do all the others together', async ({ page }) => {
  await page.goto('/');
  const [first = '', others = ''] = await page.$$eval('script:not([type])', (all) =>
    all.map(({ textContent }) => textContent ?? ''),
  );
  expect(first).toContain('Escape');
  expect(others).toContain('mode-discret');
  expect(Buffer.byteLength(first), 'quick exit').toBeLessThanOrEqual(1500);
  expect(Buffer.byteLength(others), 'the rest of the page').toBeLessThanOrEqual(8000);
});
