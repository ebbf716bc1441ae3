// What a screen reader reads, in its order, and the frame it goes by.
import type { ConsoleMessage, Page } from '@playwright/test';
import { readContent } from '../../../src/writing/read.ts';

const { languages } = readContent('src/content');

/** What the browser says of a style or a script that the content policy of the page refuses. */
export function refusals(message: ConsoleMessage): string[] {
  return message.text().includes('Content Security Policy') ? [message.text()] : [];
}

/** The accessibility tree of a page, as text. */
export async function readingOf(page: Page): Promise<string> {
  await hideChanges(page);
  const reading = `${await page.locator('body').ariaSnapshot()}\n`;
  await page.evaluate('showChanges()');
  return reading;
}

/** What changes at each visit (a reference, a date, a token) is read as one that does not, until `showChanges()`. */
async function hideChanges(page: Page): Promise<void> {
  await page.evaluate(() => {
    const months = 'janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre';
    const changing = new RegExp(
      `(?:lundi|mardi|mercredi|jeudi|vendredi) \\d+(?:er)? (?:${months})(?: \\d{4})?`,
      'g',
    );
    const undo: (() => void)[] = [];
    const inside = document.querySelector('main') ?? document.body;
    const walker = document.createTreeWalker(inside, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const [text, written] = [node, node.textContent ?? ''];
      text.textContent = written
        .replace(changing, 'lundi 1er janvier')
        .replace(/(demande) [a-z]+-[a-z]+ \d\d/, '$1 saule-renard 12');
      undo.push(() => Object.assign(text, { textContent: written }));
    }
    for (const reference of document.querySelectorAll('#reference')) {
      const nodes = [...reference.childNodes];
      reference.textContent = 'saule-renard 12';
      undo.push(() => reference.replaceChildren(...nodes));
    }
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href*="jeton="]')) {
      const address = link.getAttribute('href') ?? '';
      link.setAttribute('href', '/contact/modifier?jeton=x');
      undo.push(() => link.setAttribute('href', address));
    }
    Object.assign(globalThis, {
      showChanges: () => {
        for (const one of undo) one();
      },
    });
  });
}

/** What is wrong with the frame of a page: language, title, landmarks, headings, announcements. */
export function structureFaults(page: Page): Promise<string[]> {
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
export function tongueOf(name: string): string {
  return (
    languages.find(({ id }) => name === `langues-${id}` || name.startsWith(`langues-${id}-`))?.head.langue ??
    'fr'
  );
}
