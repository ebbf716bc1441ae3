// Accidents: what a hand or a browser does to a page that is read in mode discret, its form begun; and what stays after the
// exit.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { type BrowserName, type Opened, openBrowser } from './browsers.ts';
import { click, clickAt, placeOnScreen, press, titlesOn } from './real-input.ts';
import { documents, type Scene, typed, typedForms } from './scene.ts';
import type { Point } from './screen.ts';
import { filesWith, kindsOf, linesOf, visibleEntries } from './traces.ts';
import { firstPage, go, insist, typeAddress, until, write } from './visit.ts';

/** What stays after an accident: lines of the history, files that hold anything typed. */
export type Remains = {
  browser: BrowserName | 'Epiphany';
  accident: string;
  pages: number;
  titles: string[];
  typed: number;
};

/**
 * How the page is come to, if not by a search: by hand, or handed by another application, as by a camera that has read a code.
 * What happens then; whether the browser is closed and started again, with the pages that it had. How it ends, if not by the exit: the browser is closed as it stands, or its battery is empty.
 */
export type Accident<Happening> = {
  come?: Happening | 'handed';
  happen?: Happening;
  restarts?: true;
  end?: 'closed' | 'killed';
};

type Happening = (visit: { opened: Opened; page: Page; scene: Scene }) => Promise<void>;

/** `only`: where it cannot be brought about in both. `varies`: what stays is not always the same, at most a line. */
type AnyAccident = Accident<Happening> & { only?: BrowserName; varies?: true };

/** What a hand keeps on purpose in `saved`, in the words of kindsOf: told as that accident, not as what any visit leaves. */
export const byHand = ['favoris', 'page enregistrée'];

/** The accidents that are measured. Keys go to the browser itself: in a page, mode discret stops them. */
export const accidents: Record<string, AnyAccident> = {
  typed: {
    async come({ opened, page, scene }) {
      await page.waitForSelector('#resultat'); // a window that opens loses its first keys
      clickAt(opened, 600, 700);
      await insist(
        () => typeAddress(opened, `${scene.site}/`),
        () => documents(scene) > 0,
        5000, // typed again over the page, the same address would leave a line
      );
    },
  },
  handed: { come: 'handed' },
  reloaded: { happen: ({ opened, scene }) => loadAgain(scene, () => press(opened, 'ctrl+l', 'F5')) },
  left: {
    async happen({ opened, page, scene }) {
      await go(opened, page, 'alt+Left');
      await loadAgain(scene, () => press(opened, 'alt+Right'));
    },
  },
  reopened: {
    async happen({ opened, page, scene }) {
      await opened.browser.newPage(); // with its last tab the browser would end
      await page.bringToFront();
      await insist(
        () => press(opened, 'ctrl+w'),
        () => page.isClosed(),
      );
      await loadAgain(scene, () => press(opened, 'ctrl+shift+t'));
    },
  },
  enlarged: {
    async happen({ opened, page }) {
      const width = await page.evaluate('innerWidth');
      await insist(
        () => press(opened, 'ctrl+plus'),
        async () => (await page.evaluate('innerWidth')) !== width,
      );
    },
  },
  printed: {
    // Looked at, then given up: the window of the printer takes the keys, then gives them back.
    async happen({ opened, page }) {
      const hasKeys = () => page.evaluate(() => document.hasFocus());
      await insist(
        () => press(opened, 'ctrl+p'),
        async () => !(await hasKeys()),
      );
      await insist(() => press(opened, 'Escape'), hasKeys);
    },
  },
  restored: { only: 'Chromium', restarts: true },
  duplicated: {
    varies: true,
    happen: ({ opened, scene }) => loadAgain(scene, () => press(opened, 'ctrl+l', 'alt+Return')),
  },
  saved: {
    async happen({ opened }) {
      press(opened, 'ctrl+l', 'ctrl+d'); // a bookmark, kept at once
      press(opened, 'ctrl+l', 'ctrl+s');
      const file = join(opened.profile, 'Downloads/Un premier pas.html');
      await insist(
        () => confirm[opened.name](opened),
        () => existsSync(file),
      );
    },
  },
  killed: { end: 'killed' },
  home: {
    end: 'closed',
    happen: ({ opened, scene }) =>
      insist(
        () => press(opened, 'alt+Home'),
        () => isElsewhere(opened, scene),
      ),
  },
};

