// Leaving Epiphany with real keys and clicks, where they are the hardest to hear: in a field, after a menu, enlarged, in full
// screen.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { before, beforeEach, describe, test } from 'node:test';
import { type Epiphany, openEpiphany, skip } from './epiphany.ts';
import { clickExit, go } from './epiphany-visit.ts';
import { press, type, xdotool } from './real-input.ts';
import { reset, type Scene, sharedScene, typed, typedForms } from './scene.ts';
import { filesWith } from './traces.ts';
import { until } from './visit.ts';

const isLong = !!process.env.LONG;
const long = { skip: !isLong && 'LONG=1' };
const windowManager = '/usr/bin/openbox'; // a bare screen makes no window full
const full = { skip: existsSync(windowManager) ? long.skip : 'missing: openbox (apt-get install openbox)' };

/** The kinds of fields of the form, and what brings the caret or the focus there. */
const fields: Record<string, (epiphany: Epiphany) => Promise<void>> = {
  'the number': async (epiphany) => {
    await epiphany.clickText('sans risque');
    type(epiphany, typed.phone);
  },
  'a box': async (epiphany) => {
    await epiphany.clickText('sans risque');
    press(epiphany, 'Tab', 'space');
  },
  'a word of the unfolded part': async (epiphany) => {
    await epiphany.clickText('Changer cela');
    await epiphany.clickText('sachiez que');
    type(epiphany, typed.word);
  },
  'a round button': async (epiphany) => {
    await epiphany.clickText('Changer cela');
    await epiphany.clickText('sachiez que');
    press(epiphany, 'shift+Tab', 'Down');
  },
};

describe('Leaving Epiphany', { skip }, () => {
  let scene: Scene;
  before(async () => {
    scene = await sharedScene();
  });
  beforeEach(() => reset(scene));

  const kinds = Object.keys(fields).slice(0, isLong ? undefined : 1);
  test(`Escape twice leaves from ${kinds.join(', ')}; nothing typed stays`, async () => {
    const epiphany = await openEpiphany(scene.search(`${scene.site}/contact`), 'Recherche');
    for (const kind of kinds) {
      await comeToContact(epiphany);
      await fields[kind]?.(epiphany);
      await leaveByEscape(epiphany, kind);
      assert.equal(await go(epiphany, 'alt+Left', scene), 'Recherche', kind);
    }
    await epiphany.end('ctrl+q');
    assert.deepEqual(await filesWith(epiphany.profile, typedForms), []);
  });

  test('an Escape that closes a menu of Epiphany is not one of the two', long, async () => {
    const epiphany = await openContact(scene);
    await epiphany.clickText('sans risque');
    const before = scene.exit.referrers.length;
    const windows = windowsOn(epiphany);
    press(epiphany, 'shift+F10');
    await until(() => windowsOn(epiphany) > windows, 'the menu');
    press(epiphany, 'Escape');
    await until(() => windowsOn(epiphany) === windows, 'the menu to close');
    press(epiphany, 'Escape');
    await epiphany.clickText('Languages'); // the page still reads
    await until(() => scene.asked.some(({ path }) => path === '/langues'), 'the page that follows');
    assert.equal(scene.exit.referrers.length, before, 'nobody left');
    await leaveByEscape(epiphany, 'from there');
    await epiphany.end('ctrl+q');
  });

  test('enlarged to a width of 320 pixels: the exit is whole, and a click on it leaves', long, async () => {
    const epiphany = await openContact(scene);
    xdotool(epiphany, 'getwindowfocus', 'windowsize', `${windowSize.width}`, `${windowSize.height}`);
    for (let n = 0; n < 12; n += 1) press(epiphany, 'ctrl+plus');
    await until(() => isWhole(epiphany), 'the exit, enlarged and whole');
    await clickExit(epiphany);
    await until(() => epiphany.title() === 'Météo', 'the exit site');
    assert.equal(await go(epiphany, 'alt+Left', scene), 'Recherche');
    await epiphany.end('ctrl+q');
  });

  test('in full screen, Escape twice leaves', full, async () => {
    const epiphany = await openContact(scene, windowManager);
    await epiphany.clickText('sans risque');
    type(epiphany, typed.phone);
    press(epiphany, 'F11');
    await until(() => isFull(epiphany), 'the full screen');
    await leaveByEscape(epiphany, 'in full screen');
    await epiphany.end('ctrl+q');
  });
});

const largest = 3; // Epiphany enlarges no further: 320 pixels of the page are 960
const edge = 5; // of the window, around the page
const windowSize = { width: 320 * largest + 2 * edge, height: 800 };

// As large as the styles make it at least, and away from the edges of the page, which is where something is cut.
function isWhole(epiphany: Epiphany): boolean {
  const box = epiphany.exit();
  if (!box || box.width < 124 * largest || box.height < 52 * largest) return false;
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  return box.left > 2 * edge && right < windowSize.width - 2 * edge && bottom < windowSize.height - 2 * edge;
}

function isFull(screen: Epiphany): boolean {
  return /WIDTH=1200\s+HEIGHT=900/.test(xdotool(screen, 'getwindowfocus', 'getwindowgeometry', '--shell'));
}

function windowsOn(screen: Pick<Epiphany, 'display'>): number {
  return xdotool(screen, 'search', '--onlyvisible', '--name', '.*').split('\n').length;
}

async function openContact(scene: Scene, manager?: string): Promise<Epiphany> {
  const epiphany = await openEpiphany(scene.search(`${scene.site}/contact`), 'Recherche', { manager });
  await comeToContact(epiphany);
  return epiphany;
}

async function comeToContact(epiphany: Epiphany): Promise<void> {
  await epiphany.clickText('sultat');
  await until(() => epiphany.title() === 'Contact', 'the form');
}

async function leaveByEscape(epiphany: Epiphany, from: string): Promise<void> {
  press(epiphany, 'Escape', 'Escape');
  await until(() => epiphany.title() === 'Météo', `the exit site, from ${from}`);
}
