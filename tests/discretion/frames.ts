// What a partner's frame leaves, and how one leaves it, in the three real browsers.
import assert from 'node:assert/strict';
import { before, beforeEach, describe, test } from 'node:test';
import type { Frame, Page } from 'puppeteer-core';
import { type BrowserName, type Opened, openBrowser } from './browsers.ts';
import type { PartnerPath } from './partner.ts';
import { click, clickAt, clickInside, placeOnScreen, press, type } from './real-input.ts';
import { reset, type Scene, sharedScene, typed, typedForms } from './scene.ts';
import { filesWith, storageAmong, visibleEntries } from './traces.ts';
import { firstPage, until } from './visit.ts';

const long = { skip: !process.env.LONG && 'LONG=1' };

/** What the frame of a partner leaves, and how one leaves it. */
export function partnerFrame(browser: BrowserName): void {
  describe('the frame of a partner', () => {
    let scene: Scene;
    before(async () => {
      scene = await sharedScene();
    });
    beforeEach(() => reset(scene));

    test(
      'Escape twice while typing: the window leaves, Back passes over the partner, nothing of ours is kept',
      long,
      async () => {
        const [opened, page, frame] = await openFrame(browser, scene, '/formulaire');
        await clickInside(opened, page, frame, '#tel');
        await frame.waitForSelector('#tel:focus');
        type(opened, typed.phone);
        await frame.waitForFunction(
          (phone) => document.querySelector<HTMLInputElement>('#tel')?.value === phone,
          { polling: 50 },
          typed.phone,
        );
        press(opened, 'Escape', 'Escape');
        await until(() => page.url() === scene.exit.url, 'the exit site');
        await goBack(opened, page);
        await opened.quit();
        await keepsNothing(browser, opened.profile, scene);
      },
    );

    test('an older code, the exit clicked: the frame is empty, Back does not show it', long, async () => {
      const [opened, page, frame] = await openFrame(browser, scene, '/ancien');
      await clickInside(opened, page, frame, '#quitter');
      await until(() => page.frames().some((one) => one.url() === 'about:blank'), 'the empty frame');
      assert.equal(new URL(page.url()).hostname, 'partenaire.localhost');
      await goBack(opened, page);
      await opened.quit();
      await keepsNothing(browser, opened.profile, scene);
    });

    // The right to take the window lasts five seconds after a press, and the key Escape gives none (decision 17).
    for (const [how, leave] of Object.entries(nextPresses))
      test(
        `Escape twice long after the last press: the frame is empty but for the exit, and ${how} leaves`,
        long,
        async () => {
          const [opened, page, frame] = await openFrame(browser, scene, '/donne');
          const told: string[] = [];
          page.on('console', (message) => told.push(message.text()));
          await clickInside(opened, page, frame, 'h1');
          await frame.evaluate(tellState);
          await until(() => told.at(-1)?.startsWith('false ') ?? false, 'the browser to forget the press');
          press(opened, 'Escape', 'Escape');
          await until(() => told.at(-1) === 'false Quitter', 'the frame, empty but for the exit');
          press(opened, 'Escape', 'Escape', 'Escape'); // gives no right, and loses none
          // What the page asks for after the keys has come: so would have the exit.
          const before = scene.exit.referrers.length;
          await page.evaluate(() => fetch('/').then((answer) => answer.text()));
          assert.equal(scene.exit.referrers.length, before);
          await leave(opened, page);
          await until(() => page.url() === scene.exit.url, 'the exit site');
          await goBack(opened, page);
          await opened.quit();
          await keepsNothing(browser, opened.profile, scene);
        },
      );
  });
}

// Either is a press, and gives the right.
const nextPresses: Record<string, (opened: Opened, page: Page) => Promise<void>> = {
  async 'a tap'(opened, page) {
    const { x, y } = await page.$eval('iframe', placeOnScreen);
    clickAt(opened, x, y);
  },
  'any key': async (opened) => press(opened, 'space'),
};

/** Presses Back, which must lead past the partner. Firefox does not tell its tool of a page that it shows again. */
async function goBack(opened: Opened, page: Page): Promise<void> {
  const shown = () => page.evaluate(() => document.title).catch(() => '');
  press(opened, 'alt+Left');
  await until(async () => !['Météo', 'Mairie', ''].includes(await shown()), 'the page before');
  assert.equal(await shown(), 'Recherche');
}

// A tool that asks gives the right again: the frame tells by itself.
function tellState(): void {
  const words = () => document.documentElement.textContent?.trim().slice(0, 40);
  setInterval(() => console.log(`${navigator.userActivation.isActive} ${words()}`), 100);
}

async function openFrame(
  browser: BrowserName,
  scene: Scene,
  path: PartnerPath,
): Promise<[Opened, Page, Frame]> {
  const opened = await openBrowser(browser, scene.search(scene.partner + path));
  const page = await firstPage(opened);
  await click(opened, page, '#resultat');
  const frame = await page.waitForFrame((one) => one.url().includes('/encart'));
  await frame.waitForSelector('#quitter');
  return [opened, page, frame];
}

async function keepsNothing(browser: BrowserName, profile: string, scene: Scene): Promise<void> {
  const { hostname } = new URL(scene.site);
  assert.deepEqual(await visibleEntries(browser, profile, hostname), [], 'no line of the history');
  assert.deepEqual(await filesWith(profile, typedForms), [], 'nothing typed');
  assert.deepEqual(await filesWith(profile, ['Sans parler']), [], 'no page of ours');
  assert.deepEqual(storageAmong(await filesWith(profile, [hostname])), [], 'nothing stored');
  assert.deepEqual(scene.exit.referrers.filter(Boolean), [], 'the exit site is not told');
}
