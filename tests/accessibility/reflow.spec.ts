// Little room: a narrow phone, a window enlarged four times, text doubled, text spaced. Nothing scrolls sideways, is
// cut, or lies over something else.
import type { Page } from '@playwright/test';
import { addStyle, expect, painted, removeStyle, test, unroll } from './fixtures.ts';
import { layoutFaults } from './layout.ts';
import { inTurn, placeNamed, places } from './page-states.ts';

/** WCAG 1.4.12: what a reader may impose. */
const spaced = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`;
const doubled = 'html { font-size: 200% }';

const rooms = [
  { label: '320 px', width: 320, css: '' },
  { label: '390 px, text doubled', width: 390, css: doubled },
  { label: '320 px, text spaced', width: 320, css: spaced },
  { label: '1280 px, text spaced', width: 1280, css: spaced },
  { label: '1280 px, text doubled', width: 1280, css: doubled },
];

for (const [turn, { name, open }] of places.entries()) {
  test(`${name} fits wherever there is little room`, async ({ page }) => {
    await open(page);
    const faults: string[] = [];
    for (const { label, width, css } of inTurn(rooms, turn)) {
      await addStyle(page, css);
      await unroll(page, width);
      faults.push(...(await layoutFaults(page)).map((fault) => `${label}: ${fault}`));
      await removeStyle(page);
    }
    // A window of 1280 × 1024 px, enlarged four times.
    await page.setViewportSize({ width: 320, height: 256 });
    await painted(page);
    faults.push(...(await exitFaults(page)));
    expect(faults).toEqual([]);
  });
}

/** The exit is whole in the window, and leaves half of it to read in. */
async function exitFaults(page: Page): Promise<string[]> {
  const box = await page.locator('#quitter').boundingBox();
  const window = page.viewportSize();
  if (!box || !window) throw new Error('no exit');
  const { x, y, width, height } = box;
  const isWhole = x >= 0 && y >= 0 && x + width <= window.width && y + height <= window.height;
  return [
    ...(isWhole ? [] : [`400 %: the exit is cut: ${JSON.stringify(box)}`]),
    ...(height <= window.height / 2 ? [] : [`400 %: the exit takes ${height} px of ${window.height}`]),
  ];
}

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
