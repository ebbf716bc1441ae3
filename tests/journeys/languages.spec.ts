// The line in another language: the same exit and the same mode discret, in its own words.
import { readContent } from '../../src/writing/read.ts';
import { exit, exitSite, expect, test } from './fixtures.ts';

const { languages, traces } = readContent('src/content');

for (const { id, head } of languages) {
  test(`${id} has its exit, its numbers and its switch in its own words, and says who has not read it`, async ({
    page,
  }) => {
    await page.goto(`/langues/${id}`);
    const { mots } = head;
    await expect(page.locator('html')).toHaveAttribute('lang', head.langue);
    await expect(page.locator('html')).toHaveAttribute('dir', head.sens);
    await expect(page.locator('h1')).toHaveText(head.entete);
    await expect(page.locator('#quitter')).toHaveText(mots.quitter);
    await expect(page.locator('#quitter')).toHaveAccessibleDescription(mots.quitter_effet + mots.echap);
    await expect(page.locator('.urgent')).toContainText(
      mots.danger.replace('{17}', '17').replace('{112}', '112'),
    );
    await expect(page.locator('.urgent a[href="sms:114"]')).toHaveText(mots.sms.replace('{114}', '114'));
    await expect(page.locator('#mode-discret')).toHaveText(mots.discret);
    await expect(page.locator('#avis')).toHaveText(mots.avis);
    await expect(page.locator('main')).toContainText(head.non_relu);
    await page.route('**/', (route) => route.abort());
    await page.locator('footer a[href="/"]').click();
    await expect(page.locator('#echec')).toBeFocused();
    await expect(page.locator('#echec')).toContainText(`${mots.pas_arrivee} ${mots.reessayer_possible}`);
    await expect(page.locator('#reessayer')).toHaveText(mots.reessayer);
    await expect(page.locator('#echec')).toContainText(
      mots.appeler_aussi.replace(/{numero}.*/, '01\u00a089'),
    );
    await page.locator('.limits').click(); // how to leave, what stays, in her language
    await expect(page.locator('h1')).toHaveText(traces.find((text) => text.id === id)?.head.entete ?? '?');
    await expect(page.locator('html')).toHaveAttribute('lang', head.langue);
    await expect(page.locator('main a[href^="tel:+33"]').first()).toBeVisible();
  });
}

test('without a script, the exit leaves from a page that is read from right to left', async ({
  browser,
  site,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const { referrers } = await exitSite(context);
  await page.goto(`${site.origin}/langues/arabe`);
  const box = await page.locator('#quitter').boundingBox();
  expect(box?.x).toBeGreaterThan((page.viewportSize()?.width ?? 0) / 2); // where it is on every other page
  await page.locator('#quitter').click();
  await expect(page).toHaveURL(exit);
  expect(referrers).toEqual([undefined]);
  await context.close();
});

test('in mode discret, another language comes whole, at the same address, and goes whole', async ({
  page,
  context,
  site,
}) => {
  await page.goto('/');
  const title = await page.title();
  await page.locator('nav a[href="/langues"]').click();
  await page.getByRole('link', { name: 'العربية', exact: true }).click();
  const arabic = languages.find(({ id }) => id === 'arabe')?.head;
  await expect(page.locator('h1')).toBeFocused();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('#quitter')).toHaveText(arabic?.mots.quitter ?? '');
  await expect(page.locator('#quitter')).toHaveAccessibleDescription(
    `${arabic?.mots.quitter_effet}${arabic?.mots.echap}`,
  );
  await expect(page.locator('#mode-discret')).toHaveAttribute('aria-pressed', 'true');
  expect([page.url(), await page.title()]).toEqual([`${site.origin}/`, title]);
  await page.getByRole('button', { name: arabic?.mots.precedente ?? '' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
  await expect(page.locator('#quitter')).toHaveText('Quitter le site');
  await expect(page.locator('h1')).toHaveText('Ce site en d’autres langues');
  await page.getByRole('link', { name: 'Türkçe' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'tr');
  await exitSite(context);
  await page.locator('#quitter').click(); // an exit that came later is as armed as the first
  await expect(page).toHaveURL(exit);
});
