// Mode discret: one address, one title, whatever is read; and a way on when the network fails.
import type { Locator, Page } from '@playwright/test';
import { axeComplaints } from '../accessibility/axe.ts';
import { expect, test } from './fixtures.ts';

const read: [path: string, heading: string][] = [
  ['/appeler', 'Comment se passe un appel'],
  ['/contact', 'Se faire rappeler'],
  ['/numeros', 'Les autres numéros'],
  ['/facile', 'Un premier pas, en facile à lire'],
  ['/langues', 'Ce site en d’autres langues'],
  ['/plan', 'Toutes les pages'],
  ['/infos', 'Mentions légales et informations'],
  ['/accessibilite', 'Déclaration d’accessibilité'],
  ['/reglages', 'Réglages et discrétion'],
];

const follow = (page: Page, path: string) => page.locator(`nav a[href="${path}"]`).click();
const heading = (page: Page) => page.locator('main#contenu h1');
const entries = (page: Page) => page.evaluate(() => history.length);

test('every page is read at one address, under one title, in one entry of the history', async ({
  page,
  site,
}) => {
  await page.goto('/');
  const [title, count] = [await page.title(), await entries(page)];
  for (const [path, name] of read) {
    await follow(page, path);
    await expect(heading(page)).toHaveText(name);
    await expect(heading(page)).toBeFocused(); // a screen reader says it
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await expect(page.locator('nav [aria-current=page]')).toHaveAttribute('href', path);
    expect(await axeComplaints(page)).toEqual([]);
    expect([page.url(), await page.title(), await entries(page)]).toEqual([`${site.origin}/`, title, count]);
  }
  const kept = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
  expect(kept).toEqual([0, 0, '']);
});

test('from the plan, every page comes and goes at one address', async ({ page, site }) => {
  await page.goto('/plan');
  const links = page.locator('main .links a');
  expect(await links.count()).toBeGreaterThan(15);
  for (let index = 0; index < (await links.count()); index += 1) {
    const name = (await links.nth(index).textContent()) ?? '';
    await links.nth(index).click();
    await expect(heading(page)).toHaveText(name);
    await expect(heading(page)).toBeFocused();
    await page.locator('#precedente').click();
    await expect(heading(page)).toHaveText('Toutes les pages');
  }
  expect(page.url()).toBe(`${site.origin}/plan`);
});

test('what a script says of the hours is said in a page that comes later', async ({ page }) => {
  await page.goto('/reglages');
  await follow(page, '/appeler');
  await expect(page.locator('.state')).toContainText(/Ouvert|fermée/);
});

test('the first page says that Back leaves; the others offer their own way back', async ({ page }) => {
  await page.goto('about:blank');
  await page.goto('/contact');
  await expect(page.locator('#avis')).toBeVisible();
  await expect(page.locator('#precedente')).toBeHidden();
  await page.locator('#tel').fill('01 99 00 12 34');
  await follow(page, '/appeler');
  await expect(heading(page)).toHaveText('Comment se passe un appel');
  await expect(page.locator('#avis')).toBeHidden();
  await page.getByRole('button', { name: 'Page précédente' }).click();
  await expect(heading(page)).toBeFocused();
  await expect(page.locator('#tel')).toHaveValue('01 99 00 12 34');
  await expect(page.locator('#precedente')).toBeHidden();
  await page.goBack();
  expect(page.url()).toBe('about:blank');
});

test('switched off, links and Back are ordinary, and only that choice is kept', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Mode discret' }).click();
  await expect(page.locator('#mode-discret')).toHaveAttribute('aria-pressed', 'false');
  await expect(page.locator('#avis')).toBeHidden();
  await follow(page, '/appeler');
  await expect(page).toHaveURL(/\/appeler$/);
  await expect(page.locator('#mode-discret')).toHaveAttribute('aria-pressed', 'false');
  expect(await page.evaluate(() => [sessionStorage.length, window.name])).toEqual([0, 'onglet-ordinaire']);
  await page.goBack();
  await expect(page).toHaveURL(/\/$/);
  await page.locator('#mode-discret').press('Space');
  expect(await page.evaluate(() => window.name)).toBe('');
  await follow(page, '/appeler');
  await expect(heading(page)).toHaveText('Comment se passe un appel');
  await expect(page).toHaveURL(/\/$/);
});

