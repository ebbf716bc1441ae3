// What paper shows: neither exit, nor menu, nor form, and where each link leads.
import type { Page } from '@playwright/test';
import { resize } from '../fixtures.ts';

/** What is printed that cannot be used, and the links of the text whose address is not. */
export async function paperFaults(page: Page): Promise<string[]> {
  await resize(page, { width: 1280, height: 720 });
  await page.emulateMedia({ media: 'print' });
  const faults = await page.evaluate(() => {
    const seen = (selector: string) =>
      [...document.querySelectorAll(selector)].filter((one) =>
        one.checkVisibility({ visibilityProperty: true }),
      );
    const silent = seen('main a[href^="/"]').filter(
      (link) => !getComputedStyle(link, '::after').content.includes(link.getAttribute('href') ?? ''),
    );
    return [
      ...seen('#quitter, nav, form, button, .state').map((one) => `printed: ${probe.called(one)}`),
      ...silent.map((link) => `without its address: ${probe.called(link)}`),
    ];
  });
  await page.emulateMedia({ media: 'screen' });
  return faults;
}
