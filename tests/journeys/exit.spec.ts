// Leaving: at once, and not back by the Back key when a script runs.
import { expect, test } from './fixtures.ts';

const exit = 'https://meteofrance.com/';

test('without a script the link leaves, and the exit site learns nothing', async ({ browser, site }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  let referrer: string | undefined = 'not asked';
  await context.route(`${exit}**`, (route) => {
    referrer = route.request().headers().referer;
    return route.fulfill({ contentType: 'text/html', body: '<h1>Météo</h1>' });
  });
  await page.goto(`${site.origin}/contact`);
  await expect(page.locator('footer noscript p')).toBeVisible(); // says that Back may show the page again
  await page.locator('a#quitter').click();
  await expect(page).toHaveURL(exit);
  expect(referrer).toBeUndefined();
  await context.close();
});

for (const how of ['click', 'middle click', 'shift click', 'Enter'] as const) {
  test(`a ${how} leaves in the same tab, and Back does not show the page left`, async ({ page, context }) => {
    await page.goto('about:blank');
    await page.goto('/contact');
    const link = page.locator('a#quitter');
    if (how === 'click') await link.click();
    if (how === 'middle click') await link.click({ button: 'middle' });
    if (how === 'shift click') await link.click({ modifiers: ['Shift'] });
    if (how === 'Enter') await link.press('Enter');
    await expect(page).toHaveURL(exit);
    expect(context.pages()).toHaveLength(1);
    await page.goBack();
    expect(page.url()).toBe('about:blank');
  });
}

test('while the exit site is silent the page is covered, its title neutral, its words gone', async ({
  page,
  context,
}) => {
  let answer = () => {};
  const silence = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await context.route(`${exit}**`, async (route) => {
    await silence;
    await route.fulfill({ contentType: 'text/html', body: '<h1>Météo</h1>' });
  });
  await page.goto('/contact');
  await page.locator('#tel').fill('01 99 00 12 34');
  const covered = await page.evaluate(() => {
    document.querySelector<HTMLElement>('a#quitter')?.click();
    const sheet = document.elementFromPoint(10, 10);
    return {
      text: document.body.textContent,
      title: document.title,
      sheet: sheet?.id,
      forms: document.forms.length,
    };
  });
  expect(covered).toEqual({ text: 'Chargement…', title: 'Chargement', sheet: 'quitter', forms: 0 });
  answer();
  await expect(page).toHaveURL(exit);
});
