// Leaving: at once, by every gesture, and never by accident.
import type { Page } from '@playwright/test';
import { gestures } from '../support/exit-gestures.ts';
import { openServer } from '../support/server.ts';
import { exit, exitSite, expect, test } from './fixtures.ts';

const covered = { text: 'Chargement…', title: 'Chargement', sheet: 'quitter', forms: 0 };

/** Makes the next page tell what it shows: while it is leaving, no tool can ask it. Resolves with its next word. */
async function watch(page: Page): Promise<() => Promise<typeof covered>> {
  await page.addInitScript(() => {
    const tell = () => ({
      text: document.body?.textContent,
      title: document.title,
      sheet: document.elementFromPoint(10, 10)?.id,
      forms: document.forms.length,
    });
    setInterval(() => console.log(JSON.stringify(tell())), 20);
  });
  return async () => JSON.parse((await page.waitForEvent('console')).text());
}

test('without a script the link leaves, and the exit site learns nothing', async ({ browser, site }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const { referrers } = await exitSite(context);
  await page.goto(`${site.origin}/contact`);
  await expect(page.locator('footer .no-js')).toBeVisible(); // says that Back may show the page again
  await page.locator('a#quitter').click();
  await expect(page).toHaveURL(exit);
  expect(referrers).toEqual([undefined]);
  await context.close();
});

for (const [name, leave] of Object.entries(gestures)) {
  test(`${name}: leaves in the same tab, once, and Back does not show the page left`, async ({
    page,
    context,
  }) => {
    const { referrers } = await exitSite(context);
    await page.goto('about:blank');
    await page.goto('/contact');
    await leave(page);
    await expect(page).toHaveURL(exit);
    expect(context.pages()).toHaveLength(1);
    expect(referrers).toEqual([undefined]);
    await page.goBack();
    expect(page.url()).toBe('about:blank');
  });
}

const accidents: Record<string, (page: Page) => Promise<void>> = {
  'one Escape': (page) => page.keyboard.press('Escape'),
  'Escape, another key, Escape': async (page) => {
    for (const key of ['Escape', 'a', 'Escape']) await page.keyboard.press(key);
  },
  'Escape held down': async (page) => {
    for (let n = 0; n < 5; n += 1) await page.keyboard.down('Escape');
  },
  'Escape in the middle of composing a letter': async (page) => {
    await page.evaluate(() => {
      for (let n = 0; n < 2; n += 1) {
        dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', isComposing: true }));
      }
    });
  },
  'capitals and figures of a French keyboard': (page) => page.locator('#tel').pressSequentially('ZOÉ 1234'),
  'Shift clicks on the page': async (page) => {
    for (let n = 0; n < 4; n += 1) await page.locator('h1').click({ modifiers: ['Shift'] });
  },
  'Shift and Tab': async (page) => {
    await page.locator('#tel').focus();
    for (let n = 0; n < 4; n += 1) await page.keyboard.press('Shift+Tab');
  },
  'a press on the button that ends elsewhere': async (page) => {
    await page.locator('a#quitter').hover();
    await page.mouse.down();
    await page.mouse.move(40, 300, { steps: 5 });
    await page.mouse.up();
  },
  'a right click': (page) => page.locator('a#quitter').click({ button: 'right' }),
};

for (const [name, gesture] of Object.entries(accidents)) {
  test(`${name}: nobody leaves`, async ({ page, context }) => {
    const { referrers } = await exitSite(context);
    await page.goto('/contact');
    await gesture(page);
    await expect(page.locator('a#quitter:not(.sheet)')).toBeVisible();
    await expect(page.locator('form#demande')).toBeVisible();
    expect(referrers).toEqual([]);
  });
}

test('the page is covered in the same task, its title neutral, its words gone', async ({ page, context }) => {
  const { answer } = await exitSite(context, { isSilent: true });
  await page.goto('/contact');
  await page.locator('#tel').fill('01 99 00 12 34');
  const atOnce = await page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('#tel');
    document.querySelector<HTMLElement>('a#quitter')?.click();
    return {
      text: document.body.textContent,
      title: document.title,
      sheet: document.elementFromPoint(10, 10)?.id,
      forms: document.forms.length,
      typed: field?.value,
    };
  });
  expect(atOnce).toEqual({ ...covered, typed: '' });
  answer();
  await expect(page).toHaveURL(exit);
});

test('while leaving, keys and taps neither uncover the page nor start the load again', async ({
  page,
  context,
}) => {
  const { answer, referrers } = await exitSite(context, { isSilent: true });
  const seen = await watch(page);
  await page.goto('/contact');
  await page.locator('a#quitter').click({ noWaitAfter: true });
  for (const key of ['Escape', 'a', 'Enter', 'Escape']) await page.keyboard.press(key);
  for (let n = 0; n < 5; n += 1) await page.mouse.click(100, 100);
  expect(await seen()).toEqual(covered);
  answer();
  await expect(page).toHaveURL(exit);
  expect(referrers).toHaveLength(1);
});

test('a load that was stopped leaves the page covered, and one tap tries again', async ({
  page,
  context,
}) => {
  const { answer, referrers } = await exitSite(context, { isSilent: true });
  const seen = await watch(page);
  await page.goto('/contact');
  await page.locator('a#quitter').click({ noWaitAfter: true });
  await expect.poll(() => referrers.length).toBe(1);
  const devtools = await context.newCDPSession(page);
  const stopped = page.waitForEvent('requestfailed');
  await devtools.send('Page.stopLoading');
  await stopped;
  expect(await seen()).toEqual(covered);
  answer();
  await page.mouse.click(100, 100);
  await expect(page).toHaveURL(exit);
});

