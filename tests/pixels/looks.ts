// The look of a place, to the pixel, in the Chromium whose version the lock file pins.
import { expect, test } from '../accessibility/fixtures.ts';
import { placeNamed } from '../accessibility/page-states.ts';
import { packagedChromium } from '../support/browser.ts';

const isThere = process.platform === 'linux' && process.arch === 'x64';

/** Why there is nothing to look at, or nothing. */
export const absence = isThere ? '' : 'npm brings a Chromium to Linux x64 only';

/** How that Chromium starts. */
export const launchOptions = isThere ? { executablePath: await packagedChromium() } : {};

/** Places and colours. */
export type Look = readonly [name: string, colorScheme: 'light' | 'dark'];

/** Declares a test for each look, against a picture of that name with this ending. */
export function declareLooks(looks: readonly Look[], ending = ''): void {
  for (const [name, colorScheme] of looks) {
    test(`${name} looks as it was looked at, ${colorScheme}`, async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 800 });
      await page.emulateMedia({ colorScheme });
      await placeNamed(name).open(page);
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await expect(page).toHaveScreenshot([`${name}-${colorScheme}${ending}.png`], { fullPage: true });
    });
  }
}
