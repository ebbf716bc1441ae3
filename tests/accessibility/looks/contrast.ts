// Contrast as painted: words, then edges and pictograms. axe computes the first from the style sheet, gives up where
// boxes overlap, and does not look at the second.
import type { Page } from '@playwright/test';
import { faintTexts, groundOf } from '../contrast.ts';
import { faintEdges } from '../edge-contrast.ts';
import { unroll } from '../fixtures.ts';
import { unfocused } from '../keyboard.ts';
import { inTurn } from '../page-states.ts';

const light = { colorScheme: 'light', forcedColors: 'none' } as const;

const views = [
  { media: light, width: 390 },
  { media: light, width: 1280 },
  { media: { colorScheme: 'dark', forcedColors: 'none' }, width: 390 },
  { media: { colorScheme: 'light', forcedColors: 'active' }, width: 390 }, // two colours, at any width
] as const;

/** What is faint without the focus, which focus.ts sees to. */
export async function contrastFaults(page: Page, turn: number): Promise<string[]> {
  const faint: string[] = [];
  await unfocused(page, async () => {
    for (const { media, width } of inTurn(views, turn)) {
      await page.emulateMedia(media);
      await unroll(page, width);
      const label = `${Object.values(media).join('+')} ${width} px`;
      faint.push(...(await faintThings(page)).map((thing) => `${label}: ${thing}`));
    }
  });
  await page.emulateMedia(light);
  return faint;
}

/** What is faint in the page as it now is, unrolled: words under 7, edges and pictograms under 3. */
export async function faintThings(page: Page): Promise<string[]> {
  const ground = await groundOf(page);
  return [...(await faintTexts(page, ground)), ...(await faintEdges(page, ground))];
}
