// The form itself: what it folds, what it says of what was typed, how it is changed; at every width.
import type { Page } from '@playwright/test';
import { expect, test, unfold } from './fixtures.ts';

const send = '#demande > [type=submit]';
const isOpen = (page: Page) =>
  page.locator('#demande details').evaluate((it) => (it as HTMLDetailsElement).open);
const post = (page: Page, form: Record<string, string>) =>
  page.evaluate((fields) => {
    const made = Object.assign(document.createElement('form'), { method: 'post', action: '/contact/envoi' });
    for (const [name, value] of Object.entries(fields))
      made.append(Object.assign(document.createElement('input'), { name, value }));
    document.body.append(made);
    made.submit();
  }, form);

for (const javaScriptEnabled of [false, true]) {
  test.describe(javaScriptEnabled ? 'with a script' : 'without a script', () => {
    test.use({ javaScriptEnabled });

    test('the exceptions are folded, and unfold by themselves when one holds an answer or a problem', async ({
      page,
    }) => {
      await page.goto('/contact');
      expect(await isOpen(page)).toBe(false);
      await expect(page.locator('#mot')).toBeHidden();
      await page.locator('#tel').fill('01 99 00 12 3');
      await page.locator('#tous').check();
      await page.locator(send).click();
      await expect(page.locator('.summary')).toBeFocused();
      expect(await isOpen(page)).toBe(false);
      await unfold(page);
      await page.locator('#mot').fill('hirondelle');
      await page.locator(send).click();
      await expect(page.locator('.summary')).toBeFocused();
      expect(await isOpen(page)).toBe(true);
      await expect(page.locator('#mot')).toHaveValue('hirondelle');
      await expect(page.locator('#tous')).toBeChecked();
    });

    test('an error of what is folded leads to its field', async ({ page }) => {
      await page.goto('/contact');
      await page.locator('#tel').fill('01 99 00 12 34');
      await page.locator('#tous').check();
      await unfold(page);
      await page.locator('#mot').fill('x'.repeat(31));
      await page.locator(send).click();
      await expect(page.locator('.summary')).toBeFocused();
      await page.locator('#demande summary').click(); // she folds it again
      await page.locator('.summary a[href="#mot"]').click();
      await expect(page.locator('#mot')).toBeFocused();
      await expect(page.locator('#mot')).toBeInViewport();
    });

    for (const width of [320, 360, 390, 1280])
      test(`at ${width} px, by keyboard, two answers are enough`, async ({ page }) => {
        await page.setViewportSize({ width, height: 640 });
        await page.goto('/contact');
        const until = async (selector: string) => {
          for (let n = 0; n < 40; n += 1) {
            await page.keyboard.press('Tab');
            if (await page.locator(selector).evaluate((it) => it === document.activeElement)) return;
          }
          throw new Error(`${selector} is not reached`);
        };
        await until('#tel');
        await page.keyboard.type(`06 39 98 ${String(width).padStart(4, '0').replace(/(..)/, '$1 ')}`);
        await until('#tous');
        await page.keyboard.press('Space');
        await until(send);
        await expect(page.locator(send)).toBeInViewport({ ratio: 1 });
        await page.keyboard.press('Enter');
        await expect(page.locator('#reference')).toBeVisible();
      });

    test('a request that is changed says which one, and what becomes of it', async ({ page }) => {
      await page.goto('/contact');
      await page.locator('#tel').fill('06 39 98 77 01');
      await page.locator('[value=jeu-midi]').check();
      await page.locator(send).click();
      const reference = (await page.locator('#reference').textContent()) ?? '?';
      const href = (await page.locator('#suite a[data-jeton]').getAttribute('href')) ?? '';
      await page.goto(href);
      await expect(page.locator('h1')).toHaveText(`Modifier votre demande ${reference}`);
      await expect(page.locator('[value=jeu-midi]')).toBeChecked();
      await expect(
        page.getByText('Ce que vous aviez écrit n’a pas été gardé. Ce qui reste vide ne sera pas transmis.'),
      ).toHaveCount(1);
      await expect(page.locator(send)).toHaveText('Remplacer ma demande');
      await expect(page.locator(`${send} ~ p`)).toHaveText(`Elle remplace la demande ${reference}.`);
    });
  });
}

test('how long a text is, is said in its last quarter, once the fingers rest', async ({ page }) => {
  await page.clock.install({ time: new Date('2026-11-30T10:00:00+01:00') });
  await page.goto('/contact');
  await unfold(page);
  const said = page.locator('#mot + [aria-live=polite]');
  await page.locator('#mot').pressSequentially('x'.repeat(22));
  await page.clock.runFor(2000);
  await expect(said).toHaveText('');
  await page.locator('#mot').pressSequentially('xxx');
  await page.clock.runFor(300);
  await expect(said).toHaveText('');
  await page.clock.runFor(700);
  await expect(said).toHaveText('25/30');
  await page.locator('#mot').fill('🌻'.repeat(32));
  await page.clock.runFor(1000);
  await expect(said).toHaveText('32/30');
  await expect(page.locator('#mot')).toHaveValue('🌻'.repeat(32)); // nothing is cut
});

test('what is wrong opens what is folded, when the form comes by itself', async ({ page }) => {
  await page.goto('/contact');
  await post(page, { tel: '01 99 00 12 34', quand: 'lun-matin', tiers: 'autre' });
  await expect(page.locator('.summary')).toBeFocused();
  expect(await isOpen(page)).toBe(true);
  await expect(page.locator('#tiers_phrase-erreur')).toBeVisible();
});
