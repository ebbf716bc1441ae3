// Asking to be called: from the form to a real mailbox, without a script and with one.
import { readFileSync } from 'node:fs';
import type { Page, Route } from '@playwright/test';
import type { ParsedMail } from 'mailparser';
import { expect, test, unfold } from './fixtures.ts';

// A number of its own for each request, in the block kept for fiction, tells which e-mail answers which test.
let drawn = 0;
function newPhone(workerIndex: number): string {
  drawn += 1;
  return `01 99 00 ${String(workerIndex).padStart(2, '0')} ${String(drawn).padStart(2, '0')}`;
}

/** The e-mails that hold a number, once a later request (sent here) has arrived too. */
async function mailsAbout(
  phone: string,
  page: Page,
  mailbox: { mails: ParsedMail[]; received(n: number): Promise<ParsedMail[]> },
) {
  const count = mailbox.mails.length;
  const last = newPhone(99);
  const sent = await page.request.post('/contact/envoi', { form: { tel: last, quand: 'lun-matin' } });
  expect(sent.status()).toBe(200);
  for (
    let n = count + 1;
    !mailbox.mails.some((mail) => mail.text?.includes(last));
    n = mailbox.mails.length + 1
  ) {
    await mailbox.received(n);
  }
  return mailbox.mails.filter((mail) => mail.text?.includes(phone));
}

const paris = 'Europe/Paris';

/** The next Wednesday whose 12:00 is still to come, as the e-mail writes it. */
function nextWednesdayNoon(): string {
  let day = Temporal.Now.zonedDateTimeISO(paris).with({ hour: 12, minute: 0, second: 0, millisecond: 0 });
  while (
    day.dayOfWeek !== 3 ||
    Temporal.ZonedDateTime.compare(day, Temporal.Now.zonedDateTimeISO(paris)) <= 0
  ) {
    day = day.add({ days: 1 });
  }
  const format = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeZone: paris });
  return format.format(day.epochMilliseconds).replace(' 1 ', ' 1er ');
}

