// Leaving with real keys and clicks, in real browsers: a slow exit site, a stopped load, a second tab, and accidents.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'puppeteer-core';
import { type BrowserName, browserNames, type Opened, openBrowser } from './browsers.ts';
import { type Epiphany, skip as noEpiphany } from './epiphany.ts';
import { openHome } from './epiphany-visit.ts';
import { click, clickAt, press, type } from './real-input.ts';
import { type Scene, sharedScene, typed } from './scene.ts';
import { comes, firstPage, leave, until } from './visit.ts';

const covered = { words: 'Chargement…', title: 'Chargement' };

/** However slow the exit site, nobody restarts the load by pressing again. */
export function slowExits(): void {
  // All at once: they wait most of the time.
  for (const seconds of process.env.LONG ? [4, 8, 15, 25] : [4])
    test(`exit site ${seconds} s slow, a key or a tap a second: covered until it comes, asked once by each browser`, async () => {
      const scene = await sharedScene();
      const epiphany = noEpiphany || !process.env.LONG ? undefined : await openHome(scene);
      const all = [];
      for (const browser of browserNames) all.push(await openContact(browser, scene));
      scene.exit.delayMs = seconds * 1000;
      const most = scene.exit.referrers.length + browserNames.length + (epiphany ? 1 : 0);
      const areAsked = () => until(() => scene.exit.referrers.length === most, 'the exit site to be asked');
      const leaving = all.map(async ([opened, page]) => {
        const shown = await watch(page);
        await click(opened, page, '#quitter');
        await areAsked();
        press(opened, 'Escape', 'space', 'a');
        assert.deepEqual(await shown(), covered);
        await until(() => tapped(opened, page, scene), 'the exit site', 60_000);
        await opened.quit();
      });
      if (epiphany) leaving.push(leaveEpiphany(epiphany, areAsked));
      await Promise.all(leaving);
      assert.equal(scene.exit.referrers.length, most);
    });
}

/** Leaving a stopped load and other tabs; what is no leaving. */
export function leaving(browser: BrowserName): void {
  // Firefox does not tell a page that its load was stopped: there, taps count again thirty seconds after the last try.
  const tellsStop = browser === 'Chromium';
  const isWaitedFor = tellsStop || process.env.LONG;
  test('load stopped: stays covered, and a tap arrives', {
    skip: !isWaitedFor && 'half a minute: LONG=1',
  }, async () => {
    const scene = await sharedScene();
    const [opened, page] = await openContact(browser, scene);
    const shown = await watch(page);
    scene.exit.delayMs = 600_000;
    const before = scene.exit.referrers.length;
    await page.evaluate(() => {
      const stopped = () => {
        stop();
        document.documentElement.dataset.stopped = '';
      };
      addEventListener('pointerup', () => setTimeout(stopped, 1000), true);
    });
    await click(opened, page, '#quitter');
    await page.waitForSelector('[data-stopped]');
    assert.deepEqual(await shown(), covered);
    scene.exit.delayMs = 0;
    const isThere = () => tapped(opened, page, scene);
    if (tellsStop) assert.ok(await isThere(), 'the first tap arrives');
    else await until(isThere, 'the exit site', 60_000);
    assert.equal(scene.exit.referrers.length, before + 2);
    await opened.quit();
  });

  test('second tab: leaves too', async () => {
    const scene = await sharedScene();
    const [opened, page] = await openContact(browser, scene);
    const other = await opened.browser.newPage();
    await other.goto(`${scene.site}/numeros`);
    await page.bringToFront();
    await leave(opened, page, scene.exit);
    await until(() => other.url() === scene.exit.url, 'the second tab to leave');
    await opened.quit();
  });

  test('by accident: nobody leaves', async () => {
    const scene = await sharedScene();
    const [opened, page] = await openContact(browser, scene);
    const before = scene.exit.referrers.length;
    await click(opened, page, '#demande summary');
    await click(opened, page, '#prenom');
    type(opened, 'ABC');
    press(opened, 'shift+1', 'shift+2', 'shift+3', 'shift+Tab', 'shift+Tab', 'shift+Tab', 'Escape');
    for (let n = 0; n < 3; n += 1) await click(opened, page, 'h1', { held: 'shift' });
    await click(opened, page, '#quitter', { drag: true });
    assert.equal(
      await page.$eval('#prenom', (field) => (field as HTMLInputElement).value.slice(0, 3)),
      'ABC',
    );
    assert.equal(scene.exit.referrers.length, before);
    assert.notDeepEqual(await (await watch(page))(), covered);
    await opened.quit();
  });
}

/** Leaves by Escape twice, then a key, a tap, a key… a second, until the exit site is there. */
async function leaveEpiphany(epiphany: Epiphany, areAsked: () => Promise<void>): Promise<void> {
  press(epiphany, 'Escape', 'Escape');
  await areAsked();
  let turn = 0;
  const pressed = () => {
    turn += 1;
    if (turn % 2) press(epiphany, 'Escape');
    else clickAt(epiphany, 500, 500);
    return comes(() => epiphany.title() === 'Météo', 1000);
  };
  await until(pressed, 'the exit site', 60_000);
  assert.ok(turn > 2, 'it was slow');
  await epiphany.end('ctrl+q');
}

/** Taps the page once, and tells whether the exit site comes within a second. */
function tapped(opened: Opened, page: Page, { exit }: Scene): Promise<boolean> {
  clickAt(opened, 600, 600);
  return comes(() => page.url() === exit.url, 1000);
}

async function openContact(browser: BrowserName, scene: Scene): Promise<[Opened, Page]> {
  scene.exit.delayMs = 0;
  const opened = await openBrowser(browser, scene.search(`${scene.site}/contact`));
  const page = await firstPage(opened);
  await click(opened, page, '#resultat');
  await click(opened, page, '#tel');
  type(opened, typed.phone);
  return [opened, page];
}

/** Makes a page tell what it shows: while it is leaving, no tool can ask it. Resolves with what it shows from now on: what it said before may come late. */
async function watch(page: Page): Promise<() => Promise<typeof covered>> {
  let told = { at: 0, shown: { words: '', title: '' } };
  page.on('console', (one) => {
    told = JSON.parse(one.text());
  });
  await page.evaluate(() => {
    const shown = () => ({ words: document.body.textContent, title: document.title });
    setInterval(() => console.log(JSON.stringify({ at: Date.now(), shown: shown() })), 20);
  });
  return async () => {
    const asked = Date.now();
    await until(() => told.at > asked, 'the page to tell what it shows');
    return told.shown;
  };
}
