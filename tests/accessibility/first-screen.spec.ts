// What the first look gives, and how long the form is, in the letters of most phones.
import type { Page } from '@playwright/test';
import { startSite } from '../support/site.ts';
import { expect, test } from './fixtures.ts';
import { placeNamed } from './page-states.ts';

const button = '#demande > [type=submit]';
const instants = { open: '2026-11-23T11:30:00Z', closed: '2026-11-28T21:00:00Z' };

for (const [state, instant] of Object.entries(instants)) {
  test(`while the line is ${state}, the form is short: 1400 px, 150 words, 20 stops of Tab before it is sent`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 360, height: 640 });
    await page.clock.setFixedTime(instant);
    await page.goto('/contact');
    const { top, words } = await page.evaluate((selector) => {
      const [title, button] = [document.querySelector('h1'), document.querySelector(selector)];
      if (!title || !button) throw new Error('no form');
      const isBetween = (node: Node) =>
        title.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING &&
        button.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING;
      const texts = probe.texts().filter(({ node, parent }) => isBetween(node) && !title.contains(parent));
      const words = texts.flatMap(({ node }) => node.textContent?.match(/[\p{L}\p{N}’-]+/gu) ?? []);
      return { top: button.getBoundingClientRect().top + scrollY, words };
    }, button);
    expect(top).toBeLessThanOrEqual(1400);
    expect(words).toContain('nécessaires');
    expect(words.length, words.join(' ')).toBeLessThanOrEqual(150);
    await page.locator('h1').evaluate((title) => {
      title.tabIndex = -1;
      title.focus();
    });
    let stops = 0;
    while (stops < 40 && !(await page.locator(button).evaluate((it) => it === document.activeElement))) {
      await page.keyboard.press('Tab');
      stops += 1;
    }
    await expect(page.locator(button)).toBeFocused();
    expect(stops).toBeLessThanOrEqual(20);
  });

  test(`while the line is ${state}, three taps and ten figures make a request`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 640 });
    await page.clock.setFixedTime(instant);
    await page.goto('/contact');
    await page.locator('#tel').click();
    await page.keyboard.type('0199001234');
    await page.locator('label[for=tous]').click();
    await page.locator(button).click();
    await expect(page.locator('#reference')).toBeVisible();
  });
}

for (const [state, instant, ...shown] of [
  ['open', instants.open, 'h1', '.state', '.number a[href^="tel:+"]', '.number a[href="/contact"]:visible'],
  [
    'closed',
    instants.closed,
    'h1',
    '.state',
    '.number a[href="/contact"]:visible',
    'a[href="tel:3919"]',
    'a[href="tel:116006"]',
  ],
] as const) {
  test(`while the line is ${state}, the home page says all that matters on the first screen of a small phone, clear of the exit`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 360, height: 640 });
    await page.clock.setFixedTime(instant);
    await page.goto('/');
    const bar = await page.locator('.bar').boundingBox();
    for (const what of shown) {
      const box = await page.locator(what).first().boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? Number.NaN), what).toBeLessThanOrEqual(bar?.y ?? Number.NaN);
    }
  });
}

test('the form of a frame is whole in the 320 × 760 px that partners are offered, its moments one tap away', async ({
  page,
}) => {
  const partner = await startSite({ FRAME_ORIGINS: 'https://mairie.example' });
  try {
    await page.setViewportSize({ width: 320, height: 760 });
    await page.goto(`${partner.origin}/encart/rappel`);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(760);
    await page.getByText('Ou choisir des moments').click();
    await page.locator('[value=lun-matin]').check();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  } finally {
    await partner.stop();
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
