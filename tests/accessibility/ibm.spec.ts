// What the engine of IBM Equal Access sees: places.spec.ts asks it of every place.
import { expect, test } from './fixtures.ts';
import { ibmComplaints } from './looks/ibm.ts';
import { placeNamed } from './page-states.ts';

test('a button without a name is seen by the second opinion too', async ({ page }) => {
  await placeNamed('index').open(page);
  await page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
  expect(await ibmComplaints(page)).toContainEqual(expect.stringMatching(/^VIOLATION,FAIL /));
});
