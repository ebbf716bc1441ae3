// What looks/exit-place.ts finds under the exit: places.spec.ts asks it of every place.
import { addStyle, expect, test } from './fixtures.ts';
import { faultsWhileScrolling, windows } from './looks/exit-place.ts';

test('at the end of a page, the last line stands clear of the exit', async ({ page }) => {
  for (const size of windows.slice(0, 4)) {
    await page.setViewportSize(size);
    await page.goto('/contact');
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const [bar, last] = await Promise.all([
      page.locator('.bar').boundingBox(),
      page.locator('footer .band > :last-child').boundingBox(),
    ]);
    expect((last?.y ?? 0) + (last?.height ?? Number.NaN)).toBeLessThanOrEqual(bar?.y ?? Number.NaN);
  }
});

test('a line that lets see through, and one that something lies over, are seen', async ({ page }) => {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('/appeler');
    await addStyle(page, '.bar, .top { background: none !important }');
    expect(await faultsWhileScrolling(page)).toContainEqual(expect.stringContaining('under it'));
    await page.goto('/appeler');
    await addStyle(page, 'main { position: relative; z-index: 10 }');
    expect(await faultsWhileScrolling(page)).toContainEqual(expect.stringContaining('over it'));
  }
});
