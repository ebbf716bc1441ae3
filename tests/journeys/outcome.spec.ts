// What follows « C’est noté »: the page that says when, taking back, changing, and coming back to it. The clock of the site is
// the test's: Monday 30 November 2026, 8:00 in Paris.
import type { Page } from '@playwright/test';
import type { Mailbox } from '../support/mailbox.ts';
import { test } from './clocked.ts';
import { expect } from './fixtures.ts';

let drawn = 0;
function newPhone(workerIndex: number, ending = '34'): string {
  drawn += 1;
  return `01 99 ${String(workerIndex % 100).padStart(2, '0')} ${String(drawn).padStart(2, '0')} ${ending}`;
}

/** Sends a request, and gives its reference. */
async function ask(page: Page, phone: string, slots = ['lun-midi']): Promise<string> {
  await page.goto('/contact');
  await page.locator('#tel').fill(phone);
  for (const slot of slots) await page.locator(`input[value=${slot}]`).check();
  await page.locator('form#demande [type=submit]').click();
  await expect(page.locator('#suite h1')).toHaveText('C’est noté.');
  return (await page.locator('#reference').textContent()) ?? '?';
}

/** The mail with this subject, once it has come. */
async function mailWith(subject: string, mailbox: Mailbox): Promise<string> {
  const find = () => mailbox.mails.find((mail) => mail.subject?.startsWith(subject));
  for (let more = 0; more < 50 && !find(); more += 1) await mailbox.received(mailbox.mails.length + 1);
  return find()?.text ?? '';
}

const cancel = (page: Page) => page.getByRole('button', { name: 'Annuler ma demande' }).click();

