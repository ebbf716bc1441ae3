// The same tests in each real browser of Debian, without a window.
import { existsSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { type Browser, launch } from 'puppeteer-core';
import { type BrowserName, commands } from '../discretion/browsers.ts';

/** Declares a test for each browser; one that is not installed is skipped, with the reason. */
export function inEachBrowser(
  body: (browser: Browser, name: BrowserName, context: TestContext) => Promise<void>,
): void {
  for (const [name, executablePath] of Object.entries(commands) as [BrowserName, string][]) {
    test(`in ${name}`, { skip: existsSync(executablePath) ? false : `no ${name} here` }, async (context) => {
      const browser = await launch({
        browser: name === 'Firefox' ? 'firefox' : 'chrome',
        executablePath,
        args: name === 'Firefox' ? [] : ['--no-sandbox', '--disable-background-networking'],
      });
      context.after(() => browser.close());
      await body(browser, name, context);
    });
  }
}
