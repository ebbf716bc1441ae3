// Whole visits with real hands in real browsers: from a search page, through the site, to the exit or the closed tab.
import type { Page } from 'puppeteer-core';
import { type BrowserName, type Opened, openBrowser } from './browsers.ts';
import { click, clickAt, press, type } from './real-input.ts';
import { type Scene, typed } from './scene.ts';

/** How the site is read. */
export type Reading = { browser: BrowserName; javascript: boolean; discreet: boolean };

const pages = ['/appeler', '/numeros', '/reglages', '/contact'];

/** Comes from a search page, reads home and four pages, asks to be called. The browser stays open on the outcome. */
export async function visitSite(
  scene: Scene,
  { browser, javascript, discreet }: Reading,
): Promise<[Opened, Page]> {
  const opened = await openBrowser(browser, scene.search(`${scene.site}/`), { javascript });
  const page = await firstPage(opened);
  const reader =
    !javascript && browser === 'Firefox' ? byKeys(opened, page) : byPointer(opened, page, discreet);
  await reader.follow('#resultat', 'Résultat');
  if (javascript && !discreet) await click(opened, page, '#mode-discret');
  for (const path of pages) await reader.follow(`nav a[href="${path}"]`, names[path] ?? path);
  await reader.ask();
  return [opened, page];
}

/** Leaves by the exit, and waits until its site is there. */
export async function leave(
  opened: Opened,
  page: Page,
  { url }: Scene['exit'],
  javascript = true,
): Promise<void> {
  const isThere = () => page.url() === url;
  if (!javascript && opened.name === 'Firefox')
    return insistInPage(opened, () => link(opened, 'Quitter le site'), isThere);
  await click(opened, page, '#quitter');
  await until(isThere, 'the exit site');
}

/** Closes the only tab, and with it the browser. */
export async function closeTab(opened: Opened): Promise<void> {
  press(opened, 'ctrl+w');
  await opened.ended();
}

/** Comes to an address by a link or by typing it, reads one page in mode discret, closes the tab; resolves to the profile. */
export async function lookIn(
  scene: Scene,
  browser: BrowserName,
  address: string,
  way: 'linked' | 'typed',
): Promise<string> {
  const opened = await openBrowser(browser, scene.search(address));
  const page = await firstPage(opened);
  if (way === 'linked') {
    await click(opened, page, '#resultat');
  } else {
    await page.waitForSelector('#resultat');
    await insistInPage(
      opened,
      () => typeAddress(opened, address),
      () => page.url() === address,
    );
  }
  await page.waitForSelector('main#contenu');
  await click(opened, page, 'nav a[href="/numeros"]');
  await page.waitForSelector('nav a[href="/numeros"][aria-current]');
  await closeTab(opened);
  return opened.profile;
}

/** Visits another site: the address, then up to four of its own links, then its exit if told; resolves to the profile. */
export async function visitAny(browser: BrowserName, address: string, exit?: string): Promise<string> {
  const opened = await openBrowser(browser, address);
  const page = await firstPage(opened);
  await until(() => page.url().startsWith('http'), address);
  await page.waitForSelector('body');
  const own = await page
    .$$eval('a[href]', (links) =>
      links
        .map((link) => new URL((link as HTMLAnchorElement).href))
        .filter((url) => url.origin === location.origin),
    )
    .then((urls) => urls.map(({ pathname }) => pathname));
  for (const path of [...new Set(own)].filter((path) => path !== new URL(address).pathname).slice(0, 4)) {
    const link = `a[href$="${path}"]`;
    if (await page.$(link)) await click(opened, page, link);
    await page.waitForSelector('body');
  }
  if (exit) {
    const before = page.url();
    await click(opened, page, exit);
    await until(() => page.url() !== before, 'the exit');
  }
  await opened.quit();
  return opened.profile;
}

/** Presses Back or Forward, and tells which host is on screen then. */
export async function go(opened: Opened, page: Page, key: 'alt+Left' | 'alt+Right'): Promise<string> {
  const before = page.url();
  press(opened, key);
  // Nothing happens when there is nowhere to go, and nothing tells so: this wait alone has an end by the clock.
  await comes(() => page.url() !== before, 1500);
  return new URL(page.url()).hostname;
}

