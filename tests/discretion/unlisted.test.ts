// The address that answers the home page as one that was not found: what stays of it, beside what stays of `/`.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { unlistedPath } from '../../src/service/addresses.ts';
import { type BrowserName, skip } from './browsers.ts';
import { openScene, type Scene } from './scene.ts';
import { visibleEntries } from './traces.ts';
import { lookIn } from './visit.ts';

// How many lines a browser keeps of a page that was read, its tab closed. Of `/`, each keeps one: the instruments see.
const kept: [BrowserName, string, number][] = [
  ['Chromium', '/', 1],
  ['Chromium', unlistedPath, 0],
  ['Firefox', unlistedPath, 1],
];

describe('A page read, and its tab closed', { skip }, () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());

  for (const [browser, path, lines] of kept)
    for (const way of ['linked', 'typed'] as const)
      test(`${browser}, ${path} ${way}: ${lines} in the history`, async () => {
        const profile = await lookIn(scene, browser, scene.site + path, way);
        const entries = await visibleEntries(browser, profile, new URL(scene.site).hostname);
        assert.deepEqual(
          entries.map(({ title }) => title),
          Array(lines).fill('Un premier pas'),
        );
      });
});
