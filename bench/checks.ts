// What happens while leaving and afterwards. A finding is words for the table, and faults: the fewer, the better.
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { exitUrl, field, pressExit, type Subject, settled, type Visit, visit } from './visit.ts';

export type Finding = { words: string; faults: number };

export type Check = (browser: Browser, subject: Subject) => Promise<Finding>;

const phone = '01 99 00 12 34';

/** Back from the exit site: which page shows. */
export const back: Check = async (browser, subject) => {
  await using visited = await backFromExit(browser, subject);
  if (!isOn(visited.page, subject)) return { words: 'la page d’avant le site', faults: 0 };
  const { words, faults } = await screen(visited.page);
  return { words: `le site, ${words}`, faults };
};

/** Back from the exit site: whether the phone number is still in its field. */
export const typedPhone: Check = async (browser, subject) => {
  await using visited = await backFromExit(browser, subject);
  const input = visited.page.locator(field);
  if (!isOn(visited.page, subject) || !(await input.count())) return { words: 'non', faults: 0 };
  const kept = (await input.inputValue()) === phone;
  return { words: kept ? 'oui, en entier' : 'non', faults: Number(kept) };
};

async function backFromExit(browser: Browser, subject: Subject): Promise<Visit> {
  const visited = await visit(browser, subject);
  const { page, devtools } = visited;
  await page.locator(field).pressSequentially(phone);
  await pressExit(visited);
  await page.waitForURL(exitUrl);
  const { currentIndex, entries } = await devtools.send('Page.getNavigationHistory');
  const entryId = entries[currentIndex - 1]?.id ?? 0;
  await devtools.send('Page.navigateToHistoryEntry', { entryId });
  await pause(2 * settled);
  return visited;
}

/** What the exit site is told about where the person comes from. */
export const referer =
  (javaScriptEnabled: boolean): Check =>
  async (browser, subject) => {
    await using visited = await visit(browser, subject, { javaScriptEnabled });
    await pressExit(visited);
    await visited.page.waitForURL(exitUrl);
    const told = visited.exit.referers.filter(Boolean).length > 0;
    return { words: told ? 'l’adresse du site' : 'rien', faults: Number(told) };
  };

/** The exit site has been silent for a second: the title of the tab, and the text that can still be read. */
export const slow: Check = async (browser, subject) => {
  await using visited = await visit(browser, subject, { silent: true });
  const before = await visited.page.title();
  const seen = visited.page.evaluate<[string, string]>(aSecondLater); // asked before: afterwards an answer waits for the exit site
  await pressExit(visited);
  const [title, text] = await seen;
  const { words, faults } = shown(text);
  const said = title === before ? 'titre inchangé' : `titre « ${title} »`;
  return { words: `${said} ; ${words}`, faults: faults + Number(title === before) };
};

/** The load was stopped while the exit site was silent: what shows, and whether one tap leaves. */
export const stoppedLoad: Check = async (browser, subject) => {
  await using visited = await visit(browser, subject, { silent: true });
  const { page, exit, devtools } = visited;
  await pressExit(visited);
  await pause(settled);
  await devtools.send('Page.stopLoading');
  await pause(settled);
  const { words, faults } = await screen(page);
  exit.answer();
  await page.mouse.click(200, 300);
  await pause(settled);
  const left = page.url() === exitUrl;
  return {
    words: `${words} ; ${left ? 'un appui mène au site de sortie' : 'un appui ne fait rien'}`,
    faults: faults + Number(!left),
  };
};

/** A middle click, or a click with a key held: the tabs afterwards, and what became of the first. */
export const otherClick =
  (button: 'left' | 'middle', held: string[] = []): Check =>
  async (browser, subject) => {
    await using visited = await visit(browser, subject);
    await pressExit(visited, button, held);
    await pause(2 * settled);
    const tabs = visited.context.pages().length;
    const stays = visited.page.url() !== exitUrl;
    return {
      words: `${tabs} ${tabs > 1 ? 'onglets' : 'onglet'}, le premier ${stays ? 'reste' : 'est parti'}`,
      faults: Number(stays) + tabs - 1,
    };
  };

/** Two tabs of the site: whether the other one leaves too, or at least is covered. */
export const secondTab: Check = async (browser, subject) => {
  await using visited = await visit(browser, subject);
  const other = await visited.context.newPage();
  await other.goto(subject.url);
  await visited.page.bringToFront();
  await pressExit(visited);
  await visited.page.waitForURL(exitUrl);
  await pause(2 * settled);
  if (other.url() === exitUrl) return { words: 'part aussi', faults: 0 };
  const { words, faults } = await screen(other);
  return { words: `reste ouvert, ${words}`, faults: faults + 1 };
};

/** The exit's own keyboard shortcut, typed with the caret in a field, by someone who means it. */
export const shortcut: Check = async (browser, subject) => {
  await using visited = await visit(browser, subject);
  await visited.page.locator(field).click();
  for (const key of subject.shortcut) {
    await visited.page.keyboard.press(key, { delay: 40 });
    await pause(150);
  }
  await pause(settled);
  const left = visited.page.url() === exitUrl;
  return { words: `${subject.shortcut.join(' ')} : ${left ? 'part' : 'ne part pas'}`, faults: Number(!left) };
};

const aSecondLater = `new Promise((resolve) => {
  const look = () => resolve([document.title, document.body.innerText]);
  addEventListener('pointerup', () => setTimeout(look, 1000), true);
})`;

async function screen(page: Page): Promise<Finding> {
  return shown(await page.evaluate<string>('document.body.innerText'));
}

// A cover says one word; a page says more.
function shown(text: string): Finding {
  const words = text.replace(/\s+/g, ' ').trim();
  const readable = words.length > 40;
  return { words: readable ? 'page lisible' : `page couverte, « ${words} »`, faults: Number(readable) };
}

function isOn(page: Page, subject: Subject): boolean {
  return page.url().startsWith(new URL(subject.url).origin);
}
