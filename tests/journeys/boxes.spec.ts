// Lists of boxes: they help to think, and nothing keeps them, on the screen or on paper.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const boxes = (page: Page) => page.getByRole('checkbox');
const ticked = (page: Page) => page.locator('.boxes input:checked');

async function tickThree(page: Page): Promise<void> {
  for (const index of [0, 1, 2]) await boxes(page).nth(index).check();
  await expect(ticked(page)).toHaveCount(3);
}

for (const path of ['/preparer', '/reperes']) {
  for (const javaScriptEnabled of [false, true]) {
    test.describe(`${path}, ${javaScriptEnabled ? 'with' : 'without'} a script`, () => {
      test.use({ javaScriptEnabled });

      test('what is ticked is gone after a reload, and after another page', async ({ page, site }) => {
        const asked: string[] = [];
        await page.goto(path);
        await tickThree(page);
        page.on('request', (request) => asked.push(request.url()));
        await page.reload();
        await expect(ticked(page)).toHaveCount(0);
        await tickThree(page);
        await page.goto('/numeros');
        await page.goBack();
        await expect(page.locator('.boxes').first()).toBeVisible();
        await expect(ticked(page)).toHaveCount(0);
        expect(asked.filter((url) => new URL(url).search || !url.startsWith(site.origin))).toEqual([]);
      });
    });
  }

  test(`in mode discret, ${path} comes back without what was ticked, and nothing is stored`, async ({
    page,
  }) => {
    await page.goto(path);
    await tickThree(page);
    await page.locator('nav a[href="/numeros"]').first().click();
    await expect(page.locator('main h1')).toHaveText('Les autres numéros');
    await page.locator('#precedente').click();
    await expect(page.locator('.boxes').first()).toBeVisible();
    await expect(ticked(page)).toHaveCount(0);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
      0,
      0,
      '',
    ]);
  });

  test(`a box of ${path} is ticked by its words or by a key, and says what it is`, async ({ page }) => {
    await page.goto(path);
    const first = boxes(page).first();
    expect(await first.getAttribute('name')).toBeNull();
    const words = (await page.locator('.boxes label').first().textContent())?.trim() ?? '';
    await expect(first).toHaveAccessibleName(words);
    await page.getByText(words, { exact: true }).click();
    await expect(first).toBeChecked();
    await first.focus();
    await page.keyboard.press('Space');
    await expect(first).not.toBeChecked();
  });

  test(`${path} prints its boxes, empty even when they are ticked`, async ({ page }) => {
    await page.goto(path);
    await page.emulateMedia({ media: 'print' });
    const box = boxes(page).first();
    const empty = await box.screenshot();
    expect((await box.boundingBox())?.width).toBeGreaterThan(12);
    await box.evaluate((input: HTMLInputElement) => {
      input.checked = true;
    });
    expect(await box.screenshot()).toEqual(empty);
  });
}
