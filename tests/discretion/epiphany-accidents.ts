// Accidents of a visit in Epiphany, by its own keys: what accidents.ts does in the other two.
import type { Remains } from './accidents.ts';
import { type Epiphany, epiphanyEntries, openEpiphany } from './epiphany.ts';
import { go } from './epiphany-visit.ts';
import { clickAt, press, type } from './real-input.ts';
import { documents, type Scene, typed, typedForms } from './scene.ts';
import { filesWith, kindsOf, linesOf } from './traces.ts';
import { insist, until } from './visit.ts';

const home = 'Un premier pas';

type Accident = { come?(epiphany: Epiphany, scene: Scene): void; happen?(epiphany: Epiphany): unknown };

/** Those that its keys can bring about, by the names of accidents.ts. */
export const epiphanyAccidents: Record<string, Accident> = {
  typed: {
    come(epiphany, { site }) {
      press(epiphany, 'ctrl+l');
      type(epiphany, `${site}/`);
      press(epiphany, 'Return');
    },
  },
  reloaded: { happen: (epiphany) => press(epiphany, 'ctrl+l', 'F5') },
  left: {
    async happen(epiphany) {
      await go(epiphany, 'alt+Left');
      press(epiphany, 'alt+Right');
    },
  },
};

/** Comes home, begins the form, lets it happen, leaves by Escape twice; reads what stays once Epiphany is closed. */
export async function measureInEpiphanyAfter(
  scene: Scene,
  name: string,
): Promise<{ remains: Remains; named: string[] }> {
  const { come, happen } = epiphanyAccidents[name] ?? {};
  const { hostname } = new URL(scene.site);
  scene.asked.length = 0;
  const epiphany = await openEpiphany(scene.search(`${scene.site}/`), 'Recherche');
  const isHome = () => epiphany.title() === home;
  if (come) await insist(() => come(epiphany, scene), isHome);
  else await epiphany.clickText('sultat');
  await until(isHome, 'home');
  await epiphany.clickText('Se faire rappeler');
  await until(() => scene.asked.some(({ path }) => path === '/contact'), 'the form');
  await epiphany.clickText('sans risque');
  type(epiphany, typed.phone);
  if (happen) {
    await happen(epiphany);
    await until(() => documents(scene) > 1 && isHome(), 'home, again');
    await epiphany.clickText('Se faire rappeler'); // it is shown: Escape would stop it on its way
  }
  clickAt(epiphany, 4, 600); // the keys are in the page
  press(epiphany, 'Escape', 'Escape');
  await until(() => epiphany.title() === 'Météo', 'the exit site');
  await epiphany.end('ctrl+q');
  const entries = epiphanyEntries(epiphany.profile, hostname);
  const remains = {
    browser: 'Epiphany',
    accident: name,
    ...linesOf(entries),
    typed: (await filesWith(epiphany.profile, typedForms)).length,
  } as const;
  return { remains, named: kindsOf(await filesWith(epiphany.profile, [hostname])) };
}
