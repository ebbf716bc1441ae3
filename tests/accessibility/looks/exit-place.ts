// The exit has a place of its own: whatever a page is scrolled to, nothing shows or can be pressed under it.
import type { Page } from '@playwright/test';
import { resize } from '../fixtures.ts';
import { inTurn } from '../page-states.ts';

/** From a small phone to a computer. */
export const windows = [
  { width: 320, height: 568 },
  { width: 360, height: 640 },
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1024, height: 768 },
  { width: 1280, height: 800 },
  { width: 1366, height: 768 },
];

/** What comes under the exit while the page scrolls. */
export async function exitPlaceFaults(page: Page, turn: number): Promise<string[]> {
  const faults: string[] = [];
  for (const size of inTurn(windows, turn)) {
    await resize(page, size);
    faults.push(...(await faultsWhileScrolling(page)).map((fault) => `${size.width} px, ${fault}`));
  }
  return faults;
}

/** What is wrong around the exit at each 40 px of the page, less than its height; stops at the first place where something is. */
export function faultsWhileScrolling(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const called = (one: Element | undefined) => one?.outerHTML.slice(0, 60) ?? 'nothing';
    const isOpaque = (one: Element) => /^rgb\(/.test(getComputedStyle(one).backgroundColor);
    const exit = document.getElementById('quitter') as HTMLElement;
    const line = exit.closest('.bar, .top') as HTMLElement;
    const holder = isOpaque(line) ? line : (line.parentElement as HTMLElement);
    for (const details of document.querySelectorAll('details')) details.open = true;
    for (let y = 0; y + innerHeight < document.documentElement.scrollHeight + 40; y += 40) {
      scrollTo(0, y);
      const { left, top, right, bottom, width, height } = exit.getBoundingClientRect();
      const faults: string[] = [];
      const box = holder.getBoundingClientRect();
      if (box.right - right > left - box.left) faults.push('it is not at the right');
      if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight)
        faults.push('it leaves the window');
      for (const across of [0.03, 0.5, 0.97]) {
        for (const down of [0.1, 0.5, 0.9]) {
          const [first, ...under] = document.elementsFromPoint(left + across * width, top + down * height);
          if (!first || !exit.contains(first)) faults.push(`over it: ${called(first)}`);
          const ground = under.find((one) => !exit.contains(one) && isOpaque(one));
          if (ground !== holder) faults.push(`under it: ${called(ground)}`);
        }
      }
      for (let x = Math.max(box.left, 0) + 1; x < Math.min(box.right, innerWidth); x += 12) {
        for (let down = Math.max(box.top, 0) + 2; down < Math.min(box.bottom, innerHeight); down += 12) {
          const found = document.elementFromPoint(x, down);
          if (!found || !holder.contains(found)) faults.push(`in its line: ${called(found ?? undefined)}`);
        }
      }
      if (faults.length > 0) return [...new Set(faults)].map((fault) => `scrolled to ${y}: ${fault}`);
    }
    return [];
  });
}
