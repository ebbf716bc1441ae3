// The focus is plainly shown. That everything is reached in order, and never under something else, places.spec.ts asks of
// every place (looks/focus.ts).
import type { Page } from '@playwright/test';
import { contrast } from './colours.ts';
import { addStyle, expect, test } from './fixtures.ts';
import { type Stop, unfocused, unreached, walk } from './keyboard.ts';
import { outOfOrder } from './looks/focus.ts';
import { inTurn, placeNamed } from './page-states.ts';
import { type Box, pictureOf } from './picture.ts';

/** What is wrong with how a stop shows its focus. */
async function ringFault(page: Page, { called, boxes }: Stop): Promise<string[]> {
  const around = surroundings(hull(boxes));
  const focused = await pictureOf(page, around);
  let other = focused;
  await unfocused(page, async () => {
    other = await pictureOf(page, around);
  });
  const { box } = focused;
  let changed = 0;
  for (let row = box.y; row < box.y + box.height; row += 1) {
    for (let column = box.x; column < box.x + box.width; column += 1) {
      if (contrast(focused.at(column, row), other.at(column, row)) >= 3) changed += 1;
    }
  }
  // WCAG 2.4.13: at least as much as a line of 2 px all around; around each piece of words that go on to the next line.
  const lineAround = ({ width, height }: Box) => 4 * (width + height);
  const inPieces = boxes.reduce((sum, box) => sum + lineAround(box), 0);
  const least = Math.min(lineAround(hull(boxes)), inPieces);
  return changed >= least ? [] : [`${called}: ${changed} px change by 3:1, ${Math.round(least)} are needed`];
}

function hull(boxes: Box[]): Box {
  const [x, y] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return { x, y, width: right - x, height: bottom - y };
}

function surroundings({ x, y, width, height }: Box, margin = 10): Box {
  return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
}

// The controls of all pages are on these.
for (const [turn, name] of [
  'index',
  'form-to-correct',
  'reglages',
  'outcome',
  'page-not-arrived',
].entries()) {
  for (const colorScheme of inTurn(['light', 'dark'] as const, turn)) {
    test(`the focus is plain to see on each stop of ${name}, ${colorScheme}`, async ({ page }) => {
      test.slow(); // four pictures of each stop, at least
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 390, height: 844 });
      await placeNamed(name).open(page);
      const faults: string[] = [];
      await walk(page, async (stop) => {
        faults.push(...(await ringFault(page, stop)));
      });
      expect(faults).toEqual([]);
    });
  }
}

test('a focus that is faint, and a stop under something else, are seen', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await placeNamed('500').open(page);
  await addStyle(page, ':focus { outline: 3px solid #bbb !important; box-shadow: none !important }');
  await addStyle(page, 'html { scroll-padding: 0 !important } #quitter { min-height: 400px !important }');
  const faint: string[] = [];
  const stops = await walk(page, async (stop) => {
    faint.push(...(await ringFault(page, stop)));
  });
  expect(faint.length).toBeGreaterThan(3);
  expect(stops.flatMap(({ covered }) => covered)).toContainEqual(expect.stringContaining('#quitter'));
});

test('an order changed by tabindex, and a link that Tab cannot reach, are seen', async ({ page }) => {
  await placeNamed('500').open(page);
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('footer a')?.setAttribute('tabindex', '1');
    document
      .querySelector('main')
      ?.append(Object.assign(document.createElement('button'), { textContent: 'x' }));
  });
  const stops = await walk(page);
  expect(outOfOrder(stops)).not.toEqual([]);
  expect(await unreached(page, stops)).toEqual([]);
  expect(await unreached(page, stops.slice(0, -1))).toHaveLength(1);
});
