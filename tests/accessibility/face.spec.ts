// What paper shows, and how little the look weighs.
import { brotliCompressSync } from 'node:zlib';
import { addresses } from './addresses.ts';
import { expect, test } from './fixtures.ts';

for (const path of addresses) {
  test(`on paper, ${path} has neither exit, nor menu, nor form, and writes its links out`, async ({
    page,
  }) => {
    await page.goto(path);
    await page.emulateMedia({ media: 'print' });
    for (const one of await page.locator('#quitter, nav, form, button, .state').all())
      await expect(one).toBeHidden();
    const silent = await page.$$eval('main a[href^="/"]', (links) =>
      links
        .filter((link) => link.checkVisibility())
        .filter(
          (link) => !getComputedStyle(link, '::after').content.includes(link.getAttribute('href') ?? ''),
        ),
    );
    expect(silent).toEqual([]);
  });
}

test('the home page prints a card whose face is a number and nothing else', async ({ page }) => {
  await page.goto('/');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.wallet .face')).toHaveText('01\u00a089\u00a011\u00a094\u00a094');
  const shown = await page.$$eval(
    'body *',
    (all) =>
      all.filter((one) => one.checkVisibility() && !one.closest('.wallet') && !one.querySelector('.wallet'))
        .length,
  );
  expect(shown).toBe(0);
  const card = await page.locator('.wallet').boundingBox();
  expect(Math.round(((card?.width ?? 0) / 96) * 25.4)).toBe(85); // millimetres
});

test('the style of the whole site weighs at most 4 kB, a pictogram 600 bytes, and nothing installs', async ({
  page,
}) => {
  const styles = new Set<string>(); // what all share, of the form, of what is read, of the home page
  for (const path of ['/contact', '/']) {
    await page.goto(path);
    const texts = await page.locator('style').evaluateAll((all) => all.map((one) => one.textContent ?? ''));
    for (const text of texts) styles.add(text);
  }
  expect(styles.size).toBe(4);
  expect(brotliCompressSync([...styles].join('')).length).toBeLessThanOrEqual(4000);
  const pictograms = await page.locator('svg').evaluateAll((all) => all.map((one) => one.outerHTML.length));
  expect(pictograms.length).toBeGreaterThan(3);
  expect(Math.max(...pictograms)).toBeLessThanOrEqual(600);
  await expect(page.locator('link[rel=manifest]')).toHaveCount(0);
});

test('a phone that keeps the site among its icons gets a step, without a word', async ({ page, request }) => {
  await page.goto('/');
  const answer = await request.get('/apple-touch-icon.png');
  expect(answer.headers()['content-type']).toBe('image/png');
  expect((await answer.body()).subarray(12, 24)).toEqual(Buffer.from('IHDR\0\0\0\xb4\0\0\0\xb4', 'latin1')); // 180 × 180
});
