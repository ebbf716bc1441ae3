// What visits leave behind, measured. As a command (`npm run traces`): every visit to this site, into the data of
// /reglages; with an address (`npm run traces -- https://site.example [exit selector]`): a visit to any other site.
import { writeFileSync } from 'node:fs';
import measured from '../../src/service/traces.json' with { type: 'json' };
import { accidents, accidentsIn, byHand, measureAccident, type Remains } from './accidents.ts';
import { type BrowserName, browserNames, versionOf } from './browsers.ts';
import { epiphanyAccidents, measureInEpiphanyAfter } from './epiphany-accidents.ts';
import { measureInEpiphany } from './epiphany-visit.ts';
import { openScene, type Scene, typedForms } from './scene.ts';
import { filesWith, kindsOf, linesOf, storageAmong, visibleEntries } from './traces.ts';
import { closeTab, go, leave, type Reading, visitAny, visitSite } from './visit.ts';

/** How a visit ends: by the exit, then Back three times and Forward twice; or by closing the tab. */
export type Ending = 'exit' | 'tab';

/** What one visit leaves. `pages` counts the entries of the history, `titles` are theirs; `back` tells whether Back showed the site. */
export type Traces = Omit<Reading, 'browser'> & {
  browser: BrowserName | 'Epiphany';
  version: string;
  ending: Ending;
  pages: number;
  titles: string[];
  back: boolean;
  /** Files of the profile that hold anything typed. */
  typed: number;
  /** Files in which the site could store, and that name it. */
  stored: number;
};

/** The titles that may stay in mode discret. */
export const sober = ['', 'Chargement', 'Un premier pas', 'Accueil'];

/** What one visit leaves, and in which kinds of files the name of the site is. */
export type Found = { traces: Traces; named: string[] };

/** The visits that are measured, each in every browser. */
export const visits: readonly (Omit<Reading, 'browser'> & { ending: Ending })[] = [
  { javascript: true, discreet: true },
  { javascript: true, discreet: false },
  { javascript: false, discreet: false },
].flatMap((reading) => [
  { ...reading, ending: 'exit' },
  { ...reading, ending: 'tab' },
]);

const off = 'onglet-ordinaire'; // how the tab remembers that the mode is off: in no file either

/** One whole visit to our site, its traces read once the browser is closed. */
export async function measure(scene: Scene, reading: Reading, ending: Ending): Promise<Found> {
  const [opened, page] = await visitSite(scene, reading);
  const site = new URL(scene.site).hostname;
  let back = false;
  if (ending === 'tab') {
    await closeTab(opened);
  } else {
    await leave(opened, page, scene.exit, reading.javascript);
    for (const key of ['alt+Left', 'alt+Left', 'alt+Left', 'alt+Right', 'alt+Right'] as const) {
      if ((await go(opened, page, key)) === site) back = true;
    }
    await opened.quit();
  }
  const entries = await visibleEntries(reading.browser, opened.profile, site);
  const typed = await filesWith(opened.profile, [...typedForms, off]);
  const named = await filesWith(opened.profile, [site]);
  const traces = {
    ...reading,
    version: versionOf(reading.browser),
    ending,
    ...linesOf(entries),
    back,
    typed: typed.length,
    stored: storageAmong(named).length,
  };
  return { traces, named: kindsOf(named) };
}

/**
 * What /reglages says of such a visit, by this version. The versions of the table are those of its day: another version must
 * behave the same, or the table is false.
 */
export function published({ browser, javascript, discreet, ending, version }: Traces): Traces | undefined {
  const row = measured.visits.find(
    (visit) =>
      visit.browser === browser &&
      visit.javascript === javascript &&
      visit.discreet === discreet &&
      visit.ending === ending,
  );
  return row && ({ ...row, version } as Traces);
}

/** What /reglages says of such an accident. */
export function publishedAccident({ browser, accident }: Remains): Remains | undefined {
  const row = measured.accidents.find((one) => one.browser === browser && one.accident === accident);
  return row as Remains | undefined;
}

/** The kinds of files that name the site, and that /reglages does not tell of this browser. */
export function untold(browser: Traces['browser'], named: readonly string[]): string[] {
  const told: readonly string[] = measured.named[browser];
  return named.filter((kind) => !told.includes(kind));
}

// Half a minute after the first visit: few of ours last so long.
const writtenLate = 'sites les plus visités';

async function measureAll(): Promise<void> {
  const scene = await openScene();
  const found: Found[] = [];
  const note = (one: Found) => {
    found.push(one);
    console.log(JSON.stringify(one));
  };
  for (const browser of browserNames)
    for (const { ending, ...reading } of visits) note(await measure(scene, { browser, ...reading }, ending));
  for (const { ending, ...reading } of visits) note(await measureInEpiphany(scene, reading, ending));
  const left: { remains: Remains; named: string[] }[] = [];
  for (const browser of browserNames)
    for (const name of accidentsIn(browser).filter((one) => !accidents[one]?.varies))
      left.push(await measureAccident(scene, browser, name));
  for (const name of Object.keys(epiphanyAccidents)) left.push(await measureInEpiphanyAfter(scene, name));
  await scene.close();
  const named: Record<string, string[]> = { Chromium: [writtenLate] };
  for (const { browser, kinds } of [
    ...found.map(({ traces: { browser }, named: kinds }) => ({ browser, kinds })),
    ...left.map(({ remains: { browser }, named: kinds }) => ({ browser, kinds })),
  ])
    named[browser] = [...new Set([...(named[browser] ?? []), ...kinds])]
      .filter((kind) => !byHand.includes(kind))
      .sort();
  const day = new Date().toISOString().slice(0, 10);
  const measured = {
    day,
    visits: found.map(({ traces }) => traces),
    accidents: left.map(({ remains }) => remains),
    named,
  };
  writeFileSync(
    new URL('../../src/service/traces.json', import.meta.url),
    `${JSON.stringify(measured, null, 2)}\n`,
  );
}

async function measureOther(address: string, exit?: string): Promise<void> {
  for (const browser of browserNames) {
    const profile = await visitAny(browser, address, exit);
    const { hostname } = new URL(address);
    const entries = await visibleEntries(browser, profile, hostname);
    const stored = storageAmong(await filesWith(profile, [hostname]));
    console.log(
      `${browser} ${versionOf(browser)}: ${entries.length} visible, ${stored.length} files of storage`,
    );
    for (const { url, title } of entries) console.log(`  ${url}  ${title}`);
  }
}

if (import.meta.main) {
  const [address, exit] = process.argv.slice(2);
  await (address ? measureOther(address, exit) : measureAll());
}
