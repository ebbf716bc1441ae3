// Pictures for a person to look at: `npm run pictures`. Every place, five widths, light and dark, the whole page, in the
// letters of this machine and in those of a phone.
import { join } from 'node:path';
import { test } from './fixtures.ts';
import { places } from './page-states.ts';

const folder = process.env.PICTURES ?? 'test-results/pictures';

for (const { name, open } of places) {
  test(`${name} is photographed`, async ({ page }, { project }) => {
    await open(page);
    for (const width of [320, 390, 768, 1280, 1600]) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const path = join(folder, project.name, name, `${width}-${colorScheme}.jpg`);
        await page.screenshot({ path, type: 'jpeg', quality: 70, fullPage: true });
      }
    }
  });
}
