// The look of the pages, to the pixel, with the letters that the Chromium of npm brings. After a change that is wanted:
// `npm run pixels`, then look at what changed.
import { addStyle, expect, test } from '../accessibility/fixtures.ts';
import { placeNamed } from '../accessibility/page-states.ts';
import { absence, declareLooks, launchOptions } from './looks.ts';

test.use({ launchOptions });
test.skip(absence !== '', absence);

declareLooks([
  ...['index', 'contact', 'form-to-correct', 'numeros', 'reglages'].map((name) => [name, 'light'] as const),
  ...['index', 'form-to-correct'].map((name) => [name, 'dark'] as const),
]);

test('a colour that changed is seen', async ({ page }) => {
  await placeNamed('index').open(page);
  await page.setViewportSize({ width: 390, height: 800 });
  const before = await page.screenshot({ fullPage: true });
  await addStyle(page, '.button { background: #0b5a5d }');
  expect((await page.screenshot({ fullPage: true })).equals(before)).toBe(false);
});
