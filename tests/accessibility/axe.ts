// Everything axe knows, experimental rules and AAA included, held against a page as it now is.
import type { Page } from '@playwright/test';
import axe, { type AxeResults, type RunOptions } from 'axe-core';

const everyTag = [
  ...['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  ...['best-practice', 'experimental'],
];

// Doubts that are settled elsewhere.
const settled: Record<string, string | undefined> = {
  'color-contrast': 'contrast.spec.ts measures every text on real pixels',
  'color-contrast-enhanced': 'the same',
  'hidden-content': 'what a page hides is shown by another place',
};

/** What axe refuses, and what it doubts unless that is settled elsewhere, one line each. */
export async function axeComplaints(page: Page): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(axe.source); // through the debugger: the content policy has no say in it
  const options: RunOptions = {
    runOnly: { type: 'tag', values: everyTag },
    resultTypes: ['violations', 'incomplete'],
  };
  const { violations, incomplete }: Pick<AxeResults, 'violations' | 'incomplete'> = await page.evaluate(
    `axe.run(${JSON.stringify(options)}).then(({ violations, incomplete }) => ({ violations, incomplete }))`,
  );
  return [...violations, ...incomplete.filter(({ id }) => !settled[id])].flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id} ${target}: ${failureSummary?.split('\n').slice(1).join().trim()}`,
    ),
  );
}