for (const javaScriptEnabled of [false, true]) {
  test.describe(javaScriptEnabled ? 'with a script' : 'without a script', () => {
    test.use({ javaScriptEnabled });

    test('only what is necessary: the e-mail is strict, word for word', async ({ page, mailbox }, info) => {
      const phone = newPhone(info.workerIndex);
      await page.goto('/contact');
      await page.locator('#tel').fill(phone);
      await page.locator('input[value=mer-midi]').check();
      await page.getByRole('button', { name: 'Envoyer ma demande' }).click();
      await expect(page.locator('#suite h1')).toHaveText('C’est noté.');
      const reference = await page.locator('#reference').textContent();
      expect(reference).toMatch(/^[a-z]+-[a-z]+ \d\d$/);
      await expect(page.locator('#suite')).toContainText('nous raccrochons sans parler');
      const wednesday = nextWednesdayNoon();
      await expect(page.locator('#suite')).toContainText(wednesday.replace(/ \d{4}$/, ''));

      const [mail, ...others] = await mailsAbout(phone, page, mailbox);
      expect(others).toEqual([]);
      expect(mail?.subject).toMatch(new RegExp(`^Demande ${reference} – mer. \\d+(er)? \\S+ 12 h`));
      expect(
        mail?.text?.replace(/reçue le .*/, 'reçue le …'),
      ).toBe(`Ce qui n’est pas précisé suit la règle la plus stricte.

INTERDITS
  - Appeler en dehors des moments ci-dessous, ou un jour férié : NON
  - SMS : NON
  - Message vocal : NON. Raccrocher avant le signal sonore.
  - Dire « Un premier pas », le Département ou le motif avant que la personne ait dit qu’elle peut parler : NON
  - Plus d’appel après le ${wednesday} à 14 h

NUMÉRO ET MOMENTS (heure de Paris, seulement à ces moments)
  ${phone}   (+33${phone.replaceAll(' ', '').slice(1)})
  - ${wednesday}, midi, 12 h – 14 h

PENDANT L’APPEL
  1. Dire d’abord : « Bonjour. »
  2. Demander : « Est-ce que vous pouvez parler ? » Attendre un oui.
  3. « Vous faites erreur », un silence, un non : s’excuser, raccrocher. NE PLUS RAPPELER, même s’il reste un essai.
  4. Une autre personne, ou un doute : raccrocher sans parler.

LA PERSONNE
  - Prénom : aucun, dire « Bonjour »
  - Langue : français
  - Essais : 1

SUIVI (objet seul, corps vide : ne jamais répondre à ce courriel, une réponse recopie le numéro)
  - Je m’en charge : mailto:equipe@example.org?subject=Je%20m%E2%80%99en%20charge%20${encodeURIComponent(reference ?? '')}
  - Jointe : mailto:equipe@example.org?subject=Jointe%20${encodeURIComponent(reference ?? '')}
  - Terminé : mailto:equipe@example.org?subject=Termin%C3%A9%20${encodeURIComponent(reference ?? '')}

Réf. ${reference} reçue le …
`);
      const [calendar] = mail?.attachments ?? [];
      expect(calendar?.filename).toBe('creneaux.ics');
      expect(calendar?.content.toString()).toContain(reference ?? '?');
      expect(calendar?.content.toString()).not.toContain(phone);
    });

    test('everything filled in arrives, each answer in its place', async ({ page, mailbox }, info) => {
      const phone = newPhone(info.workerIndex);
      await page.goto('/contact');
      await page.locator('#tel').fill(phone);
      for (const slot of ['mar-matin', 'mer-midi']) await page.locator(`input[value=${slot}]`).check();
      await unfold(page);
      await page.getByLabel('surtout pas appeler').fill('le mardi, 10 h');
      await page.getByLabel('Dire autre chose').check();
      await page.getByLabel('La phrase à dire').fill('C’est pour la commande');
      await page.getByLabel('Un message neutre').check();
      await page.getByLabel('2 essais').check();
      await page.getByLabel('Un mot que nous dirons').fill('tournesol');
      await page.getByLabel('Quel prénom dire').fill('Zoé');
      await page.getByLabel('Une langue plus facile').fill('português');
      await page.getByRole('button', { name: 'Envoyer ma demande' }).click();
      await expect(page.locator('#reference')).toBeVisible();
      const [mail] = await mailsAbout(phone, page, mailbox);
      for (const line of [
        '  - Message vocal : OUI, ces mots et aucun autre : « Bonjour, je rappellerai. »',
        '  - Surtout pas : « le mardi, 10 h » (si cela contredit un moment : ne pas appeler)',
        '  1. Dire d’abord : « tournesol ».',
        'dire « C’est pour la commande », puis RACCROCHER.',
        '  - Prénom à dire, vrai ou inventé : « Zoé »',
        '  - Langue : « português ». Prévoir avant d’appeler. Rien n’a été promis.',
        '  - Essais : 2, à une heure d’écart au moins',
        'plus d’autre essai.',
      ]) {
        expect(mail?.text).toContain(line);
      }
    });

    test('an overseas number with no-break spaces arrives as it is dialled', async ({ page, mailbox }) => {
      await page.goto('/contact');
      await page.locator('#tel').fill('0692\u00a012\u202f34\u00a056');
      await page.locator('input[value=ven-matin]').check();
      await page.getByRole('button', { name: 'Envoyer ma demande' }).click();
      await expect(page.locator('#reference')).toBeVisible();
      const reference = (await page.locator('#reference').textContent()) ?? '?';
      const [mail] = await mailsAbout(reference, page, mailbox);
      expect(mail?.text).toContain('\n  +262 692 12 34 56   (+262692123456)\n');
    });

    for (const [tel, said] of [
      ['', 'Écrivez le numéro où nous pouvons vous appeler.'],
      ['3919', 'Ce numéro ne semble pas complet.'],
      ['0899 12 34 56', 'Nous ne pouvons pas appeler un numéro surtaxé.'],
      ['mon portable', 'Écrivez le numéro en chiffres'],
      ['05 36 49 1', 'Ce numéro ne semble pas complet.'],
      ['01 99 00 12 345', 'Ce numéro a trop de chiffres.'],
      ['01 89 11 94 94', 'Ce numéro est le nôtre.'],
    ] as const) {
      test(`« ${tel} » is refused beside its field, and everything typed is kept`, async ({ page }) => {
        await page.goto('/contact');
        await page.locator('#tel').fill(tel);
        await page.locator('input[value=jeu-matin]').check();
        await unfold(page);
        await page.getByLabel('Quel prénom dire').fill('  <b>Zoé</b> "');
        const answered = page.waitForResponse((response) => response.url().endsWith('/contact/envoi'));
        await page.getByRole('button', { name: 'Envoyer ma demande' }).click();
        expect((await answered).status()).toBe(422);
        await expect(page.locator('.summary')).toBeFocused();
        await expect(page.locator('#tel-erreur')).toContainText(said);
        await expect(page.locator('#tel')).toHaveAttribute('aria-invalid', 'true');
        await expect(page.locator('#tel')).toHaveValue(tel);
        await expect(page.locator('input[value=jeu-matin]')).toBeChecked();
        await expect(page.getByLabel('Quel prénom dire')).toHaveValue('  <b>Zoé</b> "');
        await page.locator('.summary a').first().click();
        await expect(page.locator('#tel')).toBeFocused();
      });
    }

    test('no moment, too long a text: both are said at once', async ({ page }) => {
      await page.goto('/contact');
      await page.locator('#tel').fill('01 99 00 12 34');
      await unfold(page);
      await page.locator('#mot').fill('x'.repeat(31));
      await page.getByRole('button', { name: 'Envoyer ma demande' }).click();
      await expect(page.locator('#quand-erreur')).toHaveText(
        'Choisissez au moins un moment où nous pouvons appeler.',
      );
      await expect(page.locator('#mot-erreur')).toContainText('30 caractères au plus.');
      await expect(page.locator('.summary a')).toHaveCount(2);
    });

    test('changed, then cancelled from its page', async ({ page, mailbox }, info) => {
      const [phone, other] = [newPhone(info.workerIndex), newPhone(info.workerIndex)];
      await page.goto('/contact');
      await page.locator('#tel').fill(phone);
      await page.locator('input[value=mer-midi]').check();
      await page.getByRole('button', { name: 'Envoyer ma demande' }).click();
      const before = (await page.locator('#reference').textContent()) ?? '?';
      await page.getByRole('link', { name: 'Modifier' }).click();
      await expect(page.locator('input[value=mer-midi]')).toBeChecked();
      await page.locator('#tel').fill(other);
      await page.locator('#demande > [type=submit]').click();
      await expect(page.locator('#reference')).not.toHaveText(before);
      const after = (await page.locator('#reference').textContent()) ?? '?';
      const [changed] = await mailsAbout(other, page, mailbox);
      expect(changed?.text).toMatch(new RegExp(`^REMPLACE la demande réf. ${before}\n`));
      await page.getByRole('button', { name: 'Annuler ma demande' }).click();
      await expect(page.locator('#suite h1')).toHaveText('Votre demande est annulée');
      const notices = await mailsAbout(`ANNULATION réf. ${after}`, page, mailbox);
      expect(notices).toHaveLength(1);
    });
  });
}

