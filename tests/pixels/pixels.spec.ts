// The look of the pages, to the pixel, in the Chromium whose version the lock file pins, with the fonts that it brings.
// After a change that is wanted: `npm run pixels`, then look at what changed.

import { addStyle, expect, test } from '../accessibility/fixtures.ts';
import { placeNamed } from '../accessibility/page-states.ts';
import { packagedChromium } from '../support/browser.ts';

// Only there does npm bring a browser.
const isThere = process.platform === 'linux' && process.arch === 'x64';
const launchOptions = isThere ? { executablePath: await packagedChromium() } : {};

test.use({ launchOptions });
test.skip(!isThere, 'npm brings a Chromium to Linux x64 only');

const looks = [
  ...['index', 'contact', 'form-to-correct', 'numeros', 'reglages'].map((name) => [name, 'light'] as const),
  ...['index', 'form-to-correct'].map((name) => [name, 'dark'] as const),
];

for (const [name, colorScheme] of looks) {
  test(`${name} looks as it was looked at, ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.emulateMedia({ colorScheme });
    await placeNamed(name).open(page);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await expect(page).toHaveScreenshot([`${name}-${colorScheme}.png`], { fullPage: true });
  });
}

test('a colour that changed is seen', async ({ page }) => {
  await placeNamed('index').open(page);
  await page.setViewportSize({ width: 390, height: 800 });
  const before = await page.screenshot({ fullPage: true });
  await addStyle(page, '.button { background: #0b5a5d }');
  expect((await page.screenshot({ fullPage: true })).equals(before)).toBe(false);
});
