// What is left in a profile once the browser is closed: what its owner can see, and what its files hold.
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryFolder } from '../support/folder.ts';
import { type BrowserName, openBrowser } from './browsers.ts';
import { readableForms } from './decode.ts';

/** An entry of the history, as its owner sees it. */
export type Entry = { url: string; title: string };

/** The entries of a host in the browser's own history page (Chromium) or Library (Firefox). */
export async function visibleEntries(name: BrowserName, profile: string, host: string): Promise<Entry[]> {
  const entries = name === 'Chromium' ? await chromiumHistory(profile) : firefoxLibrary(profile);
  if (entries.length === 0) throw new Error('The history is empty: not even the search page was found in it');
  return entries.filter(({ url }) => new URL(url).hostname === host);
}

/** How many entries there are, and their titles, each once. */
export function linesOf(entries: readonly Entry[]): { pages: number; titles: string[] } {
  return { pages: entries.length, titles: [...new Set(entries.map(({ title }) => title))].sort() };
}

/** The files of a profile, by name, that hold any of the words, in any encoding or compression we know. Its browser may run: what it takes away meanwhile holds nothing. */
export async function filesWith(profile: string, words: readonly string[]): Promise<string[]> {
  const needles = words.flatMap(encodings);
  const found: string[] = [];
  for (const file of readdirSync(profile, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    const bytes = contentOf(path);
    const forms = bytes ? await readableForms(path, bytes) : [];
    if (forms.some((form) => needles.some((needle) => form.includes(needle))))
      found.push(path.slice(profile.length + 1));
  }
  return found.sort();
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (Object(error).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The files among these that belong to what a site can store: cookies, storage, databases, caches, workers. */
export function storageAmong(files: readonly string[]): string[] {
  const kinds =
    /Local Storage|Session Storage|IndexedDB|Service Worker|CacheStorage|Cookies|cookies\.sqlite|webappsstore|storage\/(default|temporary)/;
  return files.filter((file) => kinds.test(file));
}

// What names a site although it stores nothing, by file, in the words of /reglages.
const kinds: [string, RegExp][] = [
  ['historique', /\/History$|places\.sqlite|ephy-history/],
  ['favoris', /Default\/Bookmarks/],
  ['page enregistrée', /Downloads\//],
  ['sites les plus visités', /Top Sites/],
  ['onglets à rouvrir', /Sessions\/|sessionstore|session_state/],
  ['copie de la page qui a mené ici', /Cache_Data|cache2|WebKitCache/],
  [
    'réglages et mesures du navigateur',
    /Preferences|permissions|content-prefs|segmentation|DIPS|bounce-tracking|observations/,
  ],
  ['images des pages ouvertes', /thumbnails/],
  ['dossier vide au nom du site', /storage\/.+\/origin$/],
  ['liste des sites en https', /hsts|SiteSecurityService/],
];

/** To which kinds these files belong; a file of no kind is told by its own name. */
export function kindsOf(files: readonly string[]): string[] {
  const found = files.map((file) => kinds.find(([, pattern]) => pattern.test(file))?.[0] ?? file);
  return [...new Set(found)].sort();
}

async function chromiumHistory(profile: string): Promise<Entry[]> {
  const opened = await openBrowser('Chromium', 'about:blank', { profile });
  const [page] = await opened.browser.pages();
  await page?.goto('chrome://history/');
  await page?.waitForSelector('>>> history-item');
  const items = await page?.$$('>>> history-item');
  const entries = await Promise.all(
    (items ?? []).map((item) => item.evaluate((node) => (node as unknown as { item: Entry }).item)),
  );
  await opened.quit();
  return entries.map(({ url, title }) => ({ url, title }));
}

// The Library's own rule: nothing hidden (sources of redirects), nothing embedded in another page.
function firefoxLibrary(profile: string): Entry[] {
  const copy = join(temporaryFolder(), 'places.sqlite');
  for (const suffix of ['', '-wal']) {
    const path = join(profile, `places.sqlite${suffix}`);
    if (existsSync(path)) copyFileSync(path, copy + suffix);
  }
  const places = new DatabaseSync(copy);
  const rows = places.prepare(`
    SELECT url, coalesce(title, '') AS title FROM moz_places
    WHERE hidden = 0 AND id IN (SELECT place_id FROM moz_historyvisits WHERE visit_type NOT IN (4, 7, 8))
    ORDER BY last_visit_date`);
  const entries = rows.all() as Entry[];
  places.close();
  return entries.map(({ url, title }) => ({ url, title }));
}

function encodings(word: string): Buffer[] {
  return [
    Buffer.from(word),
    Buffer.from(word, 'utf16le'),
    Buffer.from(word, 'latin1'),
    Buffer.from(encodeURIComponent(word)),
    ...[0, 1, 2].map((shift) => base64Core(word, shift)),
  ];
}

// The part of a word's base64 that does not depend on what stands before and after it.
function base64Core(word: string, shift: number): Buffer {
  const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(word)]).toString('base64');
  return Buffer.from(encoded.slice(shift ? 4 : 0, -4));
}
