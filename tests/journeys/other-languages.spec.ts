// Asking to be called in another language than French, on a narrow phone, without a script and with one: an answer to correct,
// the page that says when, a change, taking back, too late, by the reference. Not a word of French but what is said in French.
import type { Page } from '@playwright/test';
import { tongueNamed } from '../../src/service/tongues.ts';
import { datesOf, sentenceIn, type TranslatedWord, type Word, wordIn } from '../../src/service/words.ts';
import { readContent } from '../../src/writing/read.ts';
import { axeComplaints } from '../accessibility/axe.ts';
import { inTurn } from '../accessibility/page-states.ts';
import { test } from './clocked.ts';
import { expect } from './fixtures.ts';

const { languages } = readContent('src/content');

const kept =
  /vous faites erreur|Un premier pas|Département du Val[-\u2011]de[-\u2011]Marne|Val[-\u2011]de[-\u2011]Marne/g;
const french =
  /(?<!\p{L})(vous|nous|votre|notre|avec|pour|dans|sans|cette|rappeler|appel|demande|envoyer|numéro|Discrétion)(?!\p{L})/iu;

/** What of a page is French although it should not be, each with a few words around it. */
async function frenchIn(page: Page): Promise<string[]> {
  // As it is seen: what is hidden is shown by another page.
  const text: string = await page.evaluate('document.body.innerText');
  return text
    .replace(kept, '')
    .split('\n')
    .filter((line) => french.test(line));
}

/** A page that who reads this language can use: its own, whole on a narrow phone, and found right by axe. */
async function expectRight(page: Page, lang: string): Promise<void> {
  await expect(page.locator('main')).toBeVisible();
  expect(
    await page.evaluate(() => document.querySelector('main')?.closest('[lang]')?.getAttribute('lang')),
  ).toBe(lang);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  expect(await axeComplaints(page)).toEqual([]);
}

let drawn = 0;

for (const [turn, { id, head }] of languages.entries()) {
  for (const javaScriptEnabled of inTurn([true, false], turn)) {
    test.describe(javaScriptEnabled ? 'with a script' : 'without a script', () => {
      test.use({ javaScriptEnabled, viewport: { width: 320, height: 640 } });

      const tongue = tongueNamed(id);
      if (!tongue) throw new Error(`no journey in ${id}`);
      const word = (key: Word | TranslatedWord) => wordIn(tongue, key);
      const send = (page: Page) => page.locator('form#demande [type=submit]').click();

      test(`${id}: from its page to a request, corrected, changed, taken back`, async ({
        page,
        clock,
      }, info) => {
        drawn += 1;
        const phone = `01 99 ${String(info.workerIndex % 100).padStart(2, '0')} ${String(drawn).padStart(2, '0')} 34`;
        const seen: string[] = [];
        const look = async () => seen.push(...(await frenchIn(page)));

        await page.goto(`/langues/${id}`);
        if (javaScriptEnabled) await expectRight(page, head.langue);
        await look();
        await page.locator('main .number a.button[href$="/rappel"]').click();
        await expect(page.locator('h1')).toHaveText(word('page.entete'));
        await expect(page.locator('main')).toContainText(word('page.en_francais'));
        if (javaScriptEnabled) await expectRight(page, head.langue);
        await look();

        await page.locator('#mot').evaluate((input) => input.closest('details')?.setAttribute('open', ''));
        await page.locator('#mot').fill('x'.repeat(31));
        if (javaScriptEnabled) await expect(page.locator('#mot + [aria-live]')).toHaveText('31/30');
        await look();
        await send(page);
        await expect(page.locator('.summary h2')).toHaveText(word('formulaire.a_corriger'));
        const toCorrect = [
          word('erreur.tel.vide'),
          word('erreur.quand.aucun'),
          sentenceIn(tongue, 'erreur.trop_long', { champ: word('champ.mot.court'), limite: '30' }),
        ];
        await expect(page.locator('.summary li')).toHaveText(toCorrect);
        await expect(page.locator('#mot')).toHaveValue('x'.repeat(31));
        await look();

        await page.locator('#tel').fill(phone);
        await page.locator('#mot').fill('lilas');
        await page.locator('input[name=quand][value=mar-matin]').check();
        await page.locator('input[name=quand][value=jeu-matin]').check();
        await page.locator('input[name=eviter][value=jeu-matin]').check();
        await send(page);
        await expect(page.locator('#suite h1')).toHaveText(word('suite.titre'));
        const day = new Intl.DateTimeFormat(datesOf(tongue), {
          weekday: 'long',
          day: 'numeric',
          month: 'long',
        });
        await expect(page.locator('#suite .when').first()).toContainText(
          day.format(new Date('2026-12-01T12:00:00Z')),
        );
        await expect(page.locator('#suite .when').first()).toContainText('34');
        await expect(page.locator('#suite li')).toHaveText([
          ...[
            word('suite.essais.1'),
            word('suite.tiers.raccrocher'),
            word('suite.message.aucun'),
            word('suite.sms'),
          ],
          ...[word('suite.numero_affiche'), word('suite.equipe'), word('suite.sans_insister')],
          word('suite.vous_faites_erreur'),
        ]);
        if (javaScriptEnabled) await expectRight(page, head.langue);
        await look();
        const first = (await page.locator('#reference').textContent()) ?? '?';

        await page.getByRole('link', { name: word('suite.modifier') }).click();
        await expect(page.locator('h1')).toHaveText(
          sentenceIn(tongue, 'formulaire.modifier', { reference: first }),
        );
        await page.locator('#tel').fill(phone);
        await page.locator('input[name=quand][value=mer-midi]').check();
        await send(page);
        await expect(page.locator('#suite')).toContainText(first);
        const second = (await page.locator('#reference').textContent()) ?? '?';
        expect(second).not.toBe(first);

        clock.set('12-01T09:30:00');
        await page.getByRole('button', { name: word('suite.annuler') }).click();
        const notice = page.locator('.bad:not([hidden])').last();
        await expect(notice).toContainText(word('pas_annulee.vous_faites_erreur'));
        await expect(notice.locator('li').first()).toBeVisible();
        await look();

        await page.goto(`/langues/${id}/annuler`);
        await expect(page.locator('h1')).toHaveText(word('annuler.titre'));
        await page.locator('main [type=submit]').click();
        await expect(page.locator('.summary li')).toHaveText([
          word('erreur.reference'),
          word('erreur.chiffres'),
        ]);
        await look();
        await page.locator('#reference').fill(second);
        await page.locator('#fin').fill('34');
        await page.locator('main [type=submit]').click();
        await expect(page.locator('#suite h1')).toHaveText(word('notee.titre'));
        await expect(page.locator('#reference')).toHaveText(second);
        await look();

        clock.set('12-01T12:00:00');
        await page.goto(`/langues/${id}/rappel`);
        await page.locator('#tel').fill(phone);
        await page.locator('input[name=quand][value=jeu-midi]').check();
        await send(page);
        await page.getByRole('button', { name: word('suite.annuler') }).click();
        await expect(page.locator('#suite h1')).toHaveText(word('annulee.titre'));
        await look();
        expect([...new Set(seen)]).toEqual([]);
        expect(page.url()).not.toContain('/contact');
      });
    });
  }
}

test('a French sentence is seen where there should be none', async ({ page }) => {
  await page.goto('/contact');
  expect((await frenchIn(page)).length).toBeGreaterThan(10);
});