test('a double click, a reload and a second sending make one e-mail', async ({
  browser,
  site,
  mailbox,
  page,
}, info) => {
  const phone = newPhone(info.workerIndex);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  const send = async () => {
    await plain.goto(`${site.origin}/contact`);
    await plain.locator('#tel').fill(phone);
    await plain.locator('input[value=lun-midi]').check();
    await plain.getByRole('button', { name: 'Envoyer ma demande' }).dblclick();
    await expect(plain.locator('#reference')).toBeVisible();
    return plain.locator('#reference').textContent();
  };
  const first = await send();
  await plain.reload();
  expect(await send()).toBe(first);
  expect(await mailsAbout(phone, page, mailbox)).toHaveLength(1);
  await context.close();
});

test('by keyboard only, from the first key to the reference', async ({ page }, info) => {
  await page.goto('/contact');
  const until = async (selector: string) => {
    for (
      let n = 0;
      n < 60 && !(await page.locator(selector).evaluate((element) => element === document.activeElement));
      n += 1
    ) {
      await page.keyboard.press('Tab');
    }
    await expect(page.locator(selector)).toBeFocused();
  };
  await until('#tel');
  await page.keyboard.type(newPhone(info.workerIndex));
  await until('input[value=lun-matin]');
  await page.keyboard.press('Space');
  await until('form#demande button');
  await page.keyboard.press('Enter');
  await expect(page.locator('#suite h1')).toBeFocused();
  await expect(page.locator('#reference')).toBeVisible();
});

// With a script, while the form waits for its answer.

const said = '.no-answer:not([hidden])';

/** Fills in the form that is on screen. */
async function fillIn(page: Page, phone: string): Promise<void> {
  await page.locator('#tel').fill(phone);
  await page.locator('[name=quand]').first().check();
}

const sendIt = (page: Page) => page.getByRole('button', { name: 'Envoyer ma demande' }).click();

