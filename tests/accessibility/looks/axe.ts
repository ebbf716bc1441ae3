// What axe refuses of a place at each width, in each set of colours (contrast.ts reads those as painted); and with the mode
// discret off, which changes one attribute.
import type { Page } from '@playwright/test';
import { axeComplaints } from '../axe.ts';
import { expect, unroll } from '../fixtures.ts';
import { inTurn } from '../page-states.ts';

const media = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'light', forcedColors: 'active' },
} as const;

type View = { mode: 'on' | 'off'; colours: keyof typeof media; width: number };

const views: View[] = [
  ...[320, 390, 1280].map((width): View => ({ mode: 'on', colours: 'light', width })),
  ...[390, 1280].map((width): View => ({ mode: 'on', colours: 'dark', width })),
  { mode: 'on', colours: 'forced', width: 390 }, // two colours, at any width
  { mode: 'off', colours: 'light', width: 390 },
];

/** What axe refuses, with the first view in which it does. The mode discret is left off: no look comes after. */
export async function axeFaults(page: Page, turn: number): Promise<string[]> {
  const toggle = page.locator('#mode-discret');
  const found = new Map<string, string[]>();
  for (const { mode, colours, width } of inTurn(views, turn)) {
    if (mode === 'off' && (await toggle.getAttribute('aria-pressed')) === 'true') await toggle.click();
    await expect(toggle).toHaveAttribute('aria-pressed', String(mode === 'on'));
    await page.emulateMedia(media[colours]);
    await unroll(page, width);
    const label = `${colours} ${width} px mode ${mode}`;
    for (const line of await axeComplaints(page)) found.set(line, [...(found.get(line) ?? []), label]);
  }
  return [...found].map(([line, labels]) => `${line} (${labels[0]}, ${labels.length} in all)`);
}
