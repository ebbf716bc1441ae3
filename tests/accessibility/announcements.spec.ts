// What is said when the page changes without being loaded: one thing at a time, and politely.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { correct, failToSend, fillNeeded, send } from './form.ts';

/** Listens from now on: what the live regions say, and where the focus goes, in order. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = [];
    const live = '[role=status], [role=alert], [role=log], [aria-live]';
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const text = element?.closest(live)?.textContent?.trim();
        if (text) heard.push(`says: ${text}`);
      }
    }).observe(document.documentElement, { childList: true, characterData: true, subtree: true });
    addEventListener('focusin', ({ target }) => {
      const { tagName, id, className } = target as HTMLElement;
      heard.push(`goes to: ${tagName.toLowerCase()}${id ? `#${id}` : className ? `.${className}` : ''}`);
    });
    Object.assign(globalThis, { heard });
  });
  return () => page.evaluate('heard');
}

/** Chooses a page in the menu, by keyboard, the menu being already under the focus. */
async function choose(page: Page, path: string): Promise<() => Promise<string[]>> {
  const link = page.locator(`nav a[href="${path}"]`).first();
  await link.focus();
  const heard = await listen(page);
  await link.press('Enter');
  return heard;
}

test('another page is announced by its heading, and by nothing else', async ({ page }) => {
  await page.goto('/');
  const heard = await choose(page, '/numeros');
  await expect(page.locator('h1')).toBeFocused();
  expect(await heard()).toEqual(['goes to: h1']);
});

test('a slow page is said once to be on its way, then announced by its heading', async ({ page }) => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  await page.goto('/');
  await page.route('**/numeros', async (route) => {
    await held;
    await route.continue();
  });
  const heard = await choose(page, '/numeros');
  await expect(page.locator('#progres')).not.toBeEmpty();
  release();
  await expect(page.locator('h1')).toBeFocused();
  expect(await heard()).toEqual(['says: Chargement…', 'goes to: h1']);
});

test('a page that does not arrive is announced by the place that says so, and by nothing else', async ({
  page,
}) => {
  await page.goto('/');
  await page.route('**/numeros', (route) => route.abort());
  const heard = await choose(page, '/numeros');
  await expect(page.locator('#echec')).toBeFocused();
  expect(await heard()).toEqual(['goes to: div#echec']);
});

for (const [name, act, place] of [
  ['to correct', correct, 'div.card bad summary'],
  ['without an answer', failToSend, 'div.card bad no-answer'],
  [
    'that is noted',
    async (page: Page) => {
      await fillNeeded(page);
      await send(page);
    },
    'h1',
  ],
] as const) {
  test(`a request ${name} is announced once`, async ({ page }) => {
    await page.goto('/contact');
    const heard = await listen(page);
    await act(page);
    const [last, ...before] = (await heard()).toReversed();
    expect(last).toBe(`goes to: ${place}`);
    // What comes before is the hand, that goes from a field to the button, unfolds the questions that wait, and, if it is
    // slow, hears that a text is too long.
    const ofTheHand = /^(goes to: (input|button|summary)|says: 31\/30$)/;
    expect(before.filter((said) => !ofTheHand.test(said))).toEqual([]);
  });
}

test('a region that speaks twice is heard twice', async ({ page }) => {
  await page.goto('/');
  const heard = await listen(page);
  for (const text of ['un', 'deux']) {
    await page.evaluate((said) => document.querySelector('[role=status]')?.replaceChildren(said), text);
  }
  expect(await heard()).toEqual(['says: un', 'says: deux']);
});
