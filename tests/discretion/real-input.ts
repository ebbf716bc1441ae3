// Real keys and real clicks, as a hand gives them: through the window system, for the browser's own keys too.
import { execFileSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import type { Opened } from './browsers.ts';

/** What keys and clicks need to know of a browser. */
export type Screen = Pick<Opened, 'display'>;

/** Presses keys one after the other, by their X names (`alt+Left`). */
export function press(screen: Screen, ...keys: string[]): void {
  xdotool(screen, 'key', '--delay', '30', ...keys);
}

/** Types text into whatever has the focus. */
export function type(screen: Screen, text: string): void {
  xdotool(screen, 'type', '--delay', '15', text);
}

/** Clicks the middle of an element, once the pointer is really over it: windows move while they open. With a key held, or letting go elsewhere, if asked. */
export async function click(
  screen: Opened,
  page: Page,
  selector: string,
  { held, drag = false }: { held?: string; drag?: boolean } = {},
): Promise<void> {
  const element = await page.waitForSelector(selector, { visible: true });
  const end = performance.now() + 15_000;
  while (element && performance.now() < end) {
    const { x, y } = await element.evaluate(placeOnScreen);
    xdotool(screen, 'mousemove', String(x), String(y));
    await setTimeout(50); // the window system tells the page in its own time
    if (!(await element.evaluate((node) => node.matches(':hover')))) continue;
    if (drag) return void xdotool(screen, 'mousedown', '1', 'mousemove', '500', '600', 'mouseup', '1');
    const keys = (order: string) => (held ? [order, held] : []);
    return void xdotool(screen, ...keys('keydown'), 'click', '1', ...keys('keyup'));
  }
  throw new Error(`The pointer does not reach ${selector}`);
}

/** Where an element is, in pixels of the screen: its middle, scrolled to if need be. */
export function placeOnScreen(node: Element): { x: number; y: number } {
  node.scrollIntoView({ block: 'center', behavior: 'instant' });
  const box = node.getBoundingClientRect();
  const firefox = window as unknown as { mozInnerScreenX?: number; mozInnerScreenY?: number };
  const left = firefox.mozInnerScreenX ?? screenX + (outerWidth - innerWidth) / 2;
  const top = firefox.mozInnerScreenY ?? screenY + outerHeight - innerHeight;
  return { x: Math.round(left + box.x + box.width / 2), y: Math.round(top + box.y + box.height / 2) };
}

/** Clicks the middle of an element of a frame, which does not know where it is on the screen, once the pointer is over it. */
export async function clickInside(screen: Opened, page: Page, frame: Frame, selector: string): Promise<void> {
  const element = await frame.waitForSelector(selector, { visible: true });
  const end = performance.now() + 15_000;
  while (element && performance.now() < end) {
    const { x: left, y: top } = await page.evaluate(cornerOnScreen);
    const box = await element.boundingBox();
    if (!box) continue;
    const [x, y] = [Math.round(left + box.x + box.width / 2), Math.round(top + box.y + box.height / 2)];
    xdotool(screen, 'mousemove', String(x), String(y));
    await setTimeout(50); // as above
    if (await element.evaluate((node) => node.matches(':hover'))) return clickAt(screen, x, y);
  }
  throw new Error(`The pointer does not reach ${selector}`);
}

function cornerOnScreen(): { x: number; y: number } {
  const firefox = window as unknown as { mozInnerScreenX?: number; mozInnerScreenY?: number };
  return {
    x: firefox.mozInnerScreenX ?? screenX + (outerWidth - innerWidth) / 2,
    y: firefox.mozInnerScreenY ?? screenY + outerHeight - innerHeight,
  };
}

/** Clicks a point of the screen, in pixels. */
export function clickAt(screen: Screen, x: number, y: number): void {
  xdotool(screen, 'mousemove', String(x), String(y), 'click', '1');
}

/** The title of the window that has the keys, as the browser itself says it: none yet, an empty one. */
export function titleOn(screen: Screen): string {
  try {
    return xdotool(screen, 'getwindowfocus', 'getwindowname').trim();
  } catch {
    return '';
  }
}

/** The titles of all windows, as the browser itself says them: the keys may be in a window of its own that has none. */
export function titlesOn(screen: Screen): string[] {
  try {
    return xdotool(screen, 'search', '--name', '.', 'getwindowname', '%@').split('\n');
  } catch {
    return []; // one has closed meanwhile
  }
}

/** Asks one thing of the window system, and tells what it says. Throws when it cannot. */
export function xdotool({ display }: Screen, ...order: string[]): string {
  const env = { ...process.env, DISPLAY: display };
  return execFileSync('xdotool', order, { env, encoding: 'utf8', stdio: 'pipe' });
}