// What a hand does with a link besides a plain click, each of which opens another tab elsewhere.
const otherClicks: Record<string, Parameters<Locator['click']>[0]> = {
  'the middle button': { button: 'middle' },
  Control: { modifiers: ['Control'] },
  Shift: { modifiers: ['Shift'] },
};

for (const [name, how] of Object.entries(otherClicks)) {
  test(`a link of ours pressed with ${name} opens here; with the mode off, in another tab`, async ({
    page,
    context,
    site,
  }) => {
    await page.goto('/');
    const [title, count] = [await page.title(), await entries(page)];
    const link = page.locator('nav a[href="/numeros"]');
    await link.click(how);
    await expect(heading(page)).toHaveText('Les autres numéros');
    expect([page.url(), await page.title(), await entries(page)]).toEqual([`${site.origin}/`, title, count]);
    expect(context.pages()).toHaveLength(1);
    await page.locator('#mode-discret').click();
    const other = context.waitForEvent('page');
    await link.click(how);
    await expect(await other).toHaveURL(`${site.origin}/numeros`);
  });
}

// What a menu, a copy, a bookmark or a drag takes from a link: its address, at the moment it is pressed.
const leadsTo = (page: Page, press: () => Promise<unknown>) =>
  Promise.all([
    page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const inMenu = ({ target }: Event) => resolve((target as HTMLAnchorElement).href);
          const dragged = ({ dataTransfer }: DragEvent) =>
            resolve(dataTransfer?.getData('text/uri-list') ?? '');
          addEventListener('contextmenu', inMenu, { once: true });
          addEventListener('dragstart', dragged, { once: true });
        }),
    ),
    press(),
  ]).then(([address]) => address);

test('what is taken from a link is the address of the open page, and the link still leads to its own', async ({
  page,
  site,
}) => {
  await page.goto('/appeler');
  const link = page.locator('nav a[href="/numeros"]');
  const isMouse = await page.evaluate(() => !matchMedia('(pointer: coarse)').matches);
  expect(await leadsTo(page, () => link.click({ button: 'right' }))).toBe(`${site.origin}/appeler`);
  const other = page.locator('nav a[href="/apres"]');
  expect(await leadsTo(page, () => other.dispatchEvent('contextmenu'))).toBe(`${site.origin}/appeler`);
  await expect(link).toHaveCount(1); // its own address again
  await link.click();
  await expect(heading(page)).toHaveText('Les autres numéros');
  if (isMouse) {
    const drag = async () => {
      await link.hover();
      await page.mouse.down();
      await page.mouse.move(400, 300, { steps: 5 });
    };
    expect(await leadsTo(page, drag)).toBe(`${site.origin}/appeler`);
  }
});

test('what is taken is the real address with the mode off, and on the pages for partners', async ({
  page,
  site,
}) => {
  await page.goto('/');
  await page.locator('#mode-discret').click();
  const link = page.locator('nav a[href="/pros"]');
  expect(await leadsTo(page, () => link.click({ button: 'right' }))).toBe(`${site.origin}/pros`);
  await page.locator('#mode-discret').click();
  await link.click();
  await expect(heading(page)).toHaveText('Vous suivez ou recevez une personne concernée');
  const kit = page.locator('main a[href="/kit"]').first();
  expect(await leadsTo(page, () => kit.click({ button: 'right' }))).toBe(`${site.origin}/kit`);
});

