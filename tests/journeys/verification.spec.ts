// hCaptcha, where it is set: nothing of it before it is wanted, never beside what she writes, never a wall.
import type { Page } from '@playwright/test';
import { axeComplaints } from '../access/axe.ts';
import { openCaptchaService } from '../door/captcha-service.ts';
import { mailSettings, type Site, startSite } from '../site.ts';
import { test as base, exit, exitSite, expect } from './fixtures.ts';

const test = base.extend<object, { asking: Site }>({
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

/** Fills in the form and presses « Envoyer »; `asked` lists what was asked of hCaptcha, whose widget is `widget`. */
async function send(page: Page, firstName: string, widget: string | undefined) {
  const asked: string[] = [];
  await page.route('https://js.hcaptcha.com/**', (route) => {
    asked.push(route.request().url());
    return widget ? route.fulfill({ contentType: 'text/javascript', body: widget }) : route.abort();
  });
  // The driver, while it stands between, never hands back a redirected answer to a request with `keepalive`.
  await page.addInitScript(() => {
    const { fetch } = window;
    window.fetch = (input, init) => fetch(input, { ...init, keepalive: false });
  });
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto('/');
  await page.getByRole('link', { name: 'Se faire rappeler' }).first().click(); // the discreet way: one address
  await page.getByLabel('À quel numéro').fill('01 99 00 12 34');
  await page.getByRole('group', { name: 'Quand' }).getByRole('checkbox').first().check();
  await page.getByLabel('Comment vous appeler').fill(firstName);
  await page.getByRole('button', { name: 'Envoyer ma demande' }).click();
  await expect(page.getByText('hCaptcha, qui verra')).toBeVisible();
  expect(asked).toEqual([]);
  expect(await axeComplaints(page)).toEqual([]);
  return { asked, complaints };
}

/** A widget with one button, which answers `token`; it tells the form around what it can read of it. */
const widgetThatSays = (token: string) => `
  const button = document.createElement('button');
  button.textContent = 'Je suis là';
  window.hcaptcha = { render(place, { sitekey, callback }) {
    button.title = sitekey;
    button.onclick = () => callback('${token}');
    place.append(button);
  } };
  ask();`;

test('a right answer sends the request, from the same address, without a mark', async ({ page, mailbox }) => {
  const { asked, complaints } = await send(page, 'Capucine', widgetThatSays('right'));
  await page.getByRole('button', { name: 'Vérifier et envoyer' }).click();
  const widget = page.frameLocator('iframe').getByRole('button', { name: 'Je suis là' });
  await expect(widget).toHaveAttribute('title', 'cle-publique');
  await widget.click();
  await expect(page.getByRole('heading', { name: 'C’est noté.' })).toBeFocused();
  expect(new URL(page.url()).pathname).toBe('/');
  expect(asked.length).toBe(1);
  expect(complaints.filter((text) => !text.includes('403'))).toEqual([]);
  await expect.poll(() => mailbox.mails.some(({ text }) => text?.includes('« Capucine »'))).toBe(true);
  expect(mailbox.mails.find(({ text }) => text?.includes('« Capucine »'))?.text).not.toContain(
    'non vérifiée',
  );
});

test('a wrong answer gives the form back as it was typed, and asks again', async ({ page }) => {
  await send(page, 'Coquelicot', widgetThatSays('wrong'));
  await page.getByRole('button', { name: 'Vérifier et envoyer' }).click();
  await page.frameLocator('iframe').getByRole('button').click();
  await expect(page.getByText('hCaptcha n’a pas accepté')).toBeVisible();
  await expect(page.getByLabel('Comment vous appeler')).toHaveValue('Coquelicot');
  await page.getByRole('button', { name: 'Envoyer ma demande' }).click();
  await expect(page.getByRole('button', { name: 'Vérifier et envoyer' })).toBeVisible();
});

for (const [what, firstName, press] of [
  ['hCaptcha cannot be reached', 'Lavande', 'Vérifier et envoyer'],
  ['she wants to send without it', 'Pivoine', 'Envoyer sans vérification'],
] as const) {
  test(`${what}: the request leaves, marked`, async ({ page, mailbox }) => {
    await send(page, firstName, undefined);
    await page.getByRole('button', { name: press }).click();
    await expect(page.getByRole('heading', { name: 'C’est noté.' })).toBeFocused();
    await expect.poll(() => mailbox.mails.some(({ text }) => text?.includes(`« ${firstName} »`))).toBe(true);
    expect(mailbox.mails.find(({ text }) => text?.includes(`« ${firstName} »`))?.text).toContain(
      'non vérifiée',
    );
  });
}

test('Escape twice inside the verification leaves the whole page', async ({ page, context }) => {
  await exitSite(context);
  await send(page, 'Anémone', widgetThatSays('right'));
  await page.getByRole('button', { name: 'Vérifier et envoyer' }).click();
  await page.frameLocator('iframe').getByRole('button').focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(exit);
});

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  test('the request leaves at once, marked', async ({ page, mailbox }) => {
    await page.goto('/contact');
    await page.getByLabel('À quel numéro').fill('01 99 00 12 34');
    await page.getByRole('group', { name: 'Quand' }).getByRole('checkbox').first().check();
    await page.getByLabel('Comment vous appeler').fill('Myosotis');
    await page.getByRole('button', { name: 'Envoyer ma demande' }).click();
    await expect(page.getByRole('heading', { name: 'C’est noté.' })).toBeVisible();
    await expect.poll(() => mailbox.mails.some(({ text }) => text?.includes('« Myosotis »'))).toBe(true);
    expect(mailbox.mails.find(({ text }) => text?.includes('« Myosotis »'))?.text).toContain('non vérifiée');
  });
});
