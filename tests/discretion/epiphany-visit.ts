// A whole visit in Epiphany, by what its own search finds in the text.
import { join } from 'node:path';
import { type Epiphany, epiphanyEntries, epiphanyVersion, openEpiphany, storedIn } from './epiphany.ts';
import type { Ending, Found } from './measure.ts';
import { clickAt, press, type } from './real-input.ts';
import { type Scene, typed, typedForms } from './scene.ts';
import type { Box } from './screen.ts';
import { filesWith, kindsOf, linesOf } from './traces.ts';
import { comes, type Reading, until } from './visit.ts';

/** Opens the search page, and follows its link to our home. */
export async function openHome(scene: Scene): Promise<Epiphany> {
  scene.asked.length = 0;
  const epiphany = await openEpiphany(scene.search(`${scene.site}/`), 'Recherche');
  await epiphany.clickText('sultat');
  await until(() => epiphany.title() === 'Un premier pas', 'home');
  return epiphany;
}

/** How the site is read in Epiphany. */
export type EpiphanyReading = Omit<Reading, 'browser'>;

/** Comes from a search page, reads home and two or three pages, presses the keys that reload if they do nothing, asks to be called. The browser stays open on the outcome. */
export async function visitInEpiphany(
  scene: Scene,
  { javascript, discreet }: EpiphanyReading,
): Promise<Epiphany> {
  scene.scripts.run = javascript; // Epiphany has no setting for it
  const epiphany = await openHome(scene);
  if (javascript && !discreet) await epiphany.clickText('Mode discret');
  for (const { link, path, title } of pages) {
    if (discreet && path === '/reglages') continue; // nothing tells that a page is shown: two, one after the other, are enough
    await epiphany.clickText(link);
    await until(() => scene.asked.some((one) => one.path === path), path);
    if (discreet) continue;
    await until(() => epiphany.title() === title, title);
    await until(() => isListed(epiphany, title), `${title}, listed`); // left before, it is listed under its address
  }
  await epiphany.clickText('sans risque'); // labels lead to their fields
  type(epiphany, typed.phone);
  if (discreet) press(epiphany, 'F5', 'ctrl+r');
  press(epiphany, 'Tab', 'space'); // any moment
  await epiphany.clickText('Changer cela'); // unfolds what follows
  await epiphany.clickText('sachiez que');
  type(epiphany, typed.word);
  press(epiphany, 'Tab');
  type(epiphany, typed.name);
  press(epiphany, 'Return');
  await until(() => scene.asked.some(({ path }) => path.startsWith('/contact/suite')), 'the outcome');
  // A page of its own has the title of the form, and the Escape that closes a search would stop it on its way.
  if (!javascript) await until(() => isListed(epiphany, '/contact/suite'), 'the page of the outcome');
  await epiphany.clickText('est not'); // it is shown: closing a tab whose form is still there would be asked about
  return epiphany;
}

async function isListed({ profile }: Epiphany, words: string): Promise<boolean> {
  return (await filesWith(join(profile, '.local/share/epiphany'), [words])).length > 0;
}

const pages = [
  { link: 'Comment se passe', path: '/appeler', title: 'Appeler' },
  { link: 'Autres num', path: '/numeros', title: 'Numéros' },
  { link: 'glages', path: '/reglages', title: 'Réglages' },
  { link: 'Se faire rappeler', path: '/contact', title: 'Contact' },
];

/** Clicks the exit where the screen shows it. */
export async function clickExit(epiphany: Epiphany): Promise<void> {
  await until(() => epiphany.exit() !== undefined, 'the exit on the screen');
  const { left, top, width, height } = epiphany.exit() as Box;
  clickAt(epiphany, Math.round(left + width / 2), Math.round(top + height / 2));
}

/** Presses Back or Forward, and tells the title that is shown then. A page that is on its way is waited for. */
export async function go(
  epiphany: Epiphany,
  key: 'alt+Left' | 'alt+Right',
  { asked }: Scene,
): Promise<string> {
  const [title, count] = [epiphany.title(), asked.length];
  const isOnItsWay = () => epiphany.title() !== title || asked.length > count;
  press(epiphany, key);
  // Nothing happens when there is nowhere to go, and nothing tells so: this wait alone has an end by the clock.
  if (!(await comes(isOnItsWay, 1500))) return title;
  const isThere = () => epiphany.title() !== title && !epiphany.title().includes('localhost'); // while it comes, its host
  await until(isThere, 'the page');
  return epiphany.title();
}

const others = ['Météo', 'Recherche'];

/** One whole visit, its traces read once Epiphany is closed; `profile` is left for who wants to see more. */
export async function measureInEpiphany(
  scene: Scene,
  reading: EpiphanyReading,
  ending: Ending,
): Promise<Found & { profile: string }> {
  const { hostname } = new URL(scene.site);
  const epiphany = await visitInEpiphany(scene, reading);
  const shown = new Set<string>(); // until the site is
  if (ending === 'tab') {
    await epiphany.end('ctrl+w');
  } else {
    if (reading.javascript) press(epiphany, 'Escape', 'Escape');
    else await clickExit(epiphany);
    await until(() => epiphany.title() === 'Météo', 'the exit site');
    for (const key of ['alt+Left', 'alt+Left', 'alt+Left', 'alt+Right', 'alt+Right'] as const) {
      const title = await go(epiphany, key, scene);
      shown.add(title);
      if (others.includes(title)) continue;
      await epiphany.clickText('Sans parler'); // a page that is left before it is shown is listed under its address
      break;
    }
    await epiphany.end('ctrl+q');
  }
  const { profile } = epiphany;
  const entries = epiphanyEntries(profile, hostname);
  const traces = {
    browser: 'Epiphany',
    ...reading,
    version: epiphanyVersion(),
    ending,
    ...linesOf(entries),
    back: [...shown].some((title) => !others.includes(title)),
    typed: (await filesWith(profile, typedForms)).length,
    stored: (await storedIn(profile, hostname)).length,
  } as const;
  return { traces, named: kindsOf(await filesWith(profile, [hostname])), profile };
}