test('the keys that reload or save do nothing; with the mode off they do', async ({ page }) => {
  await page.goto('/contact');
  // Which keys the page leaves to the browser: no window of a test has a browser's keys (discretion/visits.ts presses real ones).
  const left = () =>
    page.evaluate(() =>
      ['F5', 'ctrl F5', 'ctrl r', 'ctrl R', 'meta r', 'ctrl s', 'r', 's'].filter((press) => {
        const key = press.split(' ').at(-1) ?? '';
        const held = { ctrlKey: press.startsWith('ctrl'), metaKey: press.startsWith('meta') };
        const event = new KeyboardEvent('keydown', { key, ...held, bubbles: true, cancelable: true });
        return document.body.dispatchEvent(event);
      }),
    );
  expect(await left()).toEqual(['r', 's']);
  await page.locator('#mode-discret').click();
  expect(await left()).toHaveLength(8);
});

test('a page that is told to be hidden, and never to be back, is shown at the first touch', async ({
  page,
}) => {
  await page.goto('/');
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect(page.locator('html')).toHaveCSS('opacity', '0');
  await page.mouse.click(1, 1);
  await expect(page.locator('html')).toHaveCSS('opacity', '1');
});

test('without a script there is no switch, and links are links', async ({ browser, site }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${site.origin}/`);
  for (const id of ['mode-discret', 'precedente', 'avis', 'echec']) {
    await expect(page.locator(`#${id}`)).toBeHidden();
  }
  await follow(page, '/appeler');
  await expect(page).toHaveURL(/\/appeler$/);
  await context.close();
});

const failures: Record<string, (page: Page) => Promise<unknown>> = {
  'the network fails': (page) => page.route('**/numeros', (route) => route.abort()),
  'the server fails': (page) =>
    page.route('**/numeros', (route) =>
      route.fulfill({ status: 500, body: '<main id="contenu"><h1>500</h1></main>' }),
    ),
  'something else than our page comes': (page) =>
    page.route('**/numeros', (route) => route.fulfill({ body: '<h1>Portail Wi-Fi</h1>' })),
  'nothing comes for thirty seconds': async (page) => {
    await page.clock.install();
    await page.route('**/numeros', () => page.clock.runFor(31_000));
  },
};

for (const [name, breakDown] of Object.entries(failures)) {
  test(`when ${name}, the page says so with the number, and tries again`, async ({ page, site }) => {
    await page.goto('/appeler');
    await breakDown(page);
    await follow(page, '/numeros');
    await expect(page.locator('#echec')).toBeFocused();
    await expect(page.locator('#echec a[href^=tel]')).toBeVisible();
    await expect(heading(page)).toHaveText('Comment se passe un appel');
    await page.unroute('**/numeros');
    await page.getByRole('button', { name: 'Réessayer' }).click();
    await expect(heading(page)).toHaveText('Les autres numéros');
    await expect(page.locator('#echec')).toBeHidden();
    expect(page.url()).toBe(`${site.origin}/appeler`);
  });
}

test('a slow page shows that it is coming, and gives way to another choice', async ({ page }) => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  await page.goto('/');
  await page.route('**/numeros', async (route) => {
    await held;
    await route.continue().catch(() => {}); // given up meanwhile
  });
  await follow(page, '/numeros');
  await expect(page.locator('#progres')).toHaveText('Chargement…');
  await follow(page, '/appeler');
  await expect(heading(page)).toHaveText('Comment se passe un appel');
  await expect(page.locator('#progres')).toHaveText('');
  release();
  await follow(page, '/reglages');
  await expect(heading(page)).toHaveText('Réglages et discrétion');
});

test('an unknown address shows our own page for it', async ({ page }) => {
  await page.goto('/');
  await page.locator('nav a[href="/numeros"]').evaluate((link: HTMLAnchorElement) => {
    link.href = '/nulle-part';
  });
  await page.locator('nav a[href="/nulle-part"]').click();
  await expect(heading(page)).toHaveText('Cette page n’existe pas');
});

for (const isOn of [true, false]) {
  test(`with the mode ${isOn ? 'on' : 'off'}, the skip link moves the focus and leaves the address alone`, async ({
    page,
    site,
  }) => {
    await page.goto('/numeros');
    if (!isOn) await page.locator('#mode-discret').click();
    await page.locator('.skip').press('Enter');
    await expect(page.locator('main#contenu')).toBeFocused();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main')?.id)).toBe('contenu');
    expect([page.url(), await entries(page)]).toEqual([`${site.origin}/numeros`, 2]);
  });
}

