// « Vérifier » on /pros: what a partner pastes is read here, told in plain French, and goes nowhere.
import type { Page } from '@playwright/test';
import { cardHtml } from '../../src/partners/card.ts';
import { frameHtml, frames } from '../../src/partners/frame.ts';
import { linkHtml } from '../../src/partners/link.ts';
import { seeded } from '../support/seeded-random.ts';
import { expect, test } from './fixtures.ts';

const call = '<a href="tel:+33189119494">01 89 11 94 94</a>';
const quiet = 'rel="noopener" referrerpolicy="no-referrer"';

// What is pasted (`SITE` is this site), and what is said of it: each line once, or nothing at all.
const pasted: [name: string, html: string, said: RegExp[]][] = [
  ['our card', 'CARD', []],
  [
    'a whole page with scripts elsewhere',
    `<html><head><script src="/cms.js"></script></head><body><script>cms()</script><div><div><div><div><p>Un premier pas ${call}</p></div></div></div></div></body></html>`,
    [],
  ],
  [
    'a link to us that is right',
    `<p>${call}</p><p><a href="https://SITE/proches" ${quiet}>Un premier pas</a></p>`,
    [],
  ],
  [
    'a referrer kept by rel',
    `<p>${call}</p><p><a href="https://SITE/" rel="noreferrer">Un premier pas</a></p>`,
    [],
  ],
  [
    'the town hall’s own link',
    `<p>Mairie : <a href="tel:01.99.00.56.78">01 99 00 56 78</a></p><p>Un premier pas ${call}</p>`,
    [],
  ],
  ['our name beside a help that is said', `<p>Besoin d’aide, en danger ? Un premier pas ${call}</p>`, []],
  [
    'what it is about, beside the number',
    `<p>Violences conjugales : ${call}</p>`,
    [/« Violences », près de notre numéro, .*À vous de voir/],
  ],
  [
    'what it is about, in a title of the same block',
    `<div><h2>Aux victimes</h2>${call}</div>`,
    [/« victimes », près de notre numéro/],
  ],
  ['what it is about, elsewhere', `<h2>Violences</h2><p>Un premier pas ${call}</p>`, []],
  ['no number', '<p>Un premier pas, une ligne</p>', [/numéro manque/]],
  [
    'another number',
    `<p>Un premier pas : 01 99 00 12 34</p><p>${call}</p>`,
    [/01 99 00 12 34, près de notre nom/],
  ],
  ['no rest', `<p>Un premier pas ${call}, 24h/24</p>`, [/« 24h\/24 » n’est pas notre horaire/]],
  ['the hours of somebody else', `<ul><li>3919 : 24h/24, 7j/7</li><li>${call}</li></ul>`, []],
  ['other hours', `<p>Un premier pas ${call}, de 8 h à 18 h</p>`, [/« 8 h à 18 h » n’est pas notre horaire/]],
  [
    'a link without s',
    `<p>${call}</p><a href="http://SITE/" ${quiet}>Un premier pas</a>`,
    [/commence par http:\/\//],
  ],
  [
    'a link without noopener',
    `<p>${call}</p><a href="https://SITE/" referrerpolicy="no-referrer">Un premier pas</a>`,
    [/Il manque rel="noopener"/],
  ],
  [
    'a link that tells where from',
    `<p>${call}</p><a href="https://SITE/" rel="noopener">Un premier pas</a>`,
    [/Il manque referrerpolicy="no-referrer"/],
  ],
  [
    'a link with a campaign',
    `<p>${call}</p><a href="https://SITE/?utm_source=ville" ${quiet}>Un premier pas</a>`,
    [/porte un suivi.*utm_source/],
  ],
  [
    'a link through somebody else',
    `<p>${call}</p><a href="https://suivi.example/?u=https%3A%2F%2FSITE%2F">Un premier pas</a>`,
    [/passe par un autre site/],
  ],
  [
    'a revealing link',
    `<p>${call}</p><a href="https://SITE/" ${quiet}>Violences : que faire</a>`,
    [/contient « Violence »/],
  ],
  [
    'a revealing title',
    `<p><a href="tel:+33189119494" title="Aide aux victimes">01 89 11 94 94</a></p>`,
    [/contient « (Aide|victime) »/],
  ],
  [
    'a link that dials somebody else',
    '<p>Un premier pas <a href="tel:+33199001234">01 89 11 94 94</a></p>',
    [/en compose un autre : tel:\+33199001234/],
  ],
  ['a link with spaces', '<p><a href="tel:01 89 11 94 94">01 89 11 94 94</a></p>', [/mal écrit : tel:01 89/]],
  [
    'a link that dials nothing',
    '<p><a href="callto:0189119494">01 89 11 94 94</a></p>',
    [/mal écrit : callto/],
  ],
  ['a script beside', `<div>${call}<script>suivre()</script></div>`, [/Un script est collé/]],
  [
    'a script before',
    `<script src="https://suivi.example/x.js"></script><p>${call}</p>`,
    [/Un script est collé/],
  ],
  [
    'a script on the link',
    `<p><a href="tel:+33189119494" onclick="suivre()">01 89 11 94 94</a></p>`,
    [/Un script est accroché/],
  ],
  [
    'a frame beside',
    `<p>Un premier pas : 01 89 11 94 94</p><iframe src="https://suivi.example/"></iframe>`,
    [/cadre d’un autre site/],
  ],
  ['our own frame', `<div>${call}<iframe src="https://SITE/encart"></iframe></div>`, []],
  [
    'an image that nobody sees',
    `<p>${call}<img src="https://suivi.example/p.gif" width="1" height="1" alt=""></p>`,
    [/image invisible/],
  ],
  ['nothing', '  ', [/Rien n’est collé/]],
];

// What is pasted is read as HTML, and its styles and its scripts are stopped there.
test.use({ stopped: /inline (style|event handler)/ });

test('each fault is told in French, and what is right is let be', async ({ page, site }) => {
  await page.goto('/pros');
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const host = new URL(site.origin).host;
  for (const [name, html, said] of pasted) {
    const told = await verdictOn(
      page,
      html.replaceAll('SITE', host).replace('CARD', cardHtml(`https://${host}/`)),
    );
    if (said.length === 0) expect(told, name).toEqual([]);
    else {
      expect(told.length, `${name}: ${told.join(' ')}`).toBe(said.length);
      for (const [index, line] of said.entries()) expect(told[index], name).toMatch(line);
    }
  }
  expect(requests).toEqual([]); // nothing pasted was loaded, nothing was sent
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
});

// What somebody who adapts a code may do to it, and what is then said.
const faults: [string, (code: string) => string, RegExp][] = [
  [
    'another number',
    (code) => code.replaceAll('94&nbsp;94', '94&nbsp;95'),
    /en compose un autre|numéro manque/,
  ],
  [
    'another dialled number',
    (code) => code.replace('tel:+33189119494', 'tel:+33199001234'),
    /compose un autre/,
  ],
  ['other hours', (code) => code.replace('17&nbsp;h', '18&nbsp;h'), /« 9 h à 18 h »/],
  ['no rest', (code) => code.replace('Appel non surtaxé', 'Ouvert 7j/7'), /« 7j\/7 »/],
  ['the week-end', (code) => code.replace('Appel non surtaxé', 'Même le week-end'), /« week-end »/],
  ['later', (code) => code.replace('Appel non surtaxé', 'Jusqu’à 19 h 30'), /« 19 h 30 »/],
  ['its subject', (code) => code.replace('Appel non surtaxé', 'Violences conjugales'), /« Violences », près/],
  [
    'its subject in the link',
    (code) => code.replace('Voir le site', 'Aide aux victimes'),
    /mot trop parlant/,
  ],
  ['no policy', (code) => code.replace(' referrerpolicy="no-referrer"', ''), /Il manque referrerpolicy/],
  ['no opener rule', (code) => code.replace(' rel="noopener"', ''), /Il manque rel="noopener"/],
  ['http', (code) => code.replace('href="https:', 'href="http:'), /commence par http:/],
  ['a campaign', (code) => code.replace(/(href="https:[^"]*)/, '$1?utm_source=ville'), /porte un suivi/],
  ['a script', (code) => `<script src="https://suivi.example/x.js"></script>${code}`, /Un script est collé/],
];