test('an exit site that cannot be reached does not bring the page back', async ({ page, context }) => {
  await context.route(`${exit}**`, (route) => route.abort('connectionrefused'));
  await page.goto('about:blank');
  await page.goto('/contact');
  await page.locator('a#quitter').click();
  await expect(page.locator('body')).not.toContainText('Se faire rappeler');
  await expect(page).toHaveURL('chrome-error://chromewebdata/');
  await page.goBack();
  expect(page.url()).toBe('about:blank');
});

test('a second tab leaves too', async ({ page, context }) => {
  await exitSite(context);
  const other = await context.newPage();
  await other.goto('/contact');
  await page.goto('/appeler');
  await page.locator('a#quitter').click();
  await expect(page).toHaveURL(exit);
  await expect(other).toHaveURL(exit);
});

const onTheirWay: Record<string, [url: string, start: (page: Page) => Promise<void>]> = {
  'a form': [
    '**/contact/envoi',
    async (page) => {
      await page.locator('#tel').fill('01 99 00 12 34');
      await page.getByRole('button', { name: 'Envoyer ma demande' }).click();
    },
  ],
  'a page': ['**/numeros', (page) => page.locator('nav a[href="/numeros"]').click()],
};

for (const [name, [url, start]] of Object.entries(onTheirWay)) {
  test(`the exit leaves while ${name} is on its way, and a late answer shows nothing`, async ({
    page,
    context,
  }) => {
    const { answer } = await exitSite(context, { isSilent: true });
    const seen = await watch(page);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    await page.route(url, async (route) => {
      await held;
      await route.fulfill({
        contentType: 'text/html',
        body: '<main id="contenu"><h1>Trop tard</h1></main>',
      });
    });
    await page.goto('/contact');
    const asked = page.waitForRequest(url);
    await start(page);
    await asked;
    await page.locator('a#quitter').click({ noWaitAfter: true });
    release();
    expect(await seen()).toEqual(covered);
    answer();
    await expect(page).toHaveURL(exit);
  });
}

test('the exit leaves while a native list is open', async ({ page, context }) => {
  await exitSite(context);
  await page.goto('/contact');
  await page.evaluate(() => {
    const list = document.createElement('select');
    list.append(document.createElement('option'));
    document.querySelector('main')?.prepend(list);
  });
  await page.locator('select').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await page.locator('a#quitter').click();
  await expect(page).toHaveURL(exit);
});

for (const [name, breakage] of [
  ['BroadcastChannel is missing', 'delete window.BroadcastChannel'],
  ['the Navigation API is missing', 'delete window.navigation; delete Window.prototype.navigation'],
  [
    'storage is blocked',
    "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('no') } })",
  ],
  ['forms cannot be reset', "HTMLFormElement.prototype.reset = () => { throw new Error('no') }"],
  ['nothing can be built', "document.createElement = () => { throw new Error('no') }"],
  ['nothing can be found', "document.getElementById = () => { throw new Error('no') }"],
  ['there is no fetch', 'delete window.fetch'],
] as const) {
  test(`when ${name}, the page reads and the exit leaves`, async ({ page, context }) => {
    await exitSite(context);
    await page.addInitScript(breakage);
    await page.goto('/numeros');
    await expect(page.locator('h1')).toHaveText('Les autres numéros');
    await page.locator('a#quitter').click();
    await expect(page).toHaveURL(exit);
  });
}

for (const [name, breakage] of [
  ['an element cannot be given new children', 'delete Element.prototype.replaceChildren'],
  ['forms cannot be reset', "HTMLFormElement.prototype.reset = () => { throw new Error('no') }"],
  [
    'nothing can be emptied',
    "Object.defineProperty(Node.prototype, 'textContent', { set() { throw new Error('no') } })",
  ],
] as const) {
  test(`when ${name}, the exit of a frame leaves it`, async ({ page }) => {
    await page.addInitScript(breakage);
    await page.goto('/encart');
    await page.evaluate(() => document.body.append(document.createElement('form')));
    await page.locator('a#quitter').click();
    await expect(page).toHaveURL('about:blank');
    expect(await page.locator('body').textContent()).toBe('');
  });
}

test('the exit works from the first bytes, and what comes later stays unseen', async ({
  page,
  context,
  site,
}) => {
  const html = await (await fetch(`${site.origin}/contact`)).text();
  const cut = html.indexOf('</a>', html.indexOf('id="quitter"')) + 4;
  let sendRest = () => {};
  let isWhole = false;
  const slow = await openServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.write(html.slice(0, cut));
    sendRest = () =>
      response.end(html.slice(cut), () => {
        isWhole = true;
      });
  });
  const { answer } = await exitSite(context, { isSilent: true });
  const seen = await watch(page);
  await page.goto(`${slow.origin}/`, { waitUntil: 'commit' });
  await page.locator('a#quitter').click({ noWaitAfter: true });
  sendRest();
  await expect.poll(() => isWhole).toBe(true);
  expect(await seen()).toEqual(covered);
  answer();
  await expect(page).toHaveURL(exit);
  slow.close();
});
