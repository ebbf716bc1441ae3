// Every number that is printed stays what it is: no translator touches it, and its figures are in order in a page that
// a translator turned from right to left, even once their no-break spaces are plain ones.
import { expect, test } from '@playwright/test';
import lines from '../../src/content/faits/numeros.json' with { type: 'json' };
import { hours, phone } from '../../src/service/service.ts';
import { spaced } from '../../src/service/typography.ts';
import { builtPages } from '../writing/built.ts';

test.use({ javaScriptEnabled: false, viewport: { width: 1280, height: 800 } });

/** Numbers of several groups, which alone can lose their order, wherever they stand. */
const grouped = [
  spaced(phone.written),
  ...lines.map(({ numero }) => numero).filter((number) => number.includes(' ')),
];

test('every page keeps its numbers whole', async ({ page }) => {
  test.slow(); // all of them, in the same window
  for (const { path, html } of builtPages) {
    await page.setContent(html);
    const numbers = await page.evaluate(numbersIn, grouped);
    expect.soft(numbers.length, path).toBeGreaterThan(0);
    expect
      .soft(
        numbers.filter(({ isKept }) => !isKept),
        path,
      )
      .toEqual([]);
    expect
      .soft(
        numbers.filter(({ written, shown }) => shown && written !== shown),
        path,
      )
      .toEqual([]);
  }
});

// A reader view keeps the text alone: neither what stands beside it, nor the exit, nor the foot of the page.
for (const path of ['/reperes', '/apres'])
  test(`the text of ${path} ends with the number, the hours and what to do in danger`, () => {
    const text = builtPages.find((page) => page.path === path)?.$('main > div:not(.beside)');
    const last = text?.children().last();
    expect(last?.text()).toContain(`${phone.written}, ${hours.written}`);
    expect(
      last
        ?.find('a')
        .toArray()
        .map(({ attribs }) => attribs.href),
    ).toEqual([`tel:${phone.dialled}`, 'tel:17', 'tel:112', 'sms:114']);
  });

test('a number without its direction is seen turned round', async ({ page }) => {
  await page.setContent('<p><a href="tel:+33189119494">01 89 11 94 94</a></p>');
  expect(await page.evaluate(numbersIn, grouped)).toEqual([
    { written: '0189119494', isKept: false, shown: '9494118901' },
  ]);
});

/**
 * Turns the page round, makes its spaces plain, opens what is folded, and reads each number: as written, as shown from left
 * to right (nothing when no eye sees it), and whether a translator leaves it.
 */
function numbersIn(grouped: string[]): { written: string; isKept: boolean; shown: string }[] {
  document.documentElement.dir = 'rtl';
  for (const folded of document.querySelectorAll('details')) folded.open = true;
  const links = [...document.querySelectorAll('a[href^="tel:"], a[href^="sms:"]')];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) text.data = text.data.replace(/[\u00a0\u202f]/g, ' ');

  const inLinks = links.map((link) => texts.filter((text) => link.contains(text) && /\d/.test(text.data)));
  const inWords = texts
    .filter((text) => !text.parentElement?.closest('a, script, style'))
    .filter((text) => grouped.some((number) => text.data.includes(number)))
    .map((text) => [text]);
  return [...inLinks, ...inWords].map((parts) => {
    const figures = parts.flatMap((part) => figuresOf(part));
    const isShown = figures.every(({ width }) => width > 0);
    return {
      written: figures.map(({ figure }) => figure).join(''),
      isKept: parts.every((part) => part.parentElement?.closest('[dir=ltr][translate=no]') !== null),
      shown: isShown
        ? figures
            .toSorted((a, b) => a.line - b.line || a.left - b.left)
            .map(({ figure }) => figure)
            .join('')
        : '',
    };
  });

  function figuresOf(text: Text): { figure: string; line: number; left: number; width: number }[] {
    const number = grouped.find((one) => text.data.includes(one)) ?? text.data;
    const from = text.data.indexOf(number);
    return [...number].flatMap((figure, index) => {
      if (!/\d/.test(figure)) return [];
      const range = document.createRange();
      range.setStart(text, from + index);
      range.setEnd(text, from + index + 1);
      const { left, top, width } = range.getBoundingClientRect();
      return [{ figure, line: Math.round(top), left, width }];
    });
  }
}