for (const javaScriptEnabled of [false, true]) {
  test.describe(javaScriptEnabled ? 'with a script' : 'without a script', () => {
    test.use({ javaScriptEnabled });

    test('the end of the number and the moment come first; no address holds the digits', async ({
      page,
    }, info) => {
      const addresses: string[] = [];
      page.on('request', (request) =>
        addresses.push(new URL(request.url()).pathname + new URL(request.url()).search),
      );
      await ask(page, newPhone(info.workerIndex, '97'), ['lun-midi']);
      await expect(page.locator('#suite h1 + p')).toHaveText(
        'Nous appellerons le numéro finissant par 97, lundi 30 novembre entre 12 h et 14 h.',
      );
      const clear = addresses.map((address) => decodeURIComponent(address.replace(/jeton=[\w-]+$/, '')));
      expect(clear.join()).not.toContain('97');
      expect(await page.title()).toBe('Contact');
    });

    test('several moments are a short list, and a part that had begun counts from now', async ({
      page,
      clock,
    }, info) => {
      clock.set('11-30T09:05:00');
      await ask(page, newPhone(info.workerIndex), ['lun-matin', 'mer-matin', 'mer-midi']);
      await expect(page.locator('#suite h1 + p')).toHaveText(
        'Nous appellerons le numéro finissant par 34, à l’un de ces moments :',
      );
      await expect(page.locator('#suite ul.when li')).toHaveText([
        'lundi 30 novembre à partir de 9 h 05, jusqu’à 12 h',
        'mercredi 2 décembre entre 9 h et 14 h',
      ]);
    });

    test('a public holiday is left out, and the page says so', async ({ page, clock }, info) => {
      clock.set('12-24T08:00:00');
      await ask(page, newPhone(info.workerIndex), ['ven-matin']);
      await expect(page.locator('#suite')).toContainText('vendredi 8 janvier entre 9 h et 12 h.');
      await expect(page.locator('#suite')).toContainText(
        'Le vendredi 25 décembre est férié : ce sera le vendredi 8 janvier.',
      );
    });

    test('the page left open cancels for longer than its address opens', async ({
      page,
      clock,
      mailbox,
      site,
    }, info) => {
      const reference = await ask(page, newPhone(info.workerIndex));
      await mailWith(`Demande ${reference}`, mailbox);
      clock.set('11-30T11:59:00');
      if (!javaScriptEnabled) {
        const gone = await page.request.get(page.url());
        expect(gone.status()).toBe(410);
        expect(await gone.text()).toContain('href="/contact/annuler"');
      }
      await cancel(page);
      await expect(page.locator('#suite h1')).toHaveText('Votre demande est annulée');
      await expect(page.locator('#suite')).toContainText('vous pouvez dire « vous faites erreur »');
      await expect(page.locator('#reference')).toHaveText(reference);
      expect(await mailWith(`ANNULÉE ${reference}`, mailbox)).toContain('NE PLUS APPELER');
      expect(page.url().startsWith(site.origin)).toBe(true);
    });

    test('once the first moment has begun, the page says that the call will take place, when, and what ends it', async ({
      page,
      clock,
      mailbox,
    }, info) => {
      const reference = await ask(page, newPhone(info.workerIndex), ['lun-midi', 'mar-matin']);
      clock.set('11-30T12:00:01');
      await cancel(page);
      await expect(page.locator('h1').last()).toHaveText('Votre demande n’est pas annulée');
      const card = page.locator('.bad:not([hidden])').last();
      await expect(card).toContainText(
        'Le premier moment a commencé : l’appel aura lieu, s’il n’a pas déjà eu lieu.',
      );
      await expect(card.locator('li')).toHaveText([
        'lundi 30 novembre entre 12 h et 14 h',
        'mardi 1er décembre entre 9 h et 12 h',
      ]);
      await expect(card).toContainText(
        'Vous pouvez dire « vous faites erreur » : nous raccrochons et ne rappelons pas.',
      );
      await expect(card).toContainText(/01\s89\s11\s94\s94.*9\sh à 17\sh/s);
      if (javaScriptEnabled) {
        await expect(page.locator('#reference')).toHaveText(reference); // beside it, and the page stays
        clock.set('12-01T12:00:00');
        await cancel(page);
        await expect(page.locator('#suite .no-answer:not([hidden])')).toHaveCount(1);
        await expect(page.locator('#suite .setback')).toContainText(
          'Tous les moments choisis sont passés : nous n’appelons plus.',
        );
      }
      expect(mailbox.mails.some(({ subject }) => subject === `ANNULÉE ${reference}`)).toBe(false);
    });

    test('with the reference and two digits, from the page or from memory: the team is told', async ({
      page,
      mailbox,
      site,
    }, info) => {
      const reference = await ask(page, newPhone(info.workerIndex, '58'));
      await page.getByRole('link', { name: 'annuler avec la référence' }).click();
      await expect(page.locator('main h1')).toHaveText('Annuler avec la référence');
      const send = () => page.getByRole('button', { name: 'Annuler cette demande' }).click();
      await page.getByLabel('La référence de la demande').fill('galet sapim 54');
      await send();
      await expect(page.locator('.summary')).toBeFocused();
      await expect(page.locator('#reference-erreur')).toContainText('deux mots et deux chiffres');
      await expect(page.locator('#fin-erreur')).toContainText('deux derniers chiffres');
      await expect(page.locator('#reference')).toHaveValue('galet sapim 54');
      await page.locator('.summary a').last().click();
      await expect(page.locator('#fin')).toBeFocused();
      await page.locator('#reference').fill(` ${reference.toUpperCase().replace('-', '  ')}`);
      await page.locator('#fin').fill('58');
      await send();
      await expect(page.locator('#suite h1')).toHaveText('Votre annulation est notée');
      await expect(page.locator('#suite')).toContainText(reference);
      await expect(page.locator('#suite')).toContainText('vous pouvez dire « vous faites erreur »');
      expect(await page.title()).toBe('Contact');
      const { pathname, search } = new URL(page.url()); // a port drawn at random may hold the two digits
      expect(`${pathname}${search.replace(/jeton=[\w-]+/, '')}`).not.toMatch(/58|[a-z]+-[a-z]+(?=%20| )/);
      expect(page.url().startsWith(`${site.origin}/contact`)).toBe(true);
      const notice = await mailWith(`ANNULÉE ${reference}`, mailbox);
      expect(notice).toContain(`ANNULATION réf. ${reference} (demandée par référence, finissant par 58)`);
    });

    test('a reference that no request has leads to the same page', async ({ page, mailbox }, info) => {
      const reference = await ask(page, newPhone(info.workerIndex, '11'));
      const texts: string[] = [];
      for (const name of [reference, 'galet-sapin 54', 'galet-sapin 54']) {
        await page.goto('/contact/annuler');
        await page.locator('#reference').fill(name);
        await page.locator('#fin').fill('11');
        await page.getByRole('button', { name: 'Annuler cette demande' }).click();
        await expect(page.locator('#suite h1')).toHaveText('Votre annulation est notée');
        texts.push(((await page.locator('#suite').textContent()) ?? '').replace(name, '…'));
      }
      expect(new Set(texts).size).toBe(1);
      await mailWith('ANNULÉE galet-sapin 54', mailbox);
      await ask(page, newPhone(info.workerIndex));
      const last = await page.locator('#reference').textContent();
      await mailWith(`Demande ${last}`, mailbox);
      const mine = ({ subject, text }: { subject?: string | undefined; text?: string | undefined }) =>
        subject === 'ANNULÉE galet-sapin 54' && text?.includes('finissant par 11');
      expect(mailbox.mails.filter(mine)).toHaveLength(1);
    });

    test('changing says which request, and then which one it replaced', async ({ page, mailbox }, info) => {
      const phone = newPhone(info.workerIndex);
      const before = await ask(page, phone);
      await page.getByRole('link', { name: 'Modifier ma demande' }).click();
      await expect(page.locator('main h1')).toHaveText(`Modifier votre demande ${before}`);
      await expect(page.locator('input[value=lun-midi]')).toBeChecked();
      await expect(page.locator('#tel')).toHaveValue(javaScriptEnabled ? phone : '');
      await page.locator('#tel').fill('');
      const replace = () => page.getByRole('button', { name: 'Remplacer ma demande' }).click();
      await replace();
      await expect(page.locator('.summary')).toBeFocused();
      await expect(page.locator('main h1')).toHaveText(`Modifier votre demande ${before}`);
      await page.locator('#tel').fill(newPhone(info.workerIndex, '72'));
      await replace();
      await expect(page.locator('#suite h1')).toHaveText('C’est noté.');
      await expect(page.locator('#suite h1 + p')).toContainText('finissant par 72');
      await expect(page.locator('#suite')).toContainText(`Elle remplace ${before}.`);
      const after = await page.locator('#reference').textContent();
      const mail = await mailWith(`REMPLACE ${before} par ${after}`, mailbox);
      expect(mail).toContain(`REMPLACE la demande réf. ${before}`);
    });
  });
}

