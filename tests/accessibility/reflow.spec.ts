// What looks/reflow.ts finds where there is little room: places.spec.ts asks it of every place.
import { addStyle, expect, test, unroll } from './fixtures.ts';
import { layoutFaults } from './layout.ts';
import { placeNamed } from './page-states.ts';

for (const [fault, css, said] of [
  ['a page wider than the window', 'main { min-width: 40rem }', /scrolls sideways: 640 px in 320/],
  ['a line cut by its box', 'h1 { height: 1em; overflow: hidden }', /leaves h1/],
  ['words longer than their button', '.button { height: 2rem; min-height: 0 }', /leaves a\[button\]/],
  ['links in one place', 'nav a { position: absolute; top: 0; left: 0 }', /overlap$/],
] as const) {
  test(`${fault}: seen`, async ({ page }) => {
    await placeNamed('index').open(page);
    await addStyle(page, css);
    await unroll(page, 320);
    expect(await layoutFaults(page)).toContainEqual(expect.stringMatching(said));
  });
}
