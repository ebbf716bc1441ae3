// hCaptcha, where it is set: nothing of it before it is wanted, never beside what she writes, never a wall.
import type { Page, Route } from '@playwright/test';
import { journeyPath } from '../../src/service/tongues.ts';
import { wordIn } from '../../src/service/words.ts';
import { axeComplaints } from '../accessibility/axe.ts';
import { answerAsHcaptcha, test, widgetThatSays } from './asking.ts';
import { exit, exitSite, expect, unfold } from './fixtures.ts';

/** Fills in the form and presses « Envoyer »; `asked` lists what was asked of hCaptcha, whose widget is `widget`. */
async function send(page: Page, firstName: string, widget: string | undefined) {
  const { asked } = await answerAsHcaptcha(page, widget);
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto('/');
  await page.getByRole('link', { name: 'Se faire rappeler' }).first().click(); // the discreet way: one address
  await page.getByLabel('À quel numéro').fill('01 99 00 12 34');
  await page.getByRole('group', { name: 'Quand' }).getByRole('checkbox').first().check();
  await unfold(page);
  await page.getByLabel('Quel prénom dire').fill(firstName);
  await page.getByRole('button', { name: 'Envoyer ma demande' }).click();
  await expect(page.getByText('hCaptcha, qui verra')).toBeVisible();
  expect(asked).toEqual([]);
  expect(await axeComplaints(page)).toEqual([]);
  return { asked, complaints };
}

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
  await expect(page.getByLabel('Quel prénom dire')).toHaveValue('Coquelicot');
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

for (const [what, firstName, answer] of [
  [
    'an empty script',
    'Jacinthe',
    (route: Route) => route.fulfill({ contentType: 'text/javascript', body: '' }),
  ],
  [
    'a page that says that it is blocked',
    'Muguet',
    (route: Route) => route.fulfill({ body: '<h1>Bloqué</h1>' }),
  ],
  ['silence', 'Narcisse', () => {}],
] as const) {
  test(`when hCaptcha answers by ${what}, the frame stays small, says so, and the way around it works`, async ({
    page,
    mailbox,
  }) => {
    await page.clock.install();
    await send(page, firstName, undefined);
    await page.unroute('https://js.hcaptcha.com/**');
    await page.route('https://js.hcaptcha.com/**', answer);
    await page.getByRole('button', { name: 'Vérifier et envoyer' }).click();
    const frame = page.frameLocator('iframe');
    await expect(frame.locator('main')).toBeAttached();
    await expect(frame.locator('main')).toHaveText('');
    await page.clock.runFor(10_000);
    await expect(frame.getByRole('status')).toHaveText(
      'La vérification ne s’affiche pas. Vous pouvez envoyer sans elle.',
    );
    const box = await page.locator('iframe').boundingBox();
    expect(box?.height).toBeLessThanOrEqual(160);
    await page.getByRole('button', { name: 'Envoyer sans vérification' }).click();
    await expect(page.getByRole('heading', { name: 'C’est noté.' })).toBeFocused();
    await expect.poll(() => mailbox.mails.some(({ text }) => text?.includes(`« ${firstName} »`))).toBe(true);
    expect(mailbox.mails.find(({ text }) => text?.includes(`« ${firstName} »`))?.text).toContain(
      'non vérifiée',
    );
  });
}

for (const tongue of ['tamoul', 'chinois'] as const) {
  test(`from a form in ${tongue}, hCaptcha is asked in its language, which says when nothing comes`, async ({
    page,
  }) => {
    await page.clock.install();
    await answerAsHcaptcha(page, undefined);
    await page.unroute('https://js.hcaptcha.com/**');
    const silent = page.waitForRequest('https://js.hcaptcha.com/**');
    await page.route('https://js.hcaptcha.com/**', () => {});
    await page.goto(journeyPath('form', tongue));
    await page.locator('#tel').fill('01 99 00 12 34');
    await page.locator('#tous').check();
    await page.locator('form#demande > [type=submit]').click();
    await page.getByRole('button', { name: wordIn(tongue, 'verification.verifier') }).click();
    expect(new URL((await silent).url()).searchParams.get('hl')).toBe(
      { tamoul: 'ta', chinois: 'zh' }[tongue],
    );
    const frame = page.frameLocator('iframe');
    await expect(frame.locator('main')).toBeAttached();
    await page.clock.runFor(10_000);
    await expect(frame.getByRole('status')).toHaveText(wordIn(tongue, 'verification.vide'));
  });
}

test('a widget that comes late takes the place of the sentence, and has room', async ({ page }) => {
  await page.clock.install();
  await send(page, 'Glycine', undefined);
  await page.unroute('https://js.hcaptcha.com/**');
  let come = () => {};
  const late = new Promise<void>((resolve) => {
    come = resolve;
  });
  await page.route('https://js.hcaptcha.com/**', async (route) => {
    await late;
    await route.fulfill({ contentType: 'text/javascript', body: widgetThatSays('right') });
  });
  await page.getByRole('button', { name: 'Vérifier et envoyer' }).click();
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('main')).toBeAttached();
  await page.clock.runFor(10_000);
  await expect(frame.getByRole('status')).toContainText('ne s’affiche pas');
  come();
  await expect(frame.getByRole('button')).toBeVisible();
  await expect(frame.locator('main')).not.toContainText('ne s’affiche pas');
  expect((await page.locator('iframe').boundingBox())?.height).toBeGreaterThan(500);
  await frame.getByRole('button').click();
  await expect(page.getByRole('heading', { name: 'C’est noté.' })).toBeFocused();
});

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
    await unfold(page);
    await page.getByLabel('Quel prénom dire').fill('Myosotis');
    await page.getByRole('button', { name: 'Envoyer ma demande' }).click();
    await expect(page.getByRole('heading', { name: 'C’est noté.' })).toBeVisible();
    await expect.poll(() => mailbox.mails.some(({ text }) => text?.includes('« Myosotis »'))).toBe(true);
    expect(mailbox.mails.find(({ text }) => text?.includes('« Myosotis »'))?.text).toContain('non vérifiée');
  });
});