/** The names of those that are measured in a browser. */
export function accidentsIn(browser: BrowserName): string[] {
  return Object.keys(accidents).filter((name) => (accidents[name]?.only ?? browser) === browser);
}

/**
 * Reads two pages, begins the form, lets it happen, leaves by the exit; reads what stays once the browser is closed, and
 * in which kinds of files the name of the site is.
 */
export async function measureAccident(
  scene: Scene,
  browser: BrowserName,
  name: string,
): Promise<{ remains: Remains; named: string[] }> {
  const { come, happen, restarts, end } = accidents[name] ?? {};
  scene.asked.length = 0;
  const { hostname } = new URL(scene.site);
  const home = `${scene.site}/`;
  let opened = await openBrowser(browser, come === 'handed' ? home : scene.search(home), {
    restores: restarts,
  });
  const page = await firstPage(opened);
  const visit = { opened, page, scene };
  if (typeof come === 'function') await come(visit);
  else if (!come) await click(opened, page, '#resultat');
  await click(opened, page, 'nav a[href="/contact"]');
  const exit = await page.$eval('#quitter', placeOnScreen);
  await write(opened, page, '#tel', typed.phone);
  await happen?.(visit);
  if (restarts) opened = await restart(opened, scene);
  if (!end) {
    const before = scene.exit.referrers.length;
    await insist(
      () => (documents(scene) > 1 ? clickExit(opened, exit) : pressEscapes(opened)),
      () => scene.exit.referrers.length > before,
    );
    // The browser keeps its history by itself: its page knows that it has left a little before it does.
    const isThere = () => titlesOn(opened).some((title) => title.startsWith('Météo'));
    await until(isThere, 'the exit site');
  }
  if (end === 'killed') {
    await until(() => isWritten(opened, hostname), 'the history, on disk');
    await opened.kill();
  } else {
    await opened.quit();
  }
  const entries = await visibleEntries(browser, opened.profile, hostname);
  const remains = {
    browser,
    accident: name,
    ...linesOf(entries),
    typed: (await filesWith(opened.profile, typedForms)).length,
  };
  return { remains, named: kindsOf(await filesWith(opened.profile, [hostname])) };
}

// Escape would stop a page on its way. Above a tab that was opened again, Chromium no longer shows its bar of warnings.
function clickExit(opened: Opened, { x, y }: Point): void {
  clickAt(opened, x, y);
  if (opened.name === 'Chromium') clickAt(opened, x, y - 57);
}

// The page may have moved on the screen, and the keys be elsewhere: a click in its margin brings them back.
function pressEscapes(opened: Opened): void {
  clickAt(opened, 4, 600);
  press(opened, 'Escape', 'Escape');
}

// « Save », in the question of each; until it is there, a place of the page where nothing is.
const confirm: Record<BrowserName, (opened: Opened) => void> = {
  Chromium: (opened) => clickAt(opened, 1075, 798),
  Firefox: (opened) => clickAt(opened, 1112, 838),
};

// The page comes back by itself where its tab is in front.
async function restart({ name, profile, quit }: Opened, scene: Scene): Promise<Opened> {
  const before = documents(scene);
  await quit();
  const opened = await openBrowser(name, '', { profile, restores: true });
  await until(() => documents(scene) > before, 'the page, restored');
  return opened;
}

function isWritten({ profile }: Opened, hostname: string): boolean {
  const histories = ['Default/History', 'places.sqlite', 'places.sqlite-wal'].map((file) =>
    join(profile, file),
  );
  return histories.some((file) => existsSync(file) && readFileSync(file).includes(hostname));
}

async function isElsewhere({ browser }: Opened, { site }: Scene): Promise<boolean> {
  return !(await browser.pages()).some((page) => page.url().startsWith(site));
}

function loadAgain(scene: Scene, keys: () => void): Promise<void> {
  const before = documents(scene);
  return insist(keys, () => documents(scene) > before);
}
