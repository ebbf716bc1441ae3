// A person with a keyboard: Tab, from the top of the page to its end.
import type { Page } from '@playwright/test';
import type { Box } from './picture.ts';

/** What has the focus: its place among all elements, its boxes, and what lies on top of it, if anything does. */
export type Stop = { index: number; called: string; boxes: Box[]; covered: string[] };

/** Presses Tab until the end of the page; `at` looks at each stop while it has the focus. */
export async function walk(page: Page, at?: (stop: Stop) => Promise<void>): Promise<Stop[]> {
  await page.evaluate(noteStops);
  await goToTop(page);
  const stops: Stop[] = [];
  for (;;) {
    for (const stop of await pressTab(page, at ? 1 : 10)) {
      if (!stop || stops.some(({ index }) => index === stop.index)) return stops;
      stops.push(stop);
      await at?.(stop);
    }
  }
}

/** What can be reached with Tab and was not; of several radio buttons of one name, one is enough. */
export function unreached(page: Page, stops: Stop[]): Promise<string[]> {
  return page.evaluate(
    (reached) => {
      const all = [...document.querySelectorAll('*')];
      const names = reached.map((index) => (all[index] as HTMLInputElement).name);
      const isOther = (one: HTMLElement) =>
        one instanceof HTMLInputElement && one.type === 'radio' && names.includes(one.name);
      return probe
        .controls()
        .filter((one) => one.tabIndex >= 0 && !reached.includes(all.indexOf(one)) && !isOther(one))
        .map(probe.called);
    },
    stops.map(({ index }) => index),
  );
}

/** Takes the focus away without moving, and gives it back. */
export async function unfocused(page: Page, look: () => Promise<void>): Promise<void> {
  const focused = await page.evaluateHandle(() => document.activeElement as HTMLElement);
  await focused.evaluate((element) => element.blur());
  await look();
  await focused.evaluate((element) => {
    if (element === document.body) (document.activeElement as HTMLElement).blur();
    else element.focus({ preventScroll: true });
  });
  await focused.dispose();
}

// From an element of its own, first and of the first rank: whatever has a rank (tabindex) comes next, as it would for
// somebody who has just arrived.
async function goToTop(page: Page): Promise<void> {
  await page.evaluate(() => {
    scrollTo(0, 0);
    const start = Object.assign(document.createElement('span'), { tabIndex: 1 });
    start.onblur = () => start.remove();
    document.body.prepend(start);
    start.focus();
  });
}

/** Where several Tabs lead, one after the other; nowhere, once out of the page. Asked for together: a page has a hundred. */
async function pressTab(page: Page, times: number): Promise<(Stop | null)[]> {
  const keys = Array.from({ length: times }, () => [page.keyboard.down('Tab'), page.keyboard.up('Tab')]);
  await Promise.all(keys.flat());
  const noted: (Stop | null)[] = await page.evaluate('noted.splice(0)');
  return noted.length < times ? [...noted, null] : noted; // a key that is let go out of the page is not heard
}

/** Runs inside the page: notes what has the focus each time a key is let go. */
function noteStops(): void {
  const noted: (Stop | null)[] = [];
  Object.assign(globalThis, { noted });
  addEventListener('keyup', () => noted.push(stopOf()), true);

  function stopOf(): Stop | null {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return null;
    const radius = Number.parseFloat(getComputedStyle(focused).borderTopLeftRadius) || 0;
    const label = (focused as HTMLInputElement).labels?.[0];
    const onTop = (x: number, y: number) => {
      const found = document.elementFromPoint(x, y);
      // What contains it is under it, not over it.
      const isOwn = found && (focused.contains(found) || found.contains(focused) || label?.contains(found));
      return isOwn ? [] : [found ? probe.called(found) : 'the edge of the window'];
    };
    const rects = [...focused.getClientRects()];
    const covered = rects.flatMap(({ left, top, right, bottom, width, height }) => {
      const inset = Math.min(radius, width / 2, height / 2) * 0.3 + 1; // inside a round corner
      return [
        ...onTop((left + right) / 2, (top + bottom) / 2),
        ...[left + inset, right - inset].flatMap((x) =>
          [top + inset, bottom - inset].flatMap((y) => onTop(x, y)),
        ),
      ];
    });
    return {
      index: [...document.querySelectorAll('*')].indexOf(focused),
      called: probe.called(focused),
      boxes: rects.map(({ x, y, width, height }) => ({ x, y, width, height })),
      covered: [...new Set(covered)],
    };
  }
}
