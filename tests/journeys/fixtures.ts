// A site and a mailbox of its own for each worker, and the exit site answered on the spot: no test leaves this machine.
import { test as base } from '@playwright/test';
import { type Mailbox, mailSettings, openMailbox, type Site, startSite } from '../site.ts';

export { expect } from '@playwright/test';

/** Playwright's test, with a running `site`, its `mailbox`, and pages whose addresses start at the site. */
export const test = base.extend<object, { mailbox: Mailbox; site: Site }>({
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
  context: async ({ context }, use) => {
    await context.route('https://meteofrance.com/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>Météo</title><h1>Météo</h1>' }),
    );
    await use(context);
  },
});
