// What a visit leaves in Epiphany, on WebKit: the same promise as in visits.ts, in the engine of every iPhone.
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { before, beforeEach, describe, test } from 'node:test';
import { type Epiphany, epiphanyEntries, openEpiphany, skip, storedIn } from './epiphany.ts';
import { epiphanyAccidents, measureInEpiphanyAfter } from './epiphany-accidents.ts';
import { measureInEpiphany } from './epiphany-visit.ts';
import { published, publishedAccident, sober, untold, visits } from './measure.ts';
import { press, type } from './real-input.ts';
import { documents, reset, type Scene, sharedScene, typed, typedForms } from './scene.ts';
import { filesWith } from './traces.ts';
import { until } from './visit.ts';

// Without LONG=1, the promise: the mode discret, left by the exit.
// The other rows of /reglages where a tab is closed are measured by `npm run traces` alone: half a minute each.
const played = visits.filter(({ discreet, ending }) =>
  process.env.LONG ? discreet || ending === 'exit' : discreet && ending === 'exit',
);

describe('Epiphany', { skip }, () => {
  let scene: Scene;
  before(async () => {
    scene = await sharedScene();
  });
  beforeEach(() => reset(scene));

  test('a careless page is seen', async () => {
    const { profile } = await visitCareless(scene);
    const entries = epiphanyEntries(profile, 'negligent.localhost');
    assert.ok(
      entries.some(({ title }) => title === 'Victime de violences'),
      'the title',
    );
    assert.ok(
      entries.some(({ url }) => new URL(url).pathname === '/envoi'),
      'the page of the sent form',
    );
    const kinds: [string, string, RegExp][] = [
      ['a pushed address, in the Back list that the next start restores', '/plainte', /session_state/],
      ['what was typed, in the history', typed.name, /ephy-history/],
      ['what was typed, in the cache', typed.phone.replaceAll(' ', '+'), /WebKitCache/],
      ['what was typed, beside a picture of the page', typed.name, /thumbnails/],
      ['a cookie', 'mirabelle', /cookies\.sqlite/],
      ['what was stored', 'reine-claude', /localstorage/],
      ['a database', 'reine-claude', /indexeddb/],
      ['an answer that came in gzip', 'cornichon', /WebKitCache/],
      ['an answer that came in brotli', 'pissenlit', /WebKitCache/],
    ];
    for (const [what, word, where] of kinds)
      assert.match((await filesWith(profile, [word])).join('\n'), where, what);
    assert.notDeepEqual(await filesWith(profile, typedForms), [], 'what was typed, in every form');
    assert.notDeepEqual(await cachedFrom(profile, 'negligent.localhost'), [], 'its pages in the cache');
    assert.ok((await storedIn(profile, 'negligent.localhost')).length > 2, 'what it can store');
  });

  for (const { ending, ...reading } of played) {
    const how = reading.javascript ? (reading.discreet ? 'mode on' : 'mode off') : 'no script';
    test(`a visit, ${how}, ${ending}: nothing typed, no page, and the lines that /reglages says`, async () => {
      const all = await measureInEpiphany(scene, reading, ending);
      const { traces: found, profile } = all;
      if (reading.discreet) {
        assert.equal(documents(scene), 1, 'the mode is on, and nothing of ours is asked again');
        assert.ok(found.pages <= 1, `${found.pages} entries`);
        for (const { url, title } of epiphanyEntries(profile, 'site.localhost')) {
          assert.equal(new URL(url).pathname, '/');
          assert.ok(sober.includes(title), title);
        }
        assert.equal(found.back, false, 'Back and Forward show nothing of ours');
      }
      assert.deepEqual([found.typed, found.stored], [0, 0]);
      assert.deepEqual(await cachedFrom(profile, 'site.localhost'), [], 'no page is in the cache');
      assert.deepEqual(found, published(found), 'what /reglages says is what is measured');
      assert.deepEqual(
        untold('Epiphany', all.named),
        [],
        'files that name the site, and of which /reglages says nothing',
      );
      assert.deepEqual(scene.exit.referrers.filter(Boolean), [], 'the exit site is not told');
    });
  }

  for (const name of process.env.LONG ? Object.keys(epiphanyAccidents) : [])
    test(`${name}: one sober line at most, and what /reglages says`, async () => {
      const { remains, named } = await measureInEpiphanyAfter(scene, name);
      assert.ok(remains.pages <= 1, `${remains.pages} entries: ${remains.titles}`);
      assert.deepEqual(remains, publishedAccident(remains), 'what /reglages says is what is measured');
      assert.deepEqual(untold('Epiphany', named), []);
    });
});

/** The answers of a host in WebKit's cache: a record begins with its address, a byte of one before it. */
function cachedFrom(profile: string, host: string): Promise<string[]> {
  return filesWith(join(profile, '.cache/epiphany/WebKitCache'), [`\u0001https://${host}`]);
}

async function visitCareless(scene: Scene): Promise<Epiphany> {
  const epiphany = await openEpiphany(scene.search(`${scene.careless}/`), 'Recherche');
  await epiphany.clickText('sultat');
  await until(() => epiphany.title() === 'Victime de violences', 'the careless page');
  press(epiphany, 'Tab');
  await until(() => epiphany.title() === 'Porter plainte', 'the address that the page pushes');
  type(epiphany, typed.phone);
  press(epiphany, 'Tab');
  type(epiphany, typed.name);
  press(epiphany, 'Return');
  await until(() => epiphany.title() === 'Victime de violences', 'the page of the sent form');
  // The cache waits a second before it writes, the picture is taken a little later: a quit that comes first loses them.
  const cache = join(epiphany.profile, '.cache/epiphany');
  await until(async () => {
    const answers = await filesWith(join(cache, 'WebKitCache'), ['cornichon', 'pissenlit', typed.name]);
    return answers.length > 2 && globSync('thumbnails/*.png', { cwd: cache }).length > 0;
  }, 'the cache and the picture');
  await epiphany.end('ctrl+q');
  return epiphany;
}