test('each code that we give has nothing to correct, and each fault that a seed puts in it is told', async ({
  page,
}) => {
  const seed = Number(process.env.SEED ?? Date.now() % 1e6);
  const random = seeded(seed);
  await page.goto('/pros');
  const site = `https://${new URL(page.url()).host}/`;
  const codes = [linkHtml(site), cardHtml(site)];
  const framed = Object.values(frames).map((frame) => frameHtml(frame, new URL(site)));
  for (const code of [...codes, ...framed.map((frame) => `${linkHtml(site)}${frame}`)])
    expect(await verdictOn(page, code), code).toEqual([]);
  for (const [name, damage, said] of faults.toSorted(() => random() - 0.5)) {
    const code = codes[Math.floor(random() * codes.length)] as string;
    const damaged = damage(code);
    expect(damaged, name).not.toBe(code);
    expect((await verdictOn(page, damaged)).join('\n'), `${name}, SEED=${seed}: ${damaged}`).toMatch(said);
  }
});

test('what is pasted never runs and never enters the page', async ({ page }) => {
  await page.goto('/pros');
  await verdictOn(
    page,
    '<img src=x onerror="document.title=1"><script>document.title=1</script><b id="intrus">x</b>',
  );
  await expect(page).toHaveTitle('Professionnels');
  await expect(page.locator('#intrus')).toHaveCount(0);
});