/** Holds the answer to the form until it is told how to end it. */
async function holdAnswer(page: Page) {
  let end = (_how: (route: Route) => Promise<void>) => {};
  const ended = new Promise<(route: Route) => Promise<void>>((resolve) => {
    end = resolve;
  });
  await page.route('**/contact/envoi', async (route) => (await ended)(route), { times: 1 });
  return {
    fails: () => end((route) => route.abort()),
    /** The driver, while it stands between, follows no redirection of a request with `keepalive`: it answers the end. */
    answers: (html: string, status = 200) =>
      end((route) => route.fulfill({ status, contentType: 'text/html', body: html })),
  };
}

for (const [name, body] of [
  ['an answer that is no page of ours', '<main id="contenu"><h1>Panne</h1></main>'],
  ['a page of somebody between', '<title>Wi-Fi</title><h1>Bienvenue</h1>'],
] as const) {
  test(`${name} takes nothing of what was typed, and is told as no answer`, async ({ page }) => {
    await page.route('**/contact/envoi', (route) =>
      route.fulfill({ status: 502, contentType: 'text/html', body }),
    );
    await page.goto('/contact');
    await fillIn(page, '01 99 00 12 34');
    await sendIt(page);
    await expect(page.locator(said)).toBeFocused();
    await expect(page.locator(said)).toContainText('n’est peut-être pas partie');
    await expect(page.locator('#tel')).toHaveValue('01 99 00 12 34');
    await sendIt(page);
    await expect(page.locator(said)).toHaveCount(1);
  });
}

for (const status of [400, 403, 405, 408, 410, 413, 415, 429, 500, 503]) {
  test(`a refusal (${status}) is told in its own words, beside what was typed, and ends with the number`, async ({
    page,
    site,
  }) => {
    const own = status === 429 ? 'trop' : status >= 500 ? '500' : 'refus';
    const refusal = readFileSync(new URL(`../../dist/client/${own}.html`, import.meta.url), 'utf8');
    const { answers } = await holdAnswer(page);
    answers(
      status === 410 ? await (await fetch(`${site.origin}/contact/suite?jeton=x`)).text() : refusal,
      status,
    );
    await page.goto('/contact');
    await fillIn(page, '01 99 00 12 34');
    await unfold(page);
    await page.getByLabel('Quel prénom dire').fill('Zoé');
    await sendIt(page);
    const heading = { 410: 'Cette page n’est plus disponible', 429: 'Trop d’essais en ce moment' }[status];
    await expect(page.locator(said)).toBeFocused();
    await expect(page.locator(said)).toContainText(
      heading ?? (status >= 500 ? 'Cette page ne répond pas' : 'Votre demande n’est pas partie'),
    );
    await expect(page.locator(said)).not.toContainText('n’a pas répondu');
    await expect(page.locator(said)).toContainText(/01\s89\s11\s94\s94.*9\sh à 17\sh/s);
    await expect(page.locator('#tel')).toHaveValue('01 99 00 12 34');
    await expect(page.getByLabel('Quel prénom dire')).toHaveValue('Zoé');
    await expect(page.locator('[name=quand]').first()).toBeChecked();
    await sendIt(page); // and can be sent again
    await expect(page.locator('#reference')).toBeVisible();
  });
}

test('a cancellation that is refused says why, and the reference stays', async ({ page }, info) => {
  await page.goto('/contact');
  await fillIn(page, newPhone(info.workerIndex));
  await sendIt(page);
  const reference = (await page.locator('#reference').textContent()) ?? '?';
  await page.locator('#suite [name=jeton]').evaluate((field: HTMLInputElement) => {
    field.value = 'x';
  });
  await page.getByRole('button', { name: 'Annuler ma demande' }).click();
  await expect(page.locator(said)).toBeFocused();
  await expect(page.locator(said)).toContainText('Cette page ne peut plus l’annuler');
  await expect(page.locator('#reference')).toHaveText(reference);
});

