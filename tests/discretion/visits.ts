// What a visit to this site leaves, in real browsers with ordinary profiles: the promise, the table of /reglages, and what
// stays of the address that answers the home page as one that was not found.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { unlistedPath } from '../../src/service/addresses.ts';
import { accidents, accidentsIn, byHand, measureAccident } from './accidents.ts';
import type { BrowserName } from './browsers.ts';
import { visits as allVisits, measure, published, publishedAccident, sober, untold } from './measure.ts';
import { type Scene, sharedScene } from './scene.ts';
import { visibleEntries } from './traces.ts';
import { lookIn } from './visit.ts';

// Without LONG=1, what the site promises to everybody: the mode discret is on.
const played = allVisits.filter(({ discreet }) => discreet || process.env.LONG);

// How many lines stay of a page that was read, its tab closed. Of `/` there is one: the instruments see.
const kept: Record<BrowserName, Record<string, number>> = {
  Chromium: { '/': 1, [unlistedPath]: 0 },
  Firefox: { [unlistedPath]: 1 },
};

/** What stays after each visit and each accident, and of each address. */
export function visits(browser: BrowserName): void {
  describe('after a visit', () => {
    let scene: Scene;
    before(async () => {
      scene = await sharedScene();
      scene.exit.delayMs = 0;
    });

    for (const { ending, ...reading } of played) {
      const name = `${reading.javascript ? (reading.discreet ? 'mode on' : 'mode off') : 'no script'}, ${ending}`;
      test(name, async () => {
        const all = await measure(scene, { browser, ...reading }, ending);
        const found = all.traces;
        assert.equal(found.typed, 0, 'nothing typed is in any file');
        assert.equal(found.stored, 0, 'nothing is stored');
        if (reading.discreet) {
          const most = browser === 'Chromium' && ending === 'exit' ? 0 : 1;
          assert.ok(found.pages <= most, `${found.pages} entries: ${found.titles}`);
          assert.ok(
            found.titles.every((title) => sober.includes(title)),
            `titles: ${found.titles}`,
          );
          assert.equal(found.back, false, 'Back and Forward show nothing of ours');
        }
        assert.deepEqual(found, published(found), 'what /reglages says is what is measured');
        assert.deepEqual(
          untold(browser, all.named),
          [],
          'files that name the site, and of which /reglages says nothing',
        );
      });
    }

    for (const name of accidentsIn(browser).filter((one) => process.env.LONG || one === 'reloaded'))
      test(`${name}: one sober line at most, and what /reglages says`, async () => {
        const { remains, named } = await measureAccident(scene, browser, name);
        assert.ok(remains.pages <= 1, `${remains.pages} entries: ${remains.titles}`);
        assert.ok(
          remains.titles.every((title) => [...sober, 'Météo'].includes(title)),
          `titles: ${remains.titles}`,
        );
        if (!accidents[name]?.varies)
          assert.deepEqual(remains, publishedAccident(remains), 'what /reglages says is what is measured');
        assert.deepEqual(
          untold(browser, named).filter((kind) => !(name === 'saved' && byHand.includes(kind))),
          [],
        );
      });

    for (const [path, lines] of Object.entries(kept[browser]))
      for (const way of process.env.LONG ? (['linked', 'typed'] as const) : (['typed'] as const))
        test(`${path} ${way}, its tab closed: ${lines} in the history`, async () => {
          const profile = await lookIn(scene, browser, scene.site + path, way);
          const entries = await visibleEntries(browser, profile, new URL(scene.site).hostname);
          assert.deepEqual(
            entries.map(({ title }) => title),
            Array(lines).fill('Un premier pas'),
          );
        });

    test('no visit told the exit site where it came from', () => {
      assert.ok(scene.exit.referrers.length > 0);
      assert.deepEqual(scene.exit.referrers.filter(Boolean), []);
    });
  });
}
