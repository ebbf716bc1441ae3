// A site and a mailbox of its own for each worker.
import { type BrowserContext, test as base, type Page } from '@playwright/test';
import { type Mailbox, mailSettings, openMailbox } from '../support/mailbox.ts';
import { type Site, startSite } from '../support/site.ts';

export { expect } from '@playwright/test';

/** Where the exit leads in a build without settings. */
export const exit = 'https://meteofrance.com/';

/**
 * Playwright's test, with a running `site`, its `mailbox`, and pages whose addresses start at the site. Fails when a policy
 * of ours stopped something, other than what `stopped` expects.
 */
export const test = base.extend<{ stopped: RegExp }, { mailbox: Mailbox; site: Site }>({
  stopped: [/$^/, { option: true }],
  mailbox: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names it must provide from the pattern
    async ({}, use) => {
      const mailbox = await openMailbox();
      await use(mailbox);
      await mailbox.close();
    },
    { scope: 'worker' },
  ],
  site: [
    async ({ mailbox }, use) => {
      const site = await startSite(mailSettings(mailbox));
      await use(site);
      await site.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ site }, use) => use(site.origin),
  // The driver fills in a form faster than a person could, and would pass for a robot.
  page: async ({ page, stopped }, use) => {
    await page.addInitScript(() => {
      const now = performance.now.bind(performance);
      performance.now = () => now() + 60_000;
    });
    const refused: string[] = [];
    page.context().on('console', (message) => {
      const isPolicy = message.type() === 'error' && /policy|'Trusted/i.test(message.text());
      if (isPolicy && !stopped.test(message.text())) refused.push(message.text());
    });
    await use(page);
    base.expect(refused, 'stopped by a policy').toEqual([]);
  },
});

/** A stand-in for the exit site: `answer` lets it speak, `asked` counts and `referrers` lists what came. */
export async function exitSite(context: BrowserContext, { isSilent = false } = {}) {
  let answer = () => {};
  const silence = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const referrers: (string | undefined)[] = [];
  await context.route(`${exit}**`, async (route) => {
    referrers.push((await route.request().allHeaders()).referer);
    if (isSilent) await silence;
    await route.fulfill({ contentType: 'text/html', body: '<title>Météo</title><h1>Météo</h1>' });
  });
  return { answer, referrers };
}

/** Opens what the form folds. */
export async function unfold(page: Page): Promise<void> {
  await page.locator('#demande summary').click();
}
