// What looks/targets.ts finds too small, or badly named: places.spec.ts asks it of every place.
import { namesOf } from './accessible-names.ts';
import { addStyle, expect, test, unroll } from './fixtures.ts';
import { smallTargets, unanswering } from './looks/targets.ts';
import { placeNamed } from './page-states.ts';

test('a small button is seen', async ({ page }) => {
  await placeNamed('index').open(page);
  await unroll(page, 390);
  await addStyle(
    page,
    '#mode-discret { all: unset !important; width: 60px !important; height: 20px !important }',
  );
  expect(await smallTargets(page)).toContainEqual(
    expect.stringMatching(/^button#mode-discret .*: 60\.0 × 20\.0$/),
  );
});

test('a button with another name, and one with none, are seen', async ({ page }) => {
  await placeNamed('500').open(page);
  await page.evaluate(() => {
    const button = Object.assign(document.createElement('button'), { textContent: 'Envoyer' });
    button.setAttribute('aria-label', 'Valider');
    const empty = document.createElement('button');
    empty.style.padding = '20px';
    document.querySelector('main')?.append(button, empty);
  });
  expect(unanswering(await namesOf(page))).toEqual(
    expect.arrayContaining([
      expect.stringContaining('« envoyer » is seen, the name is « valider »'),
      expect.stringContaining('«  » is seen, the name is «  »'),
    ]),
  );
});
