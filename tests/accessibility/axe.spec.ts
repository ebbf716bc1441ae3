// What axe sees: places.spec.ts asks it of every place.
import { axeComplaints } from './axe.ts';
import { addStyle, expect, test, unroll } from './fixtures.ts';
import { placeNamed } from './page-states.ts';

test('a button without a name, faint words and a link in no landmark are seen by axe', async ({ page }) => {
  await placeNamed('index').open(page);
  await unroll(page, 390);
  await addStyle(page, 'main p { color: #666 }');
  await page.evaluate(() => {
    document.querySelector('main')?.append(document.createElement('button'));
    document.body.append(Object.assign(document.createElement('a'), { href: '/', textContent: 'Ailleurs' }));
  });
  const rules = (await axeComplaints(page)).map((line) => line.split(' ')[0]);
  for (const rule of ['button-name', 'color-contrast-enhanced', 'region']) expect(rules).toContain(rule);
});