/** Types text into a field and waits until it is there: on a busy machine, keys that come before the focus are lost. */
export async function write(opened: Opened, page: Page, field: string, text: string): Promise<void> {
  await click(opened, page, field);
  await page.waitForSelector(`${field}:focus`);
  type(opened, text);
  await page.waitForFunction(
    (field, text) => document.querySelector<HTMLInputElement>(field)?.value === text,
    {},
    field,
    text,
  );
}

/** The page that a browser opened on. */
export async function firstPage({ browser }: Opened): Promise<Page> {
  let page: Page | undefined;
  await until(async () => {
    [page] = await browser.pages();
    return page !== undefined;
  }, 'the first page');
  return page as Page;
}

/** Resolves once `isTrue`; throws after `patienceMs`, naming what did not come. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  what: string,
  patienceMs = 20_000,
): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Whether something comes true in time. */
export function comes(isTrue: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  return until(isTrue, '', withinMs).then(
    () => true,
    () => false,
  );
}

const names: Record<string, string> = {
  '/appeler': 'comment se passe', // « Appeler » alone is the number
  '/numeros': 'Autres num',
  '/reglages': 'glages',
  '/contact': 'Se faire rappeler',
};

// In mode discret, also what leaves a line elsewhere: a link pressed with Control, the keys that reload.
function byPointer(opened: Opened, page: Page, isDiscreet: boolean) {
  return {
    async follow(selector: string) {
      const path = await page
        .waitForSelector(selector)
        .then((link) => link?.evaluate((node) => (node as HTMLAnchorElement).href));
      await click(opened, page, selector, isDiscreet && selector.startsWith('nav') ? { held: 'ctrl' } : {});
      const here = new URL(path ?? '').pathname;
      await page.waitForSelector(
        selector.startsWith('nav') ? `nav a[href="${here}"][aria-current]` : 'main#contenu',
      );
    },
    async ask() {
      await click(opened, page, '#demande summary');
      for (const [field, text] of [
        ['#tel', typed.phone],
        ['#prenom', typed.name],
        ['#mot', typed.word],
      ] as const)
        await write(opened, page, field, text);
      if (isDiscreet) press(opened, 'F5', 'ctrl+r');
      await click(opened, page, 'input[value=lun-matin]');
      await click(opened, page, 'form#demande button');
      await page.waitForSelector('#reference');
    },
  };
}

// Firefox without scripts tells nothing of its pages: keys only, with its own search in links (') and in text (/).
function byKeys(opened: Opened, page: Page) {
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  const untilLoaded = (keys: () => void) => {
    const before = loads;
    return insistInPage(opened, keys, () => loads > before);
  };
  const fill = (after: string, text: string) => {
    press(opened, 'slash');
    type(opened, after);
    press(opened, 'Escape', 'Tab', 'ctrl+a');
    type(opened, text);
  };
  return {
    follow(selector: string, text: string) {
      return untilLoaded(() => {
        if (selector === '#resultat') clickAt(opened, 600, 700); // the window itself may not have the keys yet
        link(opened, text);
      });
    },
    async ask() {
      const send = () =>
        untilLoaded(() => {
          fill('sans risque', typed.phone);
          press(opened, 'Tab', 'space');
          press(opened, 'slash');
          type(opened, 'raccrochons sans');
          press(opened, 'Escape', 'Tab', 'space'); // unfolds what follows
          fill('sachiez que', typed.word);
          press(opened, 'Tab', 'ctrl+a');
          type(opened, typed.name);
          press(opened, 'Return');
        });
      do await send();
      while (!page.url().includes('/contact/suite'));
    },
  };
}

/** Types an address where addresses are typed. */
export function typeAddress(opened: Opened, address: string): void {
  press(opened, 'ctrl+l');
  type(opened, address);
  press(opened, 'Return');
}

function link(opened: Opened, text: string): void {
  press(opened, 'apostrophe');
  type(opened, text);
  press(opened, 'Return');
}

// A page that has just come loses its first keys.
function insistInPage(opened: Opened, keys: () => void, isDone: () => boolean): Promise<void> {
  return insist(
    () => {
      press(opened, 'Escape');
      keys();
    },
    isDone,
    4000, // pressed again over a page that is on its way, they would stop it, or follow a link of that one
  );
}

/** Presses keys until it is done: a browser that is busy loses them, and nothing tells. */
export function insist(
  keys: () => void,
  isDone: () => boolean | Promise<boolean>,
  eachMs = 2500,
): Promise<void> {
  return until(async () => {
    if (await isDone()) return true;
    keys();
    return comes(isDone, eachMs);
  }, 'what the keys ask for');
}
