// axe on every place, at each width, in each set of colours, with the mode discret on and off.
import { axeComplaints } from './axe.ts';
import { addStyle, expect, test, unroll } from './fixtures.ts';
import { placeNamed, places } from './page-states.ts';

const looks = [
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'light', forcedColors: 'active' },
] as const;

for (const { name, open } of places) {
  test(`axe refuses nothing of ${name}`, async ({ page }) => {
    test.setTimeout(90_000); // eighteen looks
    await open(page);
    const found = new Map<string, string[]>();
    for (const mode of ['on', 'off'] as const) {
      if (mode === 'off') await page.locator('#mode-discret').click();
      for (const media of looks) {
        await page.emulateMedia(media);
        for (const width of [320, 390, 1280]) {
          await unroll(page, width);
          const label = `${Object.values(media).join('+')} ${width} px mode ${mode}`;
          for (const line of await axeComplaints(page)) found.set(line, [...(found.get(line) ?? []), label]);
        }
      }
    }
    await expect(page.locator('#mode-discret')).toHaveAttribute('aria-pressed', 'false');
    expect([...found].map(([line, labels]) => `${line} (${labels[0]}, ${labels.length} in all)`)).toEqual([]);
  });
}

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
