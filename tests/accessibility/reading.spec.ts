// What a screen reader reads, in its order, kept as text: one file per place in `reading/`. After a change of words or of
// markup that is meant, `npm run reading` writes them anew, and a person reads the difference before it is committed.
// The text is compared as it is: `toMatchAriaSnapshot` would write each number as « any number », and 17 must stay 17.
import type { ConsoleMessage, Page } from '@playwright/test';
import { revealing } from '../../src/service/revealing.ts';
import { readContent } from '../../src/writing/read.ts';
import { expect, test } from './fixtures.ts';
import { placeNamed, places } from './page-states.ts';

const { languages } = readContent('src/content');

/** What the browser says of a style or a script that the content policy of the page refuses. */
function refusals(message: ConsoleMessage): string[] {
  return message.text().includes('Content Security Policy') ? [message.text()] : [];
}

/** The accessibility tree of a page, as text. */
async function readingOf(page: Page): Promise<string> {
  await withoutChanges(page);
  return `${await page.locator('body').ariaSnapshot()}\n`;
}

/** What changes at each visit (a reference, a date, a token) is read as one that does not. */
async function withoutChanges(page: Page): Promise<void> {
  await page.evaluate(() => {
    const months = 'janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre';
    const changing = new RegExp(
      `(?:lundi|mardi|mercredi|jeudi|vendredi) \\d+(?:er)? (?:${months})(?: \\d{4})?`,
      'g',
    );
    const inside = document.querySelector('main') ?? document.body;
    const walker = document.createTreeWalker(inside, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      node.textContent = (node.textContent ?? '')
        .replace(changing, 'lundi 1er janvier')
        .replace(/(demande) [a-z]+-[a-z]+ \d\d/, '$1 saule-renard 12');
    }
    for (const reference of document.querySelectorAll('#reference'))
      reference.textContent = 'saule-renard 12';
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href*="jeton="]')) {
      link.href = '/contact/modifier?jeton=x';
    }
  });
}

/** What is wrong with the frame of a page: language, title, landmarks, headings, announcements. */
function structureFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = (selector: string) =>
      [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    const faults: string[] = [];
    if (document.title.trim().length < 4) faults.push('there is no title');
    for (const one of ['main', 'h1']) if (all(one).length !== 1) faults.push(`${all(one).length} ${one}`);

    let before = 0;
    for (const heading of all('h1, h2, h3, h4, h5, h6')) {
      const level = Number(heading.tagName[1]);
      if (level > before + 1) faults.push(`h${level} after h${before}: ${probe.called(heading)}`);
      before = level;
    }
    if (all('h1, h2, h3, h4, h5, h6')[0]?.tagName !== 'H1') faults.push('the first heading is not the h1');

    for (const landmark of [
      'nav',
      'aside',
      'section[aria-label], section[aria-labelledby]',
      'header',
      'footer',
    ]) {
      const found = all(landmark).filter((one) => !one.parentElement?.closest('main, section, article'));
      const names = found.map(
        (one) => one.getAttribute('aria-label') ?? one.getAttribute('aria-labelledby') ?? '',
      );
      if (new Set(names).size < names.length) faults.push(`${names.length} ${landmark} of one name`);
    }
    for (const live of document.querySelectorAll('[aria-live=assertive], [role=alert], [role=alertdialog]')) {
      faults.push(`it interrupts: ${probe.called(live)}`);
    }
    return faults;
  });
}

/** The language a place is written in: by its name in the folder of languages, or French. */
function tongueOf(name: string): string {
  return (
    languages.find(({ id }) => name === `langues-${id}` || name.startsWith(`langues-${id}-`))?.head.langue ??
    'fr'
  );
}

for (const { name, open } of places) {
  test(`${name} is accepted by its own policy, well built, and read as it was`, async ({ page }) => {
    const refused: string[] = [];
    page.on('console', (message) => refused.push(...refusals(message)));
    await open(page);
    expect.soft(refused, 'a page whose policy refuses its own style arrives undressed').toEqual([]);
    expect.soft(await structureFaults(page)).toEqual([]);
    expect.soft(await page.locator('html').getAttribute('lang')).toBe(tongueOf(name));
    expect.soft(await page.title()).not.toMatch(revealing);
    expect(await readingOf(page)).toMatchSnapshot(['reading', `${name}.txt`]);
  });
}

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
