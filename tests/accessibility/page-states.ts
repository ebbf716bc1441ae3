// Every page and every state of one that a visitor can come to, and how to bring a browser there. Pages are found in
// the built site: one that is added tomorrow is tested tomorrow.
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { addressOf, built, files } from './addresses.ts';
import { correct, failToSend, fillAll, fillNeeded, postByHand, send } from './form.ts';

/** A page in a state; `open` brings a browser there. */
export type Place = { name: string; open(page: Page): Promise<void> };

type Open = Place['open'];

// Built pages that are answers: how each is really met.
const met: Record<string, Open | undefined> = {
  '404': visit('/inconnue', 404),
  refus: (page) => postByHand(page, '/contact/envoi', { enctype: 'text/plain' }),
};

const pages: Record<string, Open> = Object.fromEntries(
  files
    .map((file) => [file.replace(/\.html$/, '').replaceAll('/', '-'), file] as const)
    .map(([name, file]) => [name, met[name] ?? visitBuilt(file)]),
);

const states: Record<string, Open> = {
  'form-filled': async (page) => {
    await visit('/contact')(page);
    await fillAll(page);
  },
  'form-to-correct': async (page) => {
    await visit('/contact')(page);
    await correct(page);
  },
  'form-without-answer': async (page) => {
    await visit('/contact')(page);
    await failToSend(page);
  },
  'form-too-late': async (page) => {
    await postByHand(page, '/contact/envoi', {
      fields: { jeton: 'x', tel: '01 99 00 12 34', quand: 'lun-matin' },
    });
  },
  outcome,
  cancelled: async (page) => {
    await outcome(page);
    await page.locator('#suite form [type=submit]').click();
    await expect(page.locator('#suite [data-jeton]')).toHaveCount(0);
  },
  'form-to-change': async (page) => {
    await visit('/contact')(page);
    await fillAll(page);
    await send(page);
    await visit((await page.locator('#suite a[data-jeton]').getAttribute('href')) ?? '')(page);
  },
  'outcome-gone': visit('/contact/suite?jeton=x', 410),
  'cancellation-gone': (page) => postByHand(page, '/contact/annuler', { fields: { jeton: 'x' } }),
  'reference-asked': visit('/contact/annuler'),
  'reference-to-correct': (page) => postByHand(page, '/contact/annuler', { fields: { fin: '3' } }),
  'reference-noted': async (page) => {
    await visit('/contact/annuler')(page);
    await page.locator('#reference').fill('galet-sapin 54');
    await page.locator('#fin').fill('34');
    await page.locator('main [type=submit]').click();
    await expect(page.locator('#suite #reference')).toBeVisible();
  },
  'second-page': async (page) => {
    await visit('/')(page);
    await follow(page, '/numeros');
    await expect(page.locator('#precedente')).toBeVisible();
  },
  'page-on-its-way': async (page) => {
    await visit('/')(page);
    await page.route('**/numeros', () => {}); // never answered
    await follow(page, '/numeros');
    await expect(page.locator('#progres')).not.toBeEmpty();
  },
  'page-not-arrived': async (page) => {
    await visit('/')(page);
    await page.route('**/numeros', (route) => route.abort());
    await follow(page, '/numeros');
    await expect(page.locator('#echec')).toBeFocused();
  },
  'rehearsal-over': async (page) => {
    await visit('/reglages')(page);
    await page.locator('#essai').click();
    await expect(page.locator('#essai-fini')).toBeFocused();
  },
};

/** All of them, folded parts unfolded. */
export const places: Place[] = Object.entries({ ...pages, ...states }).map(([name, open]) => ({
  name,
  async open(page) {
    await open(page);
    await unfold(page);
  },
}));

/** The place of that name. */
export function placeNamed(name: string): Place {
  const found = places.find((place) => place.name === name);
  if (!found) throw new Error(`no place ${name}`);
  return found;
}

/** Every look with LONG=1; without it one for each place, so that each look is had somewhere. */
export function inTurn<T>(looks: readonly T[], turn: number): readonly T[] {
  const one = turn % looks.length;
  return process.env.LONG ? looks : looks.slice(one, one + 1);
}

function visit(path: string, status = 200): Open {
  return async (page) => {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(status);
  };
}

/** A built page at its address; one that is not served there (500…) is shown as it was built, under the same policy. */
function visitBuilt(file: string): Open {
  const path = addressOf(file);
  return async (page) => {
    const answer = await page.goto(path);
    if (answer?.status() === 200) return;
    const policy = answer?.headers()['content-security-policy'] ?? '';
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
    await page.route(`**${path}`, (route) => route.fulfill({ headers, body: readFileSync(built + file) }));
    await visit(path)(page);
  };
}

async function outcome(page: Page): Promise<void> {
  await visit('/contact')(page);
  await fillNeeded(page);
  await send(page);
}

async function follow(page: Page, path: string): Promise<void> {
  await page.locator(`nav a[href="${path}"]`).first().click();
}

async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) {
      details.removeAttribute('name'); // of those that share one, a single one can be open
      details.open = true;
    }
  });
}
