// A page that the browser translates: each text is wrapped in elements of the translator's, so that what is pressed is
// never the button itself. Everything works as before, by mouse.
import type { Page } from '@playwright/test';
import { answerAsHcaptcha, test as asking, widgetThatSays } from './asking.ts';
import { exit, exitSite, expect, test } from './fixtures.ts';

/** Wraps every text of the pages to come, now and when more comes, as browsers do. */
async function translate(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const wrap = () => {
      const walker = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      for (const text of texts) {
        const around = text.parentElement?.tagName ?? '';
        if (!text.data.trim() || /^(SCRIPT|STYLE|TITLE|FONT|TEXTAREA)$/.test(around)) continue;
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        text.replaceWith(outer);
        outer.append(inner);
        inner.append(text);
      }
    };
    new MutationObserver(wrap).observe(document, { childList: true, subtree: true });
    // What the click fell on.
    addEventListener('click', ({ target }) => console.debug(`pressed ${(target as Element).tagName}`), true);
  });
}

/** Presses the words of a link or of a button. */
async function press(page: Page, selector: string): Promise<void> {
  const fell = page.waitForEvent('console', (message) => message.text().startsWith('pressed'));
  await page.locator(`${selector} font font`).first().click({ noWaitAfter: true });
  expect((await fell).text()).toBe('pressed FONT');
}

test('mode discret, its switch, its way back and its retry answer to a translated page', async ({
  page,
  site,
}) => {
  await translate(page);
  await page.goto('/');
  await press(page, 'nav a[href="/appeler"]');
  await expect(page.locator('h1')).toHaveText('Comment se passe un appel');
  await press(page, '#precedente');
  await expect(page.locator('nav [aria-current=page]')).toHaveAttribute('href', '/');
  expect(page.url()).toBe(`${site.origin}/`);
  await page.route('**/numeros', (route) => route.abort(), { times: 1 });
  await press(page, 'nav a[href="/numeros"]');
  await expect(page.locator('#echec')).toBeFocused();
  await press(page, '#reessayer');
  await expect(page.locator('h1')).toHaveText('Les autres numéros');
  await press(page, '#mode-discret');
  await expect(page.locator('#mode-discret')).toHaveAttribute('aria-pressed', 'false');
});

test('a request is corrected, noted, changed and cancelled in a translated page', async ({ page }) => {
  await translate(page);
  await page.goto('/contact');
  await page.locator('#tel').fill('01 99 00 12 3');
  await page.locator('[name=quand]').nth(1).check();
  await press(page, '#demande [type=submit]');
  await expect(page.locator('.summary')).toBeFocused();
  await press(page, '.summary a');
  await expect(page.locator('#tel')).toBeFocused();
  await page.locator('#tel').fill('01 99 00 66 01');
  await press(page, '#demande [type=submit]');
  await expect(page.locator('#suite h1')).toHaveText('C’est noté.');
  await press(page, '#suite a[data-jeton]');
  await expect(page.locator('#tel')).toHaveValue('01 99 00 66 01');
  await page.locator('[name=quand]').nth(2).check();
  await press(page, '#demande [type=submit]');
  await expect(page.locator('#suite h1')).toHaveText('C’est noté.');
  await press(page, '#suite form button');
  await expect(page.locator('#suite h1')).toHaveText('Votre demande est annulée');
});

test('the rehearsal, the check of a page and the copy answer to a translated page', async ({ page }) => {
  await translate(page);
  await page.goto('/reglages');
  await press(page, '#essai');
  await expect(page.locator('#essai-fini')).toBeFocused();
  await page.goto('/pros');
  await page.locator('#code').fill('<p>Un premier pas</p>');
  await press(page, '#verifier');
  await expect(page.locator('#verdict')).toContainText('numéro manque');
  await page.goto('/kit');
  await page.locator('summary', { hasText: 'Carte en HTML' }).click();
  await press(page, 'details[open] [data-copie]');
  await expect(page.locator('details[open] [role=status]')).toContainText(/Copié|choisi/);
});

for (const path of ['/contact', '/encart']) {
  test(`the exit of ${path} leaves from a translated page`, async ({ page, context }) => {
    await exitSite(context);
    await translate(page);
    await page.goto(path);
    await press(page, '#quitter');
    await expect(page).toHaveURL(path === '/encart' ? 'about:blank' : exit);
  });
}

for (const [name, words, isProven] of [
  ['Vérifier et envoyer', '[data-verification]', true],
  ['Envoyer sans vérification', '[name=verification][value=sans]', false],
] as const) {
  asking(`« ${name} » sends the request from a translated page`, async ({ page, mailbox }) => {
    const firstName = isProven ? 'Bleuet' : 'Bruyère';
    await answerAsHcaptcha(page, widgetThatSays('right'));
    await translate(page);
    await page.goto('/contact');
    await page.locator('#tel').fill('01 99 00 66 02');
    await page.locator('[name=quand]').first().check();
    await page.locator('#demande summary').click();
    await page.locator('#prenom').fill(firstName);
    await press(page, '#demande > [type=submit]');
    await press(page, words);
    if (isProven) await page.frameLocator('iframe').getByRole('button').click();
    await expect(page.locator('#suite h1')).toHaveText('C’est noté.');
    const about = () => mailbox.mails.find(({ text }) => text?.includes(`« ${firstName} »`))?.text;
    await expect.poll(about).toBeTruthy();
    expect(about()?.includes('non vérifiée')).toBe(!isProven);
  });
}
