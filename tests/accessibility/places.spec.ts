// Every place, opened once for all the looks, taken one after the other: each chooses its window, and gives back the colours,
// the styles and the focus. `LOOK=reflow` takes that one alone.
import type { Page } from '@playwright/test';
import { revealing } from '../../src/service/revealing.ts';
import { expect, test } from './fixtures.ts';
import { axeFaults } from './looks/axe.ts';
import { contrastFaults } from './looks/contrast.ts';
import { exitPlaceFaults } from './looks/exit-place.ts';
import { focusFaults } from './looks/focus.ts';
import { ibmFaults } from './looks/ibm.ts';
import { paperFaults } from './looks/paper.ts';
import { readingOf, refusals, structureFaults, tongueOf } from './looks/reading.ts';
import { reflowFaults } from './looks/reflow.ts';
import { targetFaults } from './looks/targets.ts';
import { inTurn, places } from './page-states.ts';

/** What is wrong with the page as it now is, one line each. */
type FaultsOf = (page: Page, turn: number) => Promise<string[]>;

const looks: [look: string, FaultsOf][] = [
  ['targets', targetFaults],
  ['reflow', reflowFaults],
  ['paper', paperFaults],
  ['exit-place', exitPlaceFaults],
  ['contrast', contrastFaults],
  ['focus', focusFaults],
];
const engines: [look: string, FaultsOf][] = [
  ['ibm', ibmFaults],
  ['axe', axeFaults],
];
const isWanted = (look: string) => [undefined, '', look].includes(process.env.LOOK);

for (const [turn, { name, open }] of places.entries()) {
  test(`${name} is refused by no look`, async ({ page }) => {
    test.setTimeout(600_000); // all of them
    const refused: string[] = [];
    page.on('console', (message) => refused.push(...refusals(message)));
    await open(page);
    expect.soft(refused, 'a page whose policy refuses its own style arrives undressed').toEqual([]);
    // First: what is read is the page as it was opened.
    if (isWanted('reading')) await test.step('reading', () => expectReading(page, name));
    for (const [look, faultsOf] of [...looks, ...inTurn(engines, turn)].filter(([look]) => isWanted(look)))
      await test.step(look, async () => {
        const faults = await faultsOf(page, turn).catch((error: Error) => [error.stack]); // the others are taken all the same
        expect.soft(faults, look).toEqual([]);
      });
  });
}

async function expectReading(page: Page, name: string): Promise<void> {
  expect.soft(await structureFaults(page), 'reading').toEqual([]);
  expect.soft(await page.locator('html').getAttribute('lang'), 'reading').toBe(tongueOf(name));
  expect.soft(await page.title(), 'reading').not.toMatch(revealing);
  expect.soft(await readingOf(page), 'reading').toMatchSnapshot(['reading', `${name}.txt`]);
}
