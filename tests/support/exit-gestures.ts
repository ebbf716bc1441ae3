// What a hand does to leave by the exit: each must leave, from our pages and from those of whoever takes the exit alone.
import type { Page } from '@playwright/test';

/** Presses Escape, twice unless told otherwise. */
export async function pressEscape(page: Page, times = 2): Promise<void> {
  for (let n = 0; n < times; n += 1) await page.keyboard.press('Escape');
}

/** Every gesture that leaves, by name, on a page with the exit and a field `#tel`. */
export const gestures: Record<string, (page: Page) => Promise<void>> = {
  click: (page) => page.locator('a#quitter').click(),
  'middle click': (page) => page.locator('a#quitter').click({ button: 'middle' }),
  'Shift click': (page) => page.locator('a#quitter').click({ modifiers: ['Shift'] }),
  'Control click': (page) => page.locator('a#quitter').click({ modifiers: ['Control'] }),
  Enter: (page) => page.locator('a#quitter').press('Enter'),
  Space: (page) => page.locator('a#quitter').press('Space'),
  'Escape twice': (page) => pressEscape(page),
  'Escape twice in a field': async (page) => {
    await page.locator('#tel').fill('01 99 00 12 34');
    await pressEscape(page);
  },
  'Escape five times': (page) => pressEscape(page, 5),
};
