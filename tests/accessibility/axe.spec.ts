// axe on every place, at each width, in each set of colours (contrast.spec.ts reads those as painted); and with the mode discret off, which changes one attribute.
import { axeComplaints } from './axe.ts';
import { addStyle, expect, test, unroll } from './fixtures.ts';
import { everyOther, inTurn, placeNamed } from './page-states.ts';

const media = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'light', forcedColors: 'active' },
} as const;

type Look = { mode: 'on' | 'off'; colours: keyof typeof media; width: number };

const looks: Look[] = [
  ...[320, 390, 1280].map((width): Look => ({ mode: 'on', colours: 'light', width })),
  ...[390, 1280].map((width): Look => ({ mode: 'on', colours: 'dark', width })),
  { mode: 'on', colours: 'forced', width: 390 }, // two colours, at any width
  { mode: 'off', colours: 'light', width: 390 },
];

for (const [turn, { name, open }] of everyOther(0).entries()) {
  test(`axe refuses nothing of ${name}`, async ({ page }) => {
    test.setTimeout(90_000); // seven looks
    await open(page);
    const toggle = page.locator('#mode-discret');
    const found = new Map<string, string[]>();
    for (const { mode, colours, width } of inTurn(looks, turn)) {
      if (mode === 'off' && (await toggle.getAttribute('aria-pressed')) === 'true') await toggle.click();
      await expect(toggle).toHaveAttribute('aria-pressed', String(mode === 'on'));
      await page.emulateMedia(media[colours]);
      await unroll(page, width);
      const label = `${colours} ${width} px mode ${mode}`;
      for (const line of await axeComplaints(page)) found.set(line, [...(found.get(line) ?? []), label]);
    }
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