test('by keyboard only: the reference, its digits, and the page that says what was sent', async ({
  page,
}) => {
  await page.goto('/contact/annuler');
  const until = async (selector: string) => {
    const isThere = () => page.locator(selector).evaluate((element) => element === document.activeElement);
    for (let n = 0; n < 60 && !(await isThere()); n += 1) await page.keyboard.press('Tab');
    await expect(page.locator(selector)).toBeFocused();
  };
  await until('#reference');
  await page.keyboard.type('galet sapin 7');
  await until('#fin');
  await page.keyboard.type('34');
  await page.keyboard.press('Enter');
  await expect(page.locator('#suite h1')).toBeFocused();
  await expect(page.locator('#suite #reference')).toHaveText('galet-sapin 07');
});

test('whoever leaves the page of a request finds the way back to it on every other page', async ({
  page,
}, info) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Se faire rappeler' }).first().click();
  await page.locator('#tel').fill(newPhone(info.workerIndex));
  await page.locator('input[value=mer-midi]').check();
  const way = page.locator('#ma-demande');
  await expect(way).toBeHidden();
  await page.locator('form#demande [type=submit]').click();
  const reference = (await page.locator('#reference').textContent()) ?? '?';
  await expect(way).toBeHidden();

  await page.locator('#precedente').click(); // the page before the form
  await expect(page.locator('#reference')).toHaveCount(0);
  await expect(way).toHaveText('Revenir à ma demande');
  await page.locator('nav a[href="/numeros"]').click();
  await expect(page.locator('main h1')).toHaveText('Les autres numéros');
  await way.press('Enter');
  await expect(page.locator('#suite h1')).toBeFocused();
  await expect(page.locator('#reference')).toHaveText(reference);
  await expect(way).toBeHidden();
  await page.locator('#precedente').click();
  await expect(page.locator('main h1')).toHaveText('Les autres numéros');
  await way.click();
  await cancel(page); // all that the page could do, it still can
  await expect(page.locator('#suite h1')).toHaveText('Votre demande est annulée');
});

test('whoever gives up changing comes back to the page of the request', async ({ page }, info) => {
  const reference = await ask(page, newPhone(info.workerIndex));
  await page.getByRole('link', { name: 'Modifier ma demande' }).click();
  await expect(page.locator('main h1')).toHaveText(`Modifier votre demande ${reference}`);
  await page.getByRole('button', { name: 'Revenir à ma demande' }).click();
  await expect(page.locator('#reference')).toHaveText(reference);
});

test('nothing answers a cancellation by reference: it is said beside what was typed, and can be sent again', async ({
  page,
}) => {
  await page.goto('/contact/annuler');
  await page.locator('#reference').fill('galet-sapin 12');
  await page.locator('#fin').fill('34');
  await page.route('**/contact/annuler', (route) => route.abort(), { times: 1 });
  const send = () => page.getByRole('button', { name: 'Annuler cette demande' }).click();
  await send();
  const notice = page.locator('.no-answer:not([hidden])');
  await expect(notice).toBeFocused();
  await expect(notice).toContainText('l’équipe n’est peut-être pas prévenue');
  await expect(notice).toContainText(/01\s89\s11\s94\s94/);
  await expect(page.locator('#reference')).toHaveValue('galet-sapin 12');
  await send();
  await expect(page.locator('#suite #reference')).toHaveText('galet-sapin 12');
});
