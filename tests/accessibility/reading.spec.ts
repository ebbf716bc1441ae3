// What looks/reading.ts hears: places.spec.ts asks it of every place.
import { expect, test } from './fixtures.ts';
import { readingOf, refusals, structureFaults } from './looks/reading.ts';
import { placeNamed } from './page-states.ts';

test.describe('with a style of somebody else', () => {
  test.use({ stopped: /Applying inline style/ });

  test('a style that has no hash in the policy is seen', async ({ page }) => {
    await placeNamed('500').open(page);
    const refused = page.waitForEvent('console', (message) => refusals(message).length === 1);
    await page.evaluate(() => {
      const style = document.createElement('style');
      style.append('a { color: red }');
      document.head.append(style);
    });
    await refused;
  });
});

test('each answer to correct is said with its field, and the list of them leads to it', async ({ page }) => {
  await placeNamed('form-to-correct').open(page);
  const problems = await page.locator('.summary a').all();
  expect(problems.length).toBe(3);
  for (const problem of problems) {
    const said = (await problem.textContent()) ?? '';
    const field = page.locator((await problem.getAttribute('href')) ?? '');
    await expect(field).toHaveAccessibleDescription(new RegExp(said.replace(/[.?]/g, '\\$&')));
  }
  await expect(page.locator('#tel')).toHaveAttribute('aria-invalid', 'true');
});

test('two h1, a level that is skipped, two menus of one name and an alert are seen', async ({ page }) => {
  await placeNamed('500').open(page);
  await page.evaluate(() => {
    const html =
      '<h1>a</h1><h4>b</h4><nav><a href="/">c</a></nav><nav><a href="/">d</a></nav><p role="alert">e</p>';
    const allowed = window.trustedTypes?.createPolicy('essai', { createHTML: (text) => text });
    document
      .querySelector('body > header')
      ?.insertAdjacentHTML('afterend', allowed?.createHTML(html) ?? html);
  });
  expect(await structureFaults(page)).toEqual([
    '2 h1',
    expect.stringMatching(/^h4 after h1/),
    '3 nav of one name',
    expect.stringMatching(/^it interrupts: p/),
  ]);
});

test('one word more, one number changed and one heading less are seen by the reading', async ({ page }) => {
  await placeNamed('500').open(page);
  const readings = [await readingOf(page)];
  for (const change of [
    "h1.append(' bis')",
    "document.querySelector('main .number > .button:not(.while-closed)').lastChild.textContent = '01 99 00 12 34'",
    "const p = document.createElement('p'); p.append(...h1.childNodes); h1.replaceWith(p)",
  ]) {
    await page.evaluate(`{ const h1 = document.querySelector('h1'); ${change} }`);
    readings.push(await readingOf(page));
  }
  expect(new Set(readings).size).toBe(4);
});
