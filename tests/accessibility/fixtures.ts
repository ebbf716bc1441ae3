// A page that can be questioned, at a fixed instant, whose styles a test may change in spite of the content policy.
import type { Page } from '@playwright/test';
import { test as base } from '../journeys/fixtures.ts';
import { makeProbe } from './page-probe.ts';

export { expect } from '@playwright/test';

/** A Monday, 10:00 in Paris: the line is open. */
const now = '2026-11-23T09:00:00Z';

/** The test of the journeys, with `probe` in every page, and no movement. */
export const test = base.extend({
  page: async ({ page }, use) => {
    await page.addInitScript(`globalThis.probe = (${makeProbe})()`);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.clock.setFixedTime(now);
    await use(page);
  },
});

/** Adds a style sheet to a page, last. Constructed sheets are not held to the content policy. */
export async function addStyle(page: Page, css: string): Promise<void> {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
  }, css);
}

/** Takes the last added style sheet away. */
export async function removeStyle(page: Page): Promise<void> {
  await page.evaluate(() => document.adoptedStyleSheets.pop());
}

/** Makes the window as high as the page: nothing is below it, and what is fixed stands at the end. */
export async function unroll(page: Page, width: number): Promise<void> {
  await resize(page, { width, height: 800 });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await resize(page, { width, height });
}

/** Gives the window a size, and waits until the page has been painted in it, with what its scripts do about it. */
export async function resize(page: Page, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size);
  await page.evaluate(async ({ width, height }) => {
    while (innerWidth !== width || innerHeight !== height) await new Promise(requestAnimationFrame);
  }, size);
  await painted(page);
}

/** Resolves once the page has been painted as it now is. */
export async function painted(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
