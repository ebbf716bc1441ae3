// Contrast as painted: words, then edges and pictograms. axe computes the first from the style sheet, gives up where
// boxes overlap, and does not look at the second.
import type { Page } from '@playwright/test';
import { faintTexts, groundOf } from './contrast.ts';
import { faintEdges } from './edge-contrast.ts';
import { addStyle, expect, test, unroll } from './fixtures.ts';
import { inTurn, placeNamed, places } from './page-states.ts';

const looks = [
  { media: { colorScheme: 'light', forcedColors: 'none' }, width: 390 },
  { media: { colorScheme: 'light', forcedColors: 'none' }, width: 1280 },
  { media: { colorScheme: 'dark', forcedColors: 'none' }, width: 390 },
  { media: { colorScheme: 'light', forcedColors: 'active' }, width: 390 }, // two colours, at any width
] as const;

/** What is faint in the page as it now is, unrolled: words under 7, edges and pictograms under 3. */
async function faintThings(page: Page): Promise<string[]> {
  const ground = await groundOf(page);
  return [...(await faintTexts(page, ground)), ...(await faintEdges(page, ground))];
}

for (const [turn, { name, open }] of places.entries()) {
  test(`in ${name} every word has a contrast of 7, every edge and pictogram 3, as painted`, async ({
    page,
  }) => {
    await open(page);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur()); // focus.spec.ts sees to the focus
    const faint: string[] = [];
    for (const { media, width } of inTurn(looks, turn)) {
      await page.emulateMedia(media);
      await unroll(page, width);
      const label = `${Object.values(media).join('+')} ${width} px`;
      faint.push(...(await faintThings(page)).map((thing) => `${label}: ${thing}`));
    }
    expect(faint).toEqual([]);
  });
}

test('grey words over a gradient, a pale field and a pale pictogram are seen', async ({ page }) => {
  await placeNamed('contact').open(page);
  await unroll(page, 390);
  await addStyle(
    page,
    `h1 { color: #444 !important; background: linear-gradient(90deg, #777, #fff 40%) }
    #tel { border-color: #ddd !important; background: #fff !important } svg { color: #ccc !important }`,
  );
  const faint = await faintThings(page);
  expect(faint).toContainEqual(expect.stringMatching(/^h1 .*: [1-3]\.\d\d$/));
  expect(faint).toContainEqual(expect.stringMatching(/^input#tel.*: 1\.\d\d$/));
  expect(faint).toContainEqual(expect.stringMatching(/svg: 1\.\d\d$/));
});
