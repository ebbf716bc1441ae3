// Little room: a narrow phone, a window enlarged four times, text doubled, text spaced. Nothing scrolls sideways, is
// cut, or lies over something else.
import type { Page } from '@playwright/test';
import { addStyle, removeStyle, resize, unroll } from '../fixtures.ts';
import { layoutFaults } from '../layout.ts';
import { inTurn } from '../page-states.ts';

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

/** What does not fit wherever there is little room. */
export async function reflowFaults(page: Page, turn: number): Promise<string[]> {
  const faults: string[] = [];
  for (const { label, width, css } of inTurn(rooms, turn)) {
    await addStyle(page, css);
    await unroll(page, width);
    faults.push(...(await layoutFaults(page)).map((fault) => `${label}: ${fault}`));
    await removeStyle(page);
  }
  // A window of 1280 × 1024 px, enlarged four times.
  await resize(page, { width: 320, height: 256 });
  return [...faults, ...(await exitFaults(page))];
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
