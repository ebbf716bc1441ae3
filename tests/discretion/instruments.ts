// The instruments themselves: a page that does everything wrong must be seen by each of them.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type BrowserName, openBrowser } from './browsers.ts';
import { click } from './real-input.ts';
import { type Scene, sharedScene, typed, typedForms } from './scene.ts';
import { filesWith, storageAmong, visibleEntries } from './traces.ts';
import { firstPage, until, write } from './visit.ts';

/** A page that leaves everything is seen by each instrument. */
export function carelessPage(browser: BrowserName): void {
  test('a careless page is seen', async () => {
    const profile = await visitCareless(browser, await sharedScene());
    const entries = await visibleEntries(browser, profile, 'negligent.localhost');
    const paths = entries.map(({ url }) => new URL(url).pathname);
    assert.ok(paths.includes('/plainte'), 'the pushed address');
    assert.ok(paths.includes('/envoi'), 'the page of the sent form');
    assert.ok(
      entries.some(({ title }) => title === 'Victime de violences'),
      'the title',
    );
    assert.notDeepEqual(await filesWith(profile, [typed.name]), [], 'what was typed');
    assert.notDeepEqual(await filesWith(profile, typedForms), [], 'what was typed, in every form');
    assert.notDeepEqual(await filesWith(profile, ['cornichon']), [], 'an answer kept in gzip');
    assert.notDeepEqual(await filesWith(profile, ['pissenlit']), [], 'an answer kept in brotli');
    const stored = storageAmong(await filesWith(profile, ['negligent.localhost']));
    const where = stored.join('\n');
    for (const kind of [/cookies/i, /local storage|\/ls\//i, /indexeddb|\/idb\//i]) assert.match(where, kind);
  });
}

async function visitCareless(browser: BrowserName, scene: Scene): Promise<string> {
  const opened = await openBrowser(browser, scene.search(`${scene.careless}/`));
  const page = await firstPage(opened);
  await click(opened, page, '#resultat');
  await page.waitForSelector('body.pret');
  await write(opened, page, '#tel', typed.phone);
  await write(opened, page, '#prenom', typed.name);
  await click(opened, page, 'button');
  await page.waitForFunction(
    () => document.querySelector<HTMLInputElement>('.pret #tel')?.value === '', // the page that the form led to
  );
  // Firefox writes its form history by itself, a little later; a quit that comes first may lose it.
  if (browser === 'Firefox') {
    const history = join(opened.profile, 'formhistory.sqlite');
    await until(
      () => existsSync(history) && readFileSync(history).includes(typed.name),
      'what was typed, on disk',
    );
  }
  await opened.quit();
  return opened.profile;
}
