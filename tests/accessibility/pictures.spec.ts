// Pictures for a person to look at: `npm run pictures`. Every place, five widths, light and dark, the whole page.
import { join } from 'node:path';
import { test } from './fixtures.ts';
import { places } from './page-states.ts';

const folder = process.env.PICTURES ?? 'test-results/pictures';

for (const { name, open } of places) {
  test(`${name} is photographed`, async ({ page }) => {
    await open(page);
    for (const width of [320, 390, 768, 1280, 1600]) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const path = join(folder, name, `${width}-${colorScheme}.jpg`);
        await page.screenshot({ path, type: 'jpeg', quality: 70, fullPage: true });
      }
    }
  });
}