test('a text is copied by a button, or by hand', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/kit');
  const text = page.locator('details', { hasText: 'Signature de courriel' });
  await text.locator('summary').click();
  await text.getByRole('button', { name: 'Copier' }).click();
  await expect(text.getByRole('status')).toHaveText('Copié.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^Un premier pas\s: écoute, information, orientation\.\n01\s89\s11\s94\s94, du lundi au vendredi, de 9\sh à 17\sh\.$/,
  );
});

test('in mode discret the page offers to be opened alone, and then checks', async ({ page, site }) => {
  await page.goto('/plan');
  await page.locator('main a[href="/pros"]').click();
  await expect(page.locator('h1')).toHaveText('Vous suivez ou recevez une personne concernée');
  expect(page.url()).toBe(`${site.origin}/plan`);
  await expect(page.locator('#verifier')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Copier' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Ouvrir cette page seule' }).click();
  await expect(page).toHaveURL(/\/pros\??#verifier-page$/);
  await expect(page.locator('#verifier')).toBeVisible();
  await page.locator('nav a[href="/numeros"]').click();
  await expect(page.locator('h1')).toHaveText('Les autres numéros');
  await page.locator('#precedente').click();
  expect(await verdictOn(page, `<p>${call}</p>`)).toEqual([]);
});

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  test('the texts are there to be copied by hand, and the check says that it needs a script', async ({
    page,
  }) => {
    await page.goto('/kit');
    await page.locator('summary', { hasText: 'Carte en HTML' }).click();
    await expect(page.locator('details[open] code')).toBeVisible();
    expect(await page.locator('details[open] code').textContent()).toMatch(/^<div lang="fr"/);
    await expect(page.getByRole('button', { name: 'Copier' })).toHaveCount(0);
    await page.goto('/pros');
    await expect(page.locator('main .no-js')).toBeVisible();
    expect(await page.locator('main .no-js').textContent()).toContain('n’est pas possible');
    await expect(page.locator('#verifier')).toBeHidden();
  });
});

async function verdictOn(page: Page, html: string): Promise<string[]> {
  await page.locator('#code').fill(html);
  await page.locator('#verifier').click();
  const lines = await page.locator('#verdict li').allTextContents();
  await expect(page.locator('#verdict')).toHaveText(lines.length > 0 ? /À revoir/ : 'Rien à corriger.');
  return lines;
}
