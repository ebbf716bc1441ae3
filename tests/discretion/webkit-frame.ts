// The frame of a partner in Epiphany: how one leaves it, and what its window and its files show afterwards.
import assert from 'node:assert/strict';
import { before, beforeEach, describe, test } from 'node:test';
import { type Epiphany, epiphanyEntries, openEpiphany, skip, storedIn } from './epiphany.ts';
import { clickExit, go } from './epiphany-visit.ts';
import type { PartnerPath } from './partner.ts';
import { press, type } from './real-input.ts';
import { reset, type Scene, sharedScene, typed, typedForms } from './scene.ts';
import { filesWith } from './traces.ts';
import { until } from './visit.ts';

const long = { skip: !process.env.LONG && 'LONG=1' };

describe('The frame of a partner in Epiphany', { skip }, () => {
  let scene: Scene;
  before(async () => {
    scene = await sharedScene();
  });
  beforeEach(() => reset(scene));

  test(
    'Escape twice while typing: the window leaves, Back passes over the partner, nothing of ours is kept',
    long,
    async () => {
      const epiphany = await openFrame(scene, '/formulaire');
      const before = scene.exit.referrers.length;
      await epiphany.clickText('sans risque');
      type(epiphany, typed.phone);
      press(epiphany, 'Escape', 'Escape');
      await until(() => epiphany.title() === 'Météo', 'the exit site');
      // WebKit does not keep to our policy when a frame leads its window away: the name of our site is told (decision 17).
      assert.deepEqual(scene.exit.referrers.splice(before), [`${scene.site}/`]);
      assert.equal(await go(epiphany, 'alt+Left', scene), 'Recherche');
      await keepsNothing(epiphany, scene);
    },
  );

  test(
    'an older code, the exit clicked: the frame is empty, Back and Forward do not show it',
    long,
    async () => {
      const epiphany = await openFrame(scene, '/ancien');
      await clickExit(epiphany);
      await until(() => epiphany.exit() === undefined, 'the empty frame');
      assert.equal(epiphany.title(), 'Mairie');
      assert.equal(await go(epiphany, 'alt+Left', scene), 'Recherche');
      assert.equal(await go(epiphany, 'alt+Right', scene), 'Mairie');
      assert.equal(epiphany.exit(), undefined);
      await keepsNothing(epiphany, scene);
    },
  );
});

async function openFrame(scene: Scene, path: PartnerPath): Promise<Epiphany> {
  const epiphany = await openEpiphany(scene.search(scene.partner + path), 'Recherche');
  await epiphany.clickText('sultat');
  await until(() => epiphany.title() === 'Mairie', 'the page of the partner');
  await until(() => epiphany.exit() !== undefined, 'the frame');
  return epiphany;
}

/** Closes Epiphany, and looks for what it kept of us. */
async function keepsNothing(epiphany: Epiphany, scene: Scene): Promise<void> {
  await epiphany.end('ctrl+q');
  const { hostname } = new URL(scene.site);
  const { profile } = epiphany;
  assert.deepEqual(epiphanyEntries(profile, hostname), [], 'no line of the history');
  assert.deepEqual(await filesWith(profile, typedForms), [], 'nothing typed');
  assert.deepEqual(await filesWith(profile, ['Sans parler']), [], 'no page of ours');
  assert.deepEqual(await storedIn(profile, hostname), [], 'nothing stored');
  assert.deepEqual(scene.exit.referrers.filter(Boolean), [], 'the exit site is not told');
}
