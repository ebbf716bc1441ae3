// Accidents of a visit in Epiphany, by its own keys: what accidents.ts does in the other two.
import type { Accident, Remains } from './accidents.ts';
import { type Epiphany, epiphanyEntries, openEpiphany } from './epiphany.ts';
import { go } from './epiphany-visit.ts';
import { clickAt, press, type } from './real-input.ts';
import { documents, type Scene, typed, typedForms } from './scene.ts';
import { filesWith, kindsOf, linesOf } from './traces.ts';
import { insist, until } from './visit.ts';

const home = 'Un premier pas';

type Happening = (epiphany: Epiphany, scene: Scene) => Promise<void>;

/** Those that its keys can bring about, by the names of accidents.ts, and told in the same words. */
export const epiphanyAccidents: Record<string, Accident<Happening>> = {
  typed: {
    come: (epiphany, { site }) =>
      insist(
        () => {
          press(epiphany, 'ctrl+l');
          type(epiphany, `${site}/`);
          press(epiphany, 'Return');
        },
        () => epiphany.title() === home,
      ),
  },
  handed: { come: 'handed' },
  reloaded: { happen: (epiphany, scene) => loadAgain(epiphany, scene, 'ctrl+l', 'F5') },
  left: {
    async happen(epiphany, scene) {
      await go(epiphany, 'alt+Left', scene);
      await loadAgain(epiphany, scene, 'alt+Right');
    },
  },
  enlarged: {
    async happen(epiphany) {
      const width = () => epiphany.exit()?.width ?? 0;
      const before = width();
      await insist(
        () => press(epiphany, 'ctrl+plus'),
        () => width() > before,
      );
    },
  },
  restored: { restarts: true },
  killed: { end: 'killed' },
  home: {
    end: 'closed',
    happen: (epiphany) =>
      insist(
        () => press(epiphany, 'alt+Home'),
        () => epiphany.title() !== home,
      ),
  },
};

/** Comes home, begins the form, lets it happen, leaves by Escape twice; reads what stays once Epiphany is closed. */
export async function measureInEpiphanyAfter(
  scene: Scene,
  name: string,
): Promise<{ remains: Remains; named: string[] }> {
  const { come, happen, restarts, end } = epiphanyAccidents[name] ?? {};
  const { hostname } = new URL(scene.site);
  scene.asked.length = 0;
  let epiphany =
    come === 'handed'
      ? await openEpiphany(`${scene.site}/`, home)
      : await openEpiphany(scene.search(`${scene.site}/`), 'Recherche');
  if (typeof come === 'function') await come(epiphany, scene);
  else if (!come) await epiphany.clickText('sultat');
  await until(() => epiphany.title() === home, 'home');
  await epiphany.clickText('Se faire rappeler');
  await until(() => scene.asked.some(({ path }) => path === '/contact'), 'the form');
  await epiphany.clickText('sans risque');
  type(epiphany, typed.phone);
  await happen?.(epiphany, scene);
  if (restarts) {
    const { profile } = epiphany;
    await epiphany.end('ctrl+q');
    epiphany = await openEpiphany('', home, { profile }); // as it is set: with the pages that it had
    await homeAgain(epiphany, scene);
  }
  if (end === 'killed') {
    await until(
      async () => (await filesWith(epiphany.profile, [hostname])).length > 0,
      'the history, on disk',
    );
    await epiphany.kill();
  } else {
    if (!end) await leave(epiphany);
    await epiphany.end('ctrl+q');
  }
  const entries = epiphanyEntries(epiphany.profile, hostname);
  const remains = {
    browser: 'Epiphany',
    accident: name,
    ...linesOf(entries),
    typed: (await filesWith(epiphany.profile, typedForms)).length,
  } as const;
  return { remains, named: kindsOf(await filesWith(epiphany.profile, [hostname])) };
}

async function loadAgain(epiphany: Epiphany, scene: Scene, ...keys: string[]): Promise<void> {
  await insist(
    () => press(epiphany, ...keys),
    () => documents(scene) > 1,
    5000,
  );
  await homeAgain(epiphany, scene);
}

async function homeAgain(epiphany: Epiphany, scene: Scene): Promise<void> {
  const isShown = () => documents(scene) > 1 && epiphany.title() === home && epiphany.exit() !== undefined;
  await until(isShown, 'home, again');
  await epiphany.clickText('Se faire rappeler'); // it is shown: Escape would stop it on its way
}

async function leave(epiphany: Epiphany): Promise<void> {
  clickAt(epiphany, 4, 600); // the keys are in the page
  press(epiphany, 'Escape', 'Escape');
  await until(() => epiphany.title() === 'Météo', 'the exit site');
}
