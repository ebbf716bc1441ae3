// The moments of the form: real dates by a script, in the order in which they come, and all of them at once.
import type { Page } from '@playwright/test';
import { openServer } from '../support/server.ts';
import { expect, test } from './fixtures.ts';

const monday = (time: string) => new Date(`2026-11-30T${time}+01:00`);

/** The days as they are read, and what is read under their boxes, from top to bottom. */
const rows = (page: Page) =>
  page
    .locator('.slots tbody tr')
    .evaluateAll((all) =>
      all.map((row) =>
        [
          row.querySelector('th')?.textContent,
          ...[...row.querySelectorAll('small')].map((one) => one.textContent),
        ].join('|'),
      ),
    );

async function openAt(page: Page, time: Date): Promise<void> {
  await page.clock.install({ time });
  await page.goto('/contact');
}

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  test('the days of the week, and what becomes of a moment that has begun', async ({ page }) => {
    await page.goto('/contact');
    expect(await rows(page)).toEqual(['lundi|||', 'mardi|||', 'mercredi|||', 'jeudi|||', 'vendredi|||']);
    await expect(page.getByText('Un moment déjà commencé')).toBeVisible();
    await expect(page.getByLabel('lundi matin, 9\u00a0h – 12\u00a0h')).toBeVisible();
  });

  test('every moment at once takes the others’ place, and gives them back as they were', async ({ page }) => {
    await page.goto('/contact');
    const [all, one] = [page.locator('#tous'), page.locator('input[value=mer-midi]')];
    await one.check();
    await all.check();
    await expect(one).toBeHidden();
    await expect(page.locator('.slots')).toBeHidden(); // nothing more to choose
    await all.uncheck();
    await expect(one).toBeVisible();
    await expect(one).toBeChecked();
  });
});

for (const timezoneId of ['Europe/Paris', 'Pacific/Auckland', 'America/Los_Angeles']) {
  test.describe(`a phone in ${timezoneId}`, () => {
    test.use({ timezoneId });

    for (const [name, time, read] of [
      [
        'a morning under way',
        '09:05:00',
        [
          'lun. 30 nov.|dès maintenant||',
          'mar. 1er déc.|||',
          'mer. 2 déc.|||',
          'jeu. 3 déc.|||',
          'ven. 4 déc.|||',
        ],
      ],
      [
        'a morning over, a noon under way',
        '12:30:00',
        [
          'lun. 30 nov.|7 déc.|dès maintenant|',
          'mar. 1er déc.|||',
          'mer. 2 déc.|||',
          'jeu. 3 déc.|||',
          'ven. 4 déc.|||',
        ],
      ],
      [
        'a day over',
        '16:01:00',
        ['mar. 1er déc.|||', 'mer. 2 déc.|||', 'jeu. 3 déc.|||', 'ven. 4 déc.|||', 'lun. 7 déc.|||'],
      ],
    ] as const) {
      test(`${name}: the days that come, in their order`, async ({ page }) => {
        await openAt(page, monday(time));
        expect(await rows(page)).toEqual(read);
        await expect(page.getByText('Un moment déjà commencé')).toBeHidden();
      });
    }
  });
}

test('a box is called by its date', async ({ page }) => {
  await openAt(page, monday('12:30:00'));
  await expect(page.getByLabel('lundi 7 décembre matin, 9\u00a0h – 12\u00a0h')).toHaveValue('lun-matin');
  await expect(page.getByLabel('lundi 30 novembre midi, 12\u00a0h – 14\u00a0h dès maintenant')).toHaveValue(
    'lun-midi',
  );
});

test('around Christmas and New Year on Fridays, a Friday is in January', async ({ page }) => {
  await openAt(page, new Date('2026-12-21T18:00:00+01:00'));
  expect((await rows(page)).at(-1)).toBe('ven. 8 janv.|||');
});

test('what is closed for three weeks cannot be ticked, and says so', async ({ page }) => {
  await page.route('**/contact', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(
      /("parts".*?"closed":")/,
      '$1lun-matin 2026-12-01 2026-12-08 2026-12-15 ',
    );
    await route.fulfill({ response: answer, body });
  });
  await openAt(page, monday('18:00:00'));
  expect((await rows(page)).at(-1)).toBe('mardi|fermé|fermé|fermé');
  await expect(page.locator('input[value=mar-midi]')).toBeDisabled();
  await expect(page.locator('input[value=lun-matin]')).toBeDisabled();
  await expect(page.locator('input[value=lun-midi]')).toBeEnabled();
});

test('as minutes pass, the days follow, with what was ticked and where the keys are', async ({ page }) => {
  await openAt(page, monday('15:58:30'));
  const box = page.locator('input[value=lun-apres-midi]');
  await box.check();
  await box.focus();
  await page.clock.runFor(3 * 60_000);
  expect((await rows(page)).at(-1)).toBe('lun. 7 déc.|||');
  await expect(box).toBeChecked();
  await expect(box).toBeFocused();
});

for (const event of ['pageshow', 'focus', 'visibilitychange']) {
  test(`a phone that slept shows the days that come on ${event}`, async ({ page }) => {
    await openAt(page, monday('10:00:00'));
    await page.clock.setSystemTime(new Date('2026-12-02T18:00:00+01:00'));
    await page.evaluate((name) => {
      (name === 'visibilitychange' ? document : window).dispatchEvent(new Event(name));
    }, event);
    expect((await rows(page))[0]).toBe('jeu. 3 déc.|||');
  });
}

test('the same days stand in a form that mode discret brings, and in one that is to correct', async ({
  page,
}) => {
  await page.clock.install({ time: monday('18:00:00') });
  await page.goto('/');
  await page.locator('.number a[href="/contact"]:visible').click();
  await expect(page.locator('.slots th').nth(3)).toHaveText('mar. 1er déc.');
  await page.locator('#demande > [type=submit]').click();
  await expect(page.locator('.summary')).toBeFocused();
  await expect(page.locator('tbody th').first()).toHaveText('mar. 1er déc.');
});

test('where the browser cannot tell the time of Paris, the days of the week stay', async ({ page }) => {
  await page.addInitScript(() => {
    Date.prototype.toLocaleString = () => {
      throw new RangeError('no such zone');
    };
  });
  await page.goto('/contact');
  expect((await rows(page))[0]).toBe('lundi|||');
  await expect(page.getByText('Un moment déjà commencé')).toBeVisible();
  await page.locator('#tel').fill('01 99 00 12 3');
  await page.locator('#demande > [type=submit]').click();
  await expect(page.locator('.summary')).toBeFocused(); // the rest of the form lives
});

test('a day whose name comes late, on a slow network, is read once', async ({ page, site }) => {
  const answer = await fetch(`${site.origin}/contact`);
  const [policy, html] = [answer.headers.get('content-security-policy') ?? '', await answer.text()];
  const cut = html.indexOf('<b>mercredi</b>') + '<b>'.length;
  const { promise: written, resolve: goOn } = Promise.withResolvers<void>();
  const slow = await openServer(async (_, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
    });
    response.write(html.slice(0, cut));
    await written;
    response.end(html.slice(cut));
  });
  await page.clock.install({ time: monday('08:00') });
  const arrived = page.goto(`${slow.origin}/contact`);
  const day = page.locator('tr:has([value=mer-matin]) b').first();
  await expect(day).toHaveText('mercredi 2 décembre');
  goOn();
  await arrived;
  await expect(day).toHaveText('mercredi 2 décembre');
  await expect(page.locator('tr:has([value=mer-midi]) b').last()).toHaveText('mercredi 2 décembre');
  slow.close();
});
