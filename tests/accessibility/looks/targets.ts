// What a thumb or a voice must hit: 44 px at least each way, and a name that holds the words that are seen.
import type { Page } from '@playwright/test';
import { type Named, namesOf } from '../accessible-names.ts';
import { unroll } from '../fixtures.ts';

/** The targets that are too small, then those that do not answer to the words written on them. */
export async function targetFaults(page: Page): Promise<string[]> {
  const small: string[] = [];
  for (const width of [320, 1280]) {
    await unroll(page, width);
    small.push(...(await smallTargets(page)).map((target) => `${width} px: ${target}`));
  }
  return [...small, ...unanswering(await namesOf(page))];
}

/** The targets that are too small, with their size. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const blockOf = (element: Element | null): Element | null =>
      element && getComputedStyle(element).display === 'inline' ? blockOf(element.parentElement) : element;
    const sentences = new Set(
      probe
        .texts()
        .filter(({ parent }) => !parent.closest('a'))
        .map(({ parent }) => blockOf(parent)),
    );
    /** WCAG 2.5.5, « inline »: a link among the words of a sentence, whose height is that of the line. */
    const isInSentence = (link: Element) =>
      link.tagName === 'A' &&
      getComputedStyle(link).display.startsWith('inline') &&
      sentences.has(blockOf(link.parentElement));
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

/** « Cliquer sur Appeler »: the controls without a name, or whose name does not hold what is written, in that order. */
export function unanswering(controls: Named[]): string[] {
  return controls
    .filter(({ seen, name }) => !name || !` ${name} `.includes(seen ? ` ${seen} ` : ''))
    .map(({ called, seen, name }) => `${called}: « ${seen} » is seen, the name is « ${name} »`);
}
