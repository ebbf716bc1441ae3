// Keyboard only: everything is reached, in the order of the page, and never under something else.
import type { Page } from '@playwright/test';
import { resize } from '../fixtures.ts';
import { type Stop, unfocused, unreached, walk } from '../keyboard.ts';

/** What Tab meets in another order, under something else, or never. */
export async function focusFaults(page: Page): Promise<string[]> {
  await resize(page, { width: 320, height: 568 }); // where the exit takes the most room
  let stops: Stop[] = [];
  await unfocused(page, async () => {
    stops = await walk(page);
  });
  const covered = stops.filter((stop) => stop.covered.length > 0);
  const missed = await unreached(page, stops);
  return [
    ...covered.map(({ called, covered }) => `${called} is under ${covered}`),
    ...outOfOrder(stops).map(({ called }) => `${called} stands before the stop that Tab met before it`),
    ...missed.map((called) => `${called} is never reached`),
    ...(stops[0]?.called.includes('#quitter') ? [] : [`the first stop is ${stops[0]?.called}`]),
  ];
}

/** The stops that stand in the page before the one from which Tab came. */
export function outOfOrder(stops: Stop[]): Stop[] {
  return stops.filter(({ index }, rank) => index < (stops[rank - 1]?.index ?? 0));
}
