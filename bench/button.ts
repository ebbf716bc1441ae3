// The exit button before anyone means to leave: what sets it off, how large it is, what it weighs, how fast it hides.
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { build } from 'esbuild';
import type { Check } from './checks.ts';
import { field, perform, pressExit, type Subject, settled, visit } from './visit.ts';

/** Gestures that mean something else, made five times on new pages with the caret in a field: how many leave. */
export const accident =
  (gestures: string): Check =>
  async (browser, subject) => {
    let exits = 0;
    for (let turn = 0; turn < 5; turn += 1) {
      await using visited = await visit(browser, subject, { hasTouch: true });
      await visited.page.locator(field).click();
      for (const gesture of gestures.trim().split(' ')) await perform(visited, gesture);
      await pause(settled);
      exits += Number(visited.exit.referers.length > 0);
    }
    return { words: `${exits} sur 5`, faults: exits };
  };

/** The button on a screen of 320 × 568. A fault: a side under 44 px, out of the first screen, gone after scrolling. */
export const box: Check = async (browser, subject) => {
  const viewport = { width: 320, height: 568 };
  await using visited = await visit(browser, subject, { viewport, isMobile: true, hasTouch: true });
  const button = visited.page.locator(subject.button);
  const { width, height, y } = (await button.boundingBox()) ?? { width: 0, height: 0, y: Number.NaN };
  await visited.page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await pause(settled);
  const { y: later } = (await button.boundingBox()) ?? { y: Number.NaN };
  const inside = (top: number) => top >= 0 && top + height <= viewport.height;
  const places = [inside(y) ? 'au premier écran' : 'hors du premier écran'];
  places.push(inside(later) ? 'visible en bas de page' : 'disparu en bas de page');
  return {
    words: `${Math.round(width)} × ${Math.round(height)} px, ${places.join(', ')}`,
    faults: [Math.min(width, height) >= 44, inside(y), inside(later)].filter((kept) => !kept).length,
  };
};

/** Bytes of script and style that the exit alone needs, minified, before compression. */
export const weight: Check = async (browser, subject) => {
  await using visited = await visit(browser, subject);
  const { script, rules } = await visited.page.evaluate(() => {
    const leaves = (list: CSSRuleList): string[] =>
      [...list].flatMap((rule) => (rule instanceof CSSMediaRule ? leaves(rule.cssRules) : rule.cssText));
    const rules = [...document.styleSheets].flatMap((sheet) => leaves(sheet.cssRules));
    return { script: document.head.querySelector('script')?.text, rules };
  });
  const own =
    /^[^{]*(#quitter|\.(exit|sheet|bar)(?![\w-])|exit-this-page|\.govuk-button(--warning|(?![\w-])))/;
  const style = Buffer.byteLength(rules.filter((rule) => own.test(rule)).join(''));
  const code = Buffer.byteLength(script ?? (await minifiedComponent()));
  return { words: `script ${code} o, style ${style} o`, faults: code + style };
};

/** Milliseconds from the press to the first frame drawn without the page, on a CPU four times slower. */
export async function hidingTime(browser: Browser, subject: Subject): Promise<number> {
  await using visited = await visit(browser, subject, { silent: true });
  await visited.devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const measured = visited.page.evaluate((selector) => {
    const content = document.querySelector(selector);
    const { promise, resolve } = Promise.withResolvers<number>();
    const watch = ({ timeStamp }: Event) => {
      const drawn = () => resolve(performance.now() - timeStamp);
      const look = () => requestAnimationFrame(content?.checkVisibility() ? look : lookedAway);
      const lookedAway = () => requestAnimationFrame(drawn); // its frame is drawn when the next one begins
      look();
    };
    addEventListener('pointerup', watch, true); // carries the time of the click, and comes before it
    return promise;
  }, field);
  await pressExit(visited);
  return await measured; // before the page is closed
}

async function minifiedComponent(): Promise<string> {
  const contents = `import { createAll, ExitThisPage } from 'govuk-frontend'; createAll(ExitThisPage)`;
  const options = {
    bundle: true,
    minify: true,
    format: 'iife',
    legalComments: 'none',
    write: false,
  } as const;
  const { outputFiles } = await build({ stdin: { contents, resolveDir: import.meta.dirname }, ...options });
  return outputFiles[0]?.text ?? '';
}
