// What visits leave behind, measured. As a command (`npm run traces`): every visit to this site, into the data of
// /reglages; with an address (`npm run traces -- https://site.example [exit selector]`): a visit to any other site.
import { writeFileSync } from 'node:fs';
import { type BrowserName, commands, versionOf } from './browsers.ts';
import { openScene, type Scene, typedForms } from './scene.ts';
import { filesWith, storageAmong, visibleEntries } from './traces.ts';
import { closeTab, go, leave, type Reading, visitAny, visitSite } from './visit.ts';

/** How a visit ends: by the exit, then Back three times and Forward twice; or by closing the tab. */
export type Ending = 'exit' | 'tab';

/** What one visit leaves. `pages` counts the entries of the history, `titles` are theirs; `back` tells whether Back showed the site. */
export type Traces = Reading & {
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

/** The visits that are measured, each in every browser. */
export const visits: readonly (Omit<Reading, 'browser'> & { ending: Ending })[] = [
  { javascript: true, discreet: true },
  { javascript: true, discreet: false },
  { javascript: false, discreet: false },
].flatMap((reading) => [
  { ...reading, ending: 'exit' },
  { ...reading, ending: 'tab' },
]);

/** One whole visit to our site, its traces read once the browser is closed. */
export async function measure(scene: Scene, reading: Reading, ending: Ending): Promise<Traces> {
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
  const typed = await filesWith(opened.profile, typedForms);
  const named = await filesWith(opened.profile, [site]);
  return {
    ...reading,
    version: versionOf(reading.browser),
    ending,
    pages: entries.length,
    titles: [...new Set(entries.map(({ title }) => title))].sort(),
    back,
    typed: typed.length,
    stored: storageAmong(named).length,
  };
}

async function measureAll(): Promise<void> {
  const scene = await openScene();
  const rows: Traces[] = [];
  for (const browser of Object.keys(commands) as BrowserName[]) {
    for (const { ending, ...reading } of visits) {
      rows.push(await measure(scene, { browser, ...reading }, ending));
      console.log(JSON.stringify(rows.at(-1)));
    }
  }
  await scene.close();
  const measured = { day: new Date().toISOString().slice(0, 10), visits: rows };
  writeFileSync(
    new URL('../../src/service/traces.json', import.meta.url),
    `${JSON.stringify(measured, null, 2)}\n`,
  );
}

async function measureOther(address: string, exit?: string): Promise<void> {
  for (const browser of Object.keys(commands) as BrowserName[]) {
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
