// The exit has a place of its own: whatever a page is scrolled to, nothing shows or can be pressed under it.
import type { Page } from '@playwright/test';
import { addresses } from './addresses.ts';
import { addStyle, expect, test } from './fixtures.ts';
import { inTurn } from './page-states.ts';

const windows = [
  { width: 320, height: 568 },
  { width: 360, height: 640 },
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1024, height: 768 },
  { width: 1280, height: 800 },
  { width: 1366, height: 768 },
];

/** What is wrong around the exit at each 40 px of the page, less than its height; stops at the first place where something is. */
function faultsWhileScrolling(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const called = (one: Element | undefined) => one?.outerHTML.slice(0, 60) ?? 'nothing';
    const isOpaque = (one: Element) => /^rgb\(/.test(getComputedStyle(one).backgroundColor);
    const exit = document.getElementById('quitter') as HTMLElement;
    const line = exit.closest('.bar, .top') as HTMLElement;
    const holder = isOpaque(line) ? line : (line.parentElement as HTMLElement);
    for (const details of document.querySelectorAll('details')) details.open = true;
    for (let y = 0; y + innerHeight < document.documentElement.scrollHeight + 40; y += 40) {
      scrollTo(0, y);
      const { left, top, right, bottom, width, height } = exit.getBoundingClientRect();
      const faults: string[] = [];
      const box = holder.getBoundingClientRect();
      if (box.right - right > left - box.left) faults.push('it is not at the right');
      if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight)
        faults.push('it leaves the window');
      for (const across of [0.03, 0.5, 0.97]) {
        for (const down of [0.1, 0.5, 0.9]) {
          const [first, ...under] = document.elementsFromPoint(left + across * width, top + down * height);
          if (!first || !exit.contains(first)) faults.push(`over it: ${called(first)}`);
          const ground = under.find((one) => !exit.contains(one) && isOpaque(one));
          if (ground !== holder) faults.push(`under it: ${called(ground)}`);
        }
      }
      for (let x = Math.max(box.left, 0) + 1; x < Math.min(box.right, innerWidth); x += 12) {
        for (let down = Math.max(box.top, 0) + 2; down < Math.min(box.bottom, innerHeight); down += 12) {
          const found = document.elementFromPoint(x, down);
          if (!found || !holder.contains(found)) faults.push(`in its line: ${called(found ?? undefined)}`);
        }
      }
      if (faults.length > 0) return [...new Set(faults)].map((fault) => `scrolled to ${y}: ${fault}`);
    }
    return [];
  });
}

for (const [turn, path] of addresses.entries()) {
  test(`nothing of ${path} is ever under the exit`, async ({ page }) => {
    test.slow(); // some thousand places of a long page
    const faults: string[] = [];
    await page.goto(path);
    for (const size of inTurn(windows, turn)) {
      await page.setViewportSize(size);
      faults.push(...(await faultsWhileScrolling(page)).map((fault) => `${size.width} px, ${fault}`));
    }
    expect(faults).toEqual([]);
  });
}

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