test('another site takes our place in the history, after a visible word', async ({ page, context }) => {
  const other = 'https://urgence114.fr/';
  await context.route(`${other}**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<h1>Autre</h1>' }),
  );
  await page.goto('about:blank');
  await page.goto('/');
  await follow(page, '/numeros');
  const link = page.getByRole('link', { name: 'urgence114.fr' });
  await expect(page.locator('li', { has: link })).toContainText('autre site : il reste dans l’historique');
  await link.click();
  await expect(page).toHaveURL(other);
  await page.goBack();
  expect(page.url()).toBe('about:blank');
});

test('a request is asked, corrected, noted, changed and cancelled at one address, by keyboard', async ({
  page,
  site,
}) => {
  const until = async (selector: string) => {
    for (let n = 0; n < 80; n += 1) {
      if (
        await page
          .locator(selector)
          .evaluateAll((all) => all.some((element) => element === document.activeElement))
      )
        return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not reach ${selector}`);
  };
  const press = async (selector: string) => {
    await until(selector);
    await page.keyboard.press('Enter');
  };
  const isSober = async () => {
    expect(await axeComplaints(page)).toEqual([]);
    expect([page.url(), await page.title(), await entries(page)]).toEqual([
      `${site.origin}/`,
      'Un premier pas',
      2,
    ]);
  };
  await page.goto('/');
  await press('main a[href="/contact"]');
  await expect(heading(page)).toBeFocused();
  await press('form#demande button');
  await expect(page.locator('.summary')).toBeFocused();
  await isSober();
  await press('.summary a[href="#quand"]');
  await expect(page.locator('input[value=tous]')).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+Tab');
  await expect(page.locator('#tel')).toBeFocused();
  await page.keyboard.type('01 99 00 77 01');
  await press('form#demande button');
  await expect(page.locator('#suite h1')).toBeFocused();
  await isSober();
  await press('#suite a[data-jeton]');
  await expect(page.locator('#tel')).toHaveValue('01 99 00 77 01');
  await until('input[value=tous]');
  await page.keyboard.press('Space');
  await until('input[value=lun-midi]');
  await page.keyboard.press('Space');
  await press('form#demande button');
  await expect(page.locator('#suite h1')).toHaveText('C’est noté.');
  await press('#suite form button');
  await expect(page.locator('#suite h1')).toHaveText('Votre demande est annulée');
  await isSober();
  await press('#precedente');
  await expect(heading(page)).toContainText('Vous pouvez en parler');
  await isSober();
});

// What each element of the content looks like, and how much room it takes; without what is said on the first page only.
const looks = (page: Page) =>
  page.locator('main *:not(#avis)').evaluateAll((elements) => {
    document.getElementById('avis')?.remove();
    return elements.map((element) => {
      const { display, font, color, padding, border, listStyle, opacity } = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      return [
        element.tagName,
        display,
        font,
        color,
        padding,
        border,
        listStyle,
        opacity,
        width.toFixed(2), // where an element stands moves the last figures of a drawing's
        height.toFixed(2),
      ].join();
    });
  });

for (const [from, to] of [
  ['/', '/contact'],
  ['/contact', '/'],
  ['/contact', '/appeler'],
  ['/contact', '/facile'],
  ['/contact', '/numeros'],
  ['/contact', '/preparer'],
] as const) {
  test(`from ${from}, ${to} looks as when it is opened by itself, and ${from} again after it`, async ({
    page,
  }) => {
    await page.goto(to);
    await expect(heading(page)).toBeVisible();
    const alone = await looks(page);
    await page.goto(from);
    const before = await looks(page);
    const name = await heading(page).textContent();
    await follow(page, to);
    await expect(page.locator('nav [aria-current=page]')).toHaveAttribute('href', to);
    expect(await looks(page)).toEqual(alone);
    await page.locator('#precedente').click();
    await expect(heading(page)).toHaveText(name as string);
    expect(await looks(page)).toEqual(before);
  });
}
