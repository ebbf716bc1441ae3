// A site that asks for hCaptcha, and a stand-in for hCaptcha's script.
import type { Page } from '@playwright/test';
import { openCaptchaService } from '../admission/captcha-service.ts';
import { mailSettings } from '../support/mailbox.ts';
import { type Site, startSite } from '../support/site.ts';
import { test as base } from './fixtures.ts';

/** The test of the journeys, on a site that asks everybody for a verification. */
export const test = base.extend<object, { asking: Site }>({
  asking: [
    async ({ mailbox }, use) => {
      const service = await openCaptchaService();
      const settings = { ...mailSettings(mailbox), ...service.settings, HCAPTCHA_ALWAYS: 'true' };
      const site = await startSite(settings);
      await use(site);
      await site.stop();
      service.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ asking }, use) => use(asking.origin),
});

/** What hCaptcha's address answers: a script, or undefined where it cannot be reached. */
export async function answerAsHcaptcha(page: Page, widget: string | undefined): Promise<{ asked: string[] }> {
  const asked: string[] = [];
  await page.route('https://js.hcaptcha.com/**', (route) => {
    asked.push(route.request().url());
    return widget === undefined
      ? route.abort()
      : route.fulfill({ contentType: 'text/javascript', body: widget });
  });
  // The driver, while it stands between, never hands back a redirected answer to a request with `keepalive`.
  await page.addInitScript(() => {
    const { fetch } = window;
    window.fetch = (input, init) => fetch(input, { ...init, keepalive: false });
  });
  return { asked };
}

/** A widget with one button, which answers `token`; it tells the form around what it can read of it. */
export const widgetThatSays = (token: string) => `
  const button = document.createElement('button');
  button.textContent = 'Je suis là';
  window.hcaptcha = { render(place, { sitekey, callback }) {
    button.title = sitekey;
    button.onclick = () => callback('${token}');
    place.append(button);
  } };
  ask();`;
