// What the home page prints, how many sheets a page takes, what stands beside a text, and how little the look weighs.
import { brotliCompressSync } from 'node:zlib';
import { builtPages } from '../writing/built.ts';
import { addresses } from './addresses.ts';
import { expect, test } from './fixtures.ts';

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

// Of A4, with the margins of a browser: what a home printer takes.
const sheets: Record<string, number> = { '/': 1, '/appeler': 2, '/preparer': 2, '/numeros': 4, '/apres': 6 };

for (const [path, most] of Object.entries(sheets))
  test(`${path} takes ${most} sheets at most`, async ({ page, browserName }) => {
    test.skip(browserName !== 'chromium', 'no other browser draws a PDF');
    await page.goto(path);
    const margin = '12mm';
    const pdf = await page.pdf({
      format: 'A4',
      margin: { top: margin, right: margin, bottom: margin, left: margin },
    });
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(most);
  });

const withIndex = builtPages.filter(({ path, $ }) => addresses.includes(path) && $('nav.index').length > 0);

test('beside a text, what it holds; on a phone, only what is long, folded', async ({ page }) => {
  test.slow(); // every entry of every page is pressed
  await page.setViewportSize({ width: 1280, height: 800 });
  let found = 0;
  for (const { path } of withIndex) {
    await page.goto(path);
    const links = page.locator('nav.index a');
    for (const link of await links.all()) {
      await expect(link).toBeVisible();
      await expect(link).not.toHaveAttribute('aria-current');
      await link.click();
      await expect(page.locator(':focus')).toHaveText((await link.textContent()) ?? '');
      await expect(page.locator(':focus')).toHaveJSProperty('tabIndex', -1); // the heading, not its link
      found++;
    }
  }
  expect(found).toBeGreaterThan(60);
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto('/apres');
  await expect(page.locator('nav.index')).toBeHidden();
  await expect(page.locator('summary', { hasText: 'Sur cette page' })).toBeVisible();
});

test('the style of the whole site weighs at most 4.5 kB, a pictogram 600 bytes, a drawing 900, and nothing installs', async ({
  page,
}) => {
  const styles = new Set<string>(); // what all share, of the form, of what is read, of the home page
  for (const path of ['/contact', '/appeler', '/']) {
    await page.goto(path);
    const texts = await page.locator('style').evaluateAll((all) => all.map((one) => one.textContent ?? ''));
    for (const text of texts) styles.add(text);
  }
  expect(styles.size).toBe(4);
  expect(brotliCompressSync([...styles].join('')).length).toBeLessThanOrEqual(4500);
  const weights = (name: string) =>
    page.locator(name).evaluateAll((all) => all.map((one) => one.outerHTML.length));
  const pictograms = await weights('svg');
  expect(pictograms.length).toBeGreaterThan(3);
  expect(Math.max(...pictograms)).toBeLessThanOrEqual(600);
  for (const path of ['/appeler', '/service', '/preparer', '/apres', '/proches', '/reperes']) {
    await page.goto(path);
    const [drawing] = await weights('h1 .drawing');
    expect(drawing).toBeLessThanOrEqual(900);
  }
  await expect(page.locator('link[rel=manifest]')).toHaveCount(0);
});

test('a phone that keeps the site among its icons gets a step, without a word', async ({ page, request }) => {
  await page.goto('/');
  const answer = await request.get('/apple-touch-icon.png');
  expect(answer.headers()['content-type']).toBe('image/png');
  expect((await answer.body()).subarray(12, 24)).toEqual(Buffer.from('IHDR\0\0\0\xb4\0\0\0\xb4', 'latin1')); // 180 × 180
});
