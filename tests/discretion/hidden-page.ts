// A page that is not in front shows nothing, in each real browser: what takes a picture of it then has none of our words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BrowserName, openBrowser } from './browsers.ts';
import { click, press } from './real-input.ts';
import { sharedScene } from './scene.ts';
import { firstPage, until } from './visit.ts';

/** A page behind another tab shows nothing. */
export function hiddenPage(browser: BrowserName): void {
  test('behind another tab nothing is to be seen, and all is there again at once', async () => {
    const scene = await sharedScene();
    const opened = await openBrowser(browser, `${scene.site}/contact`);
    const page = await firstPage(opened);
    await page.waitForSelector('#tel');
    const seen: string[] = [];
    page.on('console', (message) => seen.push(message.text()));
    await page.evaluate(() => {
      document.addEventListener('visibilitychange', () => {
        const { opacity } = getComputedStyle(document.documentElement);
        console.info(`${document.visibilityState} ${opacity} ${document.activeElement?.id}`);
      });
    });
    await click(opened, page, '#tel');
    press(opened, 'ctrl+t');
    await until(() => seen.includes('hidden 0 tel'), 'the page to be hidden');
    press(opened, 'ctrl+w');
    await until(() => seen.length === 2, 'the page to be back');
    assert.deepEqual(seen, ['hidden 0 tel', 'visible 1 tel']);
    await opened.quit();
  });
}
