// The hands of a visitor on the callback form. They know the names of the answers, not how the form looks.
import { expect, type Page } from '@playwright/test';
import { unfold } from '../journeys/fixtures.ts';

const number = '01 99 00 12 34';

/** The two answers without which nothing can be sent. The moment is on the last day listed: one of today may have begun. */
export async function fillNeeded(page: Page): Promise<void> {
  await page.locator('input[name=tel]').fill(number);
  await page.locator('input[name=quand][value$=-matin]').last().check();
}

/** Every answer: each text written, every moment at once and the last choice of each question taken. */
export async function fillAll(page: Page): Promise<void> {
  const form = page.locator('form#demande');
  await unfold(page);
  for (const text of await form.locator('input[type=text]:visible').all()) await text.fill('tournesol');
  for (const name of ['tiers', 'message', 'essais']) await form.locator(`input[name=${name}]`).last().check();
  await fillNeeded(page);
  await page.locator('input[value=tous]').check();
}

/** Sends what was written; the page that says it is noted follows. */
export async function send(page: Page): Promise<void> {
  await page.locator('form#demande [type=submit]').click();
  await expect(page.locator('#suite #reference')).toBeVisible();
}

/** Sends a form where each kind of answer is wrong: a text, a group, an optional text. */
export async function correct(page: Page): Promise<void> {
  await unfold(page);
  await page.locator('input[name=mot]').fill('x'.repeat(31));
  await page.locator('form#demande [type=submit]').click();
  await expect(page.locator('.summary')).toBeFocused();
}

/** Sends into a network that does not answer. */
export async function failToSend(page: Page): Promise<void> {
  await page.route('**/contact/envoi', (route) => route.abort());
  await fillNeeded(page);
  await page.locator('form#demande [type=submit]').click();
  await expect(page.locator('.no-answer:not([hidden])')).toBeFocused();
}

/** Posts something that our form would not, as a browser does. */
export async function postByHand(
  page: Page,
  action: string,
  { enctype = '', fields = {} }: { enctype?: string; fields?: Record<string, string> },
): Promise<void> {
  await page.goto('/contact');
  const arrived = page.waitForURL(`**${action}`);
  await page.evaluate(
    ([action, enctype, fields]) => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', action, enctype });
      for (const [name, value] of Object.entries(fields)) {
        form.append(Object.assign(document.createElement('input'), { name, value }));
      }
      document.body.append(form);
      form.submit();
    },
    [action, enctype, fields] as const,
  );
  await arrived;
}