for (const [name, move, back] of [
  ['another page', (page: Page) => page.locator('nav a[href="/numeros"]').click(), 'Les autres numéros'],
  [
    'another language',
    async (page: Page) => {
      await page.locator('nav a[href="/langues"]').click();
      await page.getByRole('link', { name: 'العربية' }).click();
    },
    /\p{Script=Arabic}/u,
  ],
] as const) {
  test(`who has moved on to ${name} learns that the sending failed, with the form as it was`, async ({
    page,
    site,
  }) => {
    const { fails } = await holdAnswer(page);
    await page.goto('/');
    await page.getByRole('link', { name: 'Se faire rappeler' }).first().click();
    await fillIn(page, '01 99 00 12 34');
    await sendIt(page);
    await expect(page.locator('#progres')).toHaveText('Envoi…');
    await move(page);
    await expect(page.locator('h1')).toHaveText(back);
    await expect(page.locator('#progres')).toHaveText('Envoi…'); // while it is true
    fails();
    await expect(page.locator(said)).toBeFocused();
    await expect(page.locator(said)).toContainText('n’est peut-être pas partie');
    await expect(page.locator(said)).toContainText(/01\s89\s11\s94\s94/);
    await expect(page.locator('#progres')).toHaveText('');
    await expect(page.locator('#tel')).toHaveValue('01 99 00 12 34');
    await expect(page.locator('main')).toHaveAttribute('lang', 'fr');
    expect(page.url()).toBe(`${site.origin}/`);
    await page.locator('#precedente').click(); // what she was reading
    await expect(page.locator('h1')).toHaveText(back);
    await page.locator('#precedente').click();
    if (name !== 'another page') await page.locator('#precedente').click();
    await sendIt(page);
    await expect(page.locator('#reference')).toBeVisible();
  });
}

test('a page that cannot be read meanwhile does not hide that the form is on its way', async ({ page }) => {
  const { fails } = await holdAnswer(page);
  await page.route('**/numeros', (route) => route.abort());
  await page.goto('/contact');
  await fillIn(page, '01 99 00 12 34');
  await sendIt(page);
  await expect(page.locator('#progres')).toHaveText('Envoi…');
  await page.locator('nav a[href="/numeros"]').click();
  await expect(page.locator('#echec')).toBeFocused();
  await expect(page.locator('#progres')).toHaveText('Envoi…');
  fails();
  await expect(page.locator(said)).toBeFocused();
});

test('who has moved on learns that it is noted, and can go back to what was read, or change the request', async ({
  page,
  site,
}, info) => {
  const phone = newPhone(info.workerIndex);
  const form = { tel: phone, quand: 'lun-matin' };
  const kept = await (await page.request.post(`${site.origin}/contact/envoi`, { form })).text();
  for (const next of ['back', 'change']) {
    const { answers } = await holdAnswer(page);
    await page.goto('/contact');
    await fillIn(page, phone);
    await sendIt(page);
    await page.locator('nav a[href="/numeros"]').click();
    await expect(page.locator('h1')).toHaveText('Les autres numéros');
    answers(kept);
    await expect(page.locator('#suite h1')).toBeFocused();
    await expect(page.locator('nav [aria-current=page]')).toHaveAttribute('href', '/contact');
    if (next === 'back') {
      await page.locator('#precedente').click();
      await expect(page.locator('h1')).toHaveText('Les autres numéros');
    } else {
      await page.getByRole('link', { name: 'Modifier' }).click();
      await expect(page.locator('#tel')).toHaveValue(phone);
    }
  }
});

test('where a reload would take the reference away, the page says so; elsewhere it does not', async ({
  page,
  browser,
  site,
}, info) => {
  const sentence = 'Recharger la page la fait disparaître.';
  await page.goto('/contact');
  await fillIn(page, newPhone(info.workerIndex));
  await sendIt(page);
  await expect(page.locator('#suite')).toContainText(sentence);
  await page.reload();
  await expect(page.locator('#reference')).toHaveCount(0);

  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(`${site.origin}/contact`);
  await fillIn(plain, newPhone(info.workerIndex));
  await sendIt(plain);
  await expect(plain.locator('#suite')).not.toContainText(sentence);
  await plain.reload();
  await expect(plain.locator('#reference')).toBeVisible();
  await context.close();
});

test('pulled down, the page is not loaded again', async ({ page }) => {
  await page.goto('/');
  const style = await page.evaluate(() => getComputedStyle(document.documentElement).overscrollBehaviorY);
  expect(style).toBe('contain');
});

test('with a script too, a reload and a second tab make one e-mail', async ({
  page,
  context,
  mailbox,
}, info) => {
  const phone = newPhone(info.workerIndex);
  const send = async (tab: Page) => {
    await tab.goto('/');
    await tab.getByRole('link', { name: 'Se faire rappeler' }).first().click();
    await fillIn(tab, phone);
    await sendIt(tab);
    await expect(tab.locator('#reference')).toBeVisible();
    return tab.locator('#reference').textContent();
  };
  const first = await send(page);
  await page.reload();
  expect(await send(page)).toBe(first);
  const second = await context.newPage();
  await second.addInitScript(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + 60_000; // as in the first tab: slower than a robot
  });
  expect(await send(second)).toBe(first);
  expect(await mailsAbout(phone, page, mailbox)).toHaveLength(1);
});
