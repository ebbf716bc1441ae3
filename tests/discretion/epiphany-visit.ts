// A whole visit in Epiphany, by what its own search finds in the text.
import { type Epiphany, epiphanyEntries, epiphanyVersion, openEpiphany, storedIn } from './epiphany.ts';
import type { Ending, Found } from './measure.ts';
import { press, type } from './real-input.ts';
import { type Scene, typed, typedForms } from './scene.ts';
import { filesWith, kindsOf } from './traces.ts';
import { comes, until } from './visit.ts';

/** Opens the search page, and follows its link to our home. */
export async function openHome(scene: Scene): Promise<Epiphany> {
  scene.asked.length = 0;
  const epiphany = await openEpiphany(scene.search(`${scene.site}/`), 'Recherche');
  await epiphany.clickText('sultat');
  await until(() => epiphany.title() === 'Un premier pas', 'home');
  return epiphany;
}

/** Comes from a search page, reads home and two pages, presses the keys that reload, asks to be called. The browser stays open on the outcome. */
export async function visitInEpiphany(scene: Scene): Promise<Epiphany> {
  const epiphany = await openHome(scene);
  const follow = async (text: string, path: string) => {
    await epiphany.clickText(text);
    await until(() => scene.asked.some((one) => one.path === path), path);
  };
  await follow('Comment se passe', '/appeler');
  await follow('Autres num', '/numeros');
  await follow('Se faire rappeler', '/contact');
  await epiphany.clickText('sans risque'); // labels lead to their fields
  type(epiphany, typed.phone);
  press(epiphany, 'F5', 'ctrl+r'); // they do nothing in mode discret
  press(epiphany, 'Tab', 'space'); // any moment
  await epiphany.clickText('Changer cela'); // unfolds what follows
  await epiphany.clickText('sachiez que');
  type(epiphany, typed.word);
  press(epiphany, 'Tab');
  type(epiphany, typed.name);
  press(epiphany, 'Return');
  await until(() => scene.asked.some(({ path }) => path.startsWith('/contact/suite')), 'the outcome');
  await epiphany.clickText('est not'); // it is shown: closing a tab whose form is still there would be asked about
  return epiphany;
}

/** Presses Escape twice, and waits until the exit site is shown. */
export async function leaveByEscape(epiphany: Epiphany): Promise<void> {
  press(epiphany, 'Escape', 'Escape');
  await until(() => epiphany.title() === 'Météo', 'the exit site');
}

/** Presses Back or Forward, and tells the title that is shown then. */
export async function go(epiphany: Epiphany, key: 'alt+Left' | 'alt+Right'): Promise<string> {
  const before = epiphany.title();
  press(epiphany, key);
  // Nothing happens when there is nowhere to go, and nothing tells so: this wait alone has an end by the clock.
  await comes(() => epiphany.title() !== before, 1500);
  return epiphany.title();
}

/** One whole visit in mode discret, its traces read once Epiphany is closed; `profile` is left for who wants to see more. */
export async function measureInEpiphany(scene: Scene, ending: Ending): Promise<Found & { profile: string }> {
  const { hostname } = new URL(scene.site);
  const epiphany = await visitInEpiphany(scene);
  const shown = new Set<string>();
  if (ending === 'tab') {
    await epiphany.end('ctrl+w');
  } else {
    await leaveByEscape(epiphany);
    for (const key of ['alt+Left', 'alt+Left', 'alt+Left', 'alt+Right', 'alt+Right'] as const)
      shown.add(await go(epiphany, key));
    await epiphany.end('ctrl+q');
  }
  const { profile } = epiphany;
  const entries = epiphanyEntries(profile, hostname);
  const traces = {
    browser: 'Epiphany',
    javascript: true,
    discreet: true,
    version: epiphanyVersion(),
    ending,
    pages: entries.length,
    titles: [...new Set(entries.map(({ title }) => title))].sort(),
    back: [...shown].some((title) => !['Météo', 'Recherche'].includes(title)),
    typed: (await filesWith(profile, typedForms)).length,
    stored: (await storedIn(profile, hostname)).length,
  } as const;
  return { traces, named: kindsOf(await filesWith(profile, [hostname])), profile };
}
