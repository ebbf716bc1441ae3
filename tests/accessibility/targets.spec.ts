// What a thumb or a voice must hit: 44 px at least each way, and a name that holds the words that are seen.
import type { Page } from '@playwright/test';
import { type Named, namesOf } from './accessible-names.ts';
import { addStyle, expect, test, unroll } from './fixtures.ts';
import { placeNamed, places } from './page-states.ts';

/** The targets that are too small, with their size. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** WCAG 2.5.5, « inline »: a link among the words of a sentence, whose height is that of the line. */
    const isInSentence = (link: Element) => {
      if (link.tagName !== 'A' || !getComputedStyle(link).display.startsWith('inline')) return false;
      let block = link.parentElement;
      while (block && getComputedStyle(block).display === 'inline') block = block.parentElement;
      return probe.texts().some(({ node, parent }) => {
        if (parent.closest('a') || !block?.contains(node)) return false;
        let around: Element | null = parent;
        while (around && getComputedStyle(around).display === 'inline') around = around.parentElement;
        return around === block;
      });
    };
    // The label of a text field is no other target than the field, which is there for the thumb (« equivalent »).
    const labels = [...document.querySelectorAll('label')].filter(
      ({ control }) => control instanceof HTMLInputElement && /checkbox|radio/.test(control.type),
    );
    return [...probe.controls(), ...labels.filter(probe.isSeen)]
      .filter((element) => !isInSentence(element))
      .map((element) => ({ element, box: probe.targetOf(element) }))
      .filter(({ box }) => box.width < 43.99 || box.height < 43.99)
      .map(
        ({ element, box }) => `${probe.called(element)}: ${box.width.toFixed(1)} × ${box.height.toFixed(1)}`,
      );
  });
}

for (const { name, open } of places) {
  test(`every target of ${name} is 44 px at least each way, and answers to the words written on it`, async ({
    page,
  }) => {
    await open(page);
    const small: string[] = [];
    for (const width of [320, 1280]) {
      await unroll(page, width);
      small.push(...(await smallTargets(page)).map((target) => `${width} px: ${target}`));
    }
    expect([...small, ...unanswering(await namesOf(page))]).toEqual([]);
  });
}

/** « Cliquer sur Appeler »: the controls without a name, or whose name does not hold what is written, in that order. */
function unanswering(controls: Named[]): string[] {
  return controls
    .filter(({ seen, name }) => !name || !` ${name} `.includes(seen ? ` ${seen} ` : ''))
    .map(({ called, seen, name }) => `${called}: « ${seen} » is seen, the name is « ${name} »`);
}

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
