// The name that a machine gives to each control: what a screen reader says, and what voice control listens for.
import type { Page } from '@playwright/test';

/** A control: the words that are seen on it, and its name. */
export type Named = { called: string; seen: string; name: string };

/** Every control of a page with its name, computed by the browser itself. */
export async function namesOf(page: Page): Promise<Named[]> {
  const devtools = await page.context().newCDPSession(page);
  const handle = await page.evaluate(() => {
    const controls = probe.controls();
    const texts = probe.texts();
    Object.assign(globalThis, { controls });
    return controls.map((control) => ({ called: probe.called(control), seen: seenOn(control) }));

    function seenOn(control: HTMLElement): string {
      const places = control instanceof HTMLInputElement ? [...(control.labels ?? [])] : [control];
      const words = texts.filter(({ node }) => places.some((place) => place.contains(node)));
      return words.map(({ node }) => node.textContent).join(' ');
    }
  });
  return Promise.all(
    handle.map(async ({ called, seen }, index) => {
      const { result } = await devtools.send('Runtime.evaluate', { expression: `controls[${index}]` });
      const { nodes } = await devtools.send('Accessibility.getPartialAXTree', {
        objectId: result.objectId ?? '',
        fetchRelatives: false,
      });
      return { called, seen: plain(seen), name: plain(String(nodes[0]?.name?.value ?? '')) };
    }),
  );
}

/** Words as they are said: no capitals, no punctuation, single spaces. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
