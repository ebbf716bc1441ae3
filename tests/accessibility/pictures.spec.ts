// Pictures for a person to look at: `npm run pictures`. Every place, light and dark, the whole page: at three widths in the
// letters of a phone, at three in those of this machine, which are wider.
import { join } from 'node:path';
import { test } from './fixtures.ts';
import { places } from './page-states.ts';

const folder = process.env.PICTURES ?? 'test-results/pictures';

const widths: Record<string, number[]> = {
  'lettres de téléphone': [320, 390, 768],
  accès: [320, 1280, 1600],
};

for (const { name, open } of places) {
  test(`${name} is photographed`, async ({ page }, { project }) => {
    await open(page);
    for (const width of widths[project.name] ?? []) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const path = join(folder, project.name, name, `${width}-${colorScheme}.jpg`);
        await page.screenshot({ path, type: 'jpeg', quality: 70, fullPage: true });
      }
    }
  });
}
