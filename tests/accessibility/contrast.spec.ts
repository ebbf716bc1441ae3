// What looks/contrast.ts finds faint: places.spec.ts asks it of every place.
import { addStyle, expect, test, unroll } from './fixtures.ts';
import { faintThings } from './looks/contrast.ts';
import { placeNamed } from './page-states.ts';

test('grey words over a gradient, a pale field and a pale pictogram are seen', async ({ page }) => {
  await placeNamed('contact').open(page);
  await unroll(page, 390);
  await addStyle(
    page,
    `h1 { color: #444 !important; background: linear-gradient(90deg, #777, #fff 40%) }
    #tel { border-color: #ddd !important; background: #fff !important } svg { color: #ccc !important }`,
  );
  const faint = await faintThings(page);
  expect(faint).toContainEqual(expect.stringMatching(/^h1 .*: [1-3]\.\d\d$/));
  expect(faint).toContainEqual(expect.stringMatching(/^input#tel.*: 1\.\d\d$/));
  expect(faint).toContainEqual(expect.stringMatching(/svg: 1\.\d\d$/));
});
