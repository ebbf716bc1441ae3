// What the first look gives, in the letters of most phones.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { placeNamed } from './page-states.ts';

test('the home page says all that matters on the first screen of a small phone, clear of the exit', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto('/');
  const exit = await page.locator('#quitter').boundingBox();
  for (const what of ['h1', '.number .button', '.state', '.doors a[href="/contact"]']) {
    const box = await page.locator(what).boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? Number.NaN), what).toBeLessThanOrEqual(exit?.y ?? Number.NaN);
  }
});

/** The typefaces that a browser really draws an element with. */
async function facesOf(page: Page, selector: string): Promise<string[]> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('DOM.enable');
  await browser.send('CSS.enable');
  const { root } = await browser.send('DOM.getDocument');
  const { nodeId } = await browser.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await browser.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts.map(({ familyName }) => familyName);
}

for (const [place, face] of [
  ['index', 'Roboto'],
  ['langues-arabe', 'Noto Sans Arabic'],
  ['langues-tamoul', 'Noto Sans Tamil'],
  ['langues-chinois', 'Noto Sans SC Thin'],
] as const) {
  test(`${place} is drawn with ${face}, as on a phone`, async ({ page }) => {
    await placeNamed(place).open(page);
    expect(await facesOf(page, 'h1')).toContain(face);
  });
}
