// A site whose clock is the test's: Monday 30 November 2026, 8:00 in Paris, until the test says otherwise.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/folder.ts';
import { mailSettings } from '../support/mailbox.ts';
import { type Site, startSite } from '../support/site.ts';
import { test as base } from './fixtures.ts';

type Clock = { file: string; set(paris: string): void };
const morning = '11-30T08:00:00';

/** Playwright's test, with that site and its `clock`. */
export const test = base.extend<{ eachMorning: undefined }, { clock: Clock; site: Site }>({
  clock: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names it must provide from the pattern
    async ({}, use) => {
      const file = join(temporaryFolder(), 'clock');
      // Put in place whole: the site, which reads it at each look at the clock, never finds it empty.
      const set = (paris: string) => {
        writeFileSync(`${file}.new`, String(Date.parse(`2026-${paris}+01:00`) - Date.now()));
        renameSync(`${file}.new`, file);
      };
      set(morning);
      await use({ file, set });
    },
    { scope: 'worker' },
  ],
  site: [
    async ({ mailbox, clock }, use) => {
      const preload = new URL('../outages/wrong-clock.ts', import.meta.url).href;
      const clocked = { NODE_OPTIONS: `--import ${preload}`, CLOCK_FILE: clock.file };
      const site = await startSite({ ...mailSettings(mailbox), ...clocked });
      await use(site);
      await site.stop();
    },
    { scope: 'worker' },
  ],
  // A fixture, because Playwright keeps a hook of this module for the first file alone that reads it.
  eachMorning: [
    async ({ clock }, use) => {
      clock.set(morning);
      await use(undefined);
    },
    { auto: true },
  ],
});
