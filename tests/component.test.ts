// The exit for other sites: nothing of ours inside, and in a real Chromium it leaves for where that site says.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { phone, service } from '../src/service/service.ts';
import { chromiumPath } from './support/browser.ts';
import { buildComponent, serveComponent, type Taken } from './support/component.ts';
import { gestures, pressEscape } from './support/exit-gestures.ts';

const destination = 'https://ailleurs.example/meteo';
const folder = buildComponent();
const text = (name: string) => readFileSync(join(folder, name), 'utf8');
const script = text('sortie.js');

let browser: Browser;
before(async () => {
  const back = ['--disable-back-forward-cache']; // Back as people have it
  browser = await chromium.launch({ executablePath: await chromiumPath(), ignoreDefaultArgs: back });
});
after(() => browser.close());

test('the folder holds what another site needs, and no more', () => {
  const names = ['LICENCE', 'LISEZ-MOI.md', 'index.html', 'sortie.css', 'sortie.js'];
  assert.deepEqual(readdirSync(folder).toSorted(), names);
  assert.match(text('LICENCE'), /EUPL-1\.2/);
});

test('nothing of ours is inside: no number, no name, no address of ours', () => {
  const digits = (written: string) => written.replace(/[\s.\u00a0\u202f-]/g, '');
  const [, department = ''] = /Département du (.+)/.exec(service.owner) ?? [];
  const ours = [service.name, service.owner, department, 'mode discret', 'meteofrance'];
  assert.ok(ours.every(Boolean), ours.join());
  for (const name of readdirSync(folder)) {
    const content = text(name).toLowerCase();
    for (const word of ours) assert.ok(!content.includes(word.toLowerCase()), `${name}: ${word}`);
    for (const number of [phone.written, phone.dialled])
      assert.ok(!digits(content).includes(digits(number)), `${name}: ${number}`);
  }
});

test('it stays small, and tells its size', () => {
  assert.ok(script.length > 1000 && Buffer.byteLength(script) <= 1600, String(Buffer.byteLength(script)));
  const guide = text('LISEZ-MOI.md');
  assert.ok(guide.trimEnd().split('\n').length <= 40);
  assert.ok(guide.includes(`un script (${Buffer.byteLength(script)} octets)`));
  assert.ok(guide.includes(`un style (${Buffer.byteLength(text('sortie.css'))} octets)`));
});

for (const [name, leave] of Object.entries(gestures)) {
  test(`${name}: leaves for the given address, tells nothing, and Back does not show the page`, async () => {
    await using visit = await opened();
    await leave(visit.page);
    await visit.page.waitForURL(destination);
    assert.equal(visit.context.pages().length, 1);
    assert.deepEqual(visit.referers, [undefined]);
    await visit.page.goBack();
    assert.equal(visit.page.url(), 'about:blank');
  });
}

test('without JavaScript the link leaves, tells nothing, and the page says what Back does', async () => {
  await using visit = await opened({ page: (html) => html.replace(/<meta name="referrer".*>/, '') }, false);
  assert.ok(await visit.page.locator('.no-js').isVisible());
  await visit.page.locator('#quitter').click();
  await visit.page.waitForURL(destination);
  assert.deepEqual(visit.referers, [undefined]);
});

test('Escape twice leaves before the link has come', async () => {
  const page = (html: string) => html.replace(/<body>[\s\S]*<\/body>/, '<body></body>');
  await using visit = await opened({ page });
  await pressEscape(visit.page);
  await visit.page.waitForURL(destination);
});

test('the other tabs of the site leave too', async () => {
  await using visit = await opened();
  const opening = visit.context.waitForEvent('page');
  await visit.page.locator('a[target]').click();
  const other = await opening;
  await other.waitForLoadState();
  await visit.page.bringToFront();
  await visit.page.locator('#quitter').click();
  await Promise.all([visit.page.waitForURL(destination), other.waitForURL(destination)]);
});

test('as LISEZ-MOI.md says, Back leads to what was read before', async () => {
  await using visit = await opened();
  const { page } = visit;
  const first = page.url();
  await page.locator('a[href="?suite"]').click();
  await page.waitForURL('**/?suite');
  await page.locator('#quitter').click();
  await page.waitForURL(destination);
  await page.goBack();
  assert.equal(page.url(), first);
});

for (const [name, tag] of Object.entries({
  'no address': '',
  'an address that runs a script': 'data-sortie="javascript:alert(1)"',
  'a script loaded as a module': `type="module" data-sortie="${destination}"`,
})) {
  test(`${name}: the console says so, and the link still leaves`, async () => {
    const page = (html: string) => html.replace(/data-sortie="[^"]*"/, tag);
    await using visit = await opened({ page });
    assert.deepEqual(visit.errors, ['sortie.js : il faut data-sortie="https://…"']);
    await visit.page.locator('#quitter').click();
    await visit.page.waitForURL(destination);
  });
}

test('what the page had on its root stays', async () => {
  await using visit = await opened({
    page: (html) => html.replace('<html', '<html class="theirs"'),
  });
  assert.equal(await visit.page.locator('html').getAttribute('class'), 'theirs js');
});

const guided = /script-src '(sha256-[^']+)'/.exec(text('LISEZ-MOI.md'))?.[1];
const inlined = (html: string) =>
  html.replace(/<script src="sortie.js"([^>]*)><\/script>/, (_, rest) => `<script${rest}>${script}</script>`);

for (const [name, policy, page] of [
  ['as two files', "default-src 'none'; script-src 'self'; style-src 'self'", (html: string) => html],
  ['written in the page', `default-src 'none'; script-src '${guided}'; style-src 'self'`, inlined],
] as const) {
  test(`${name}, it works under the content policy that LISEZ-MOI.md gives`, async () => {
    await using visit = await opened({ page, headers: { 'content-security-policy': policy } });
    assert.equal(
      await visit.page.locator('.bar').evaluate((bar) => getComputedStyle(bar).position),
      'sticky',
    );
    await pressEscape(visit.page);
    await visit.page.waitForURL(destination);
  });
}

test('the hash in LISEZ-MOI.md is that of the script', () => {
  assert.equal(guided, `sha256-${createHash('sha256').update(script).digest('base64')}`);
});

test('on a phone the exit is at the bottom, within reach of a thumb, and covers nothing at the end', async () => {
  await using visit = await opened();
  await visit.page.setViewportSize({ width: 320, height: 240 }); // shorter than the page
  await visit.page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const boxOf = async (selector: string) =>
    (await visit.page.locator(selector).boundingBox()) ?? assert.fail(selector);
  const [bar, link, main] = [await boxOf('.bar'), await boxOf('#quitter'), await boxOf('main')];
  assert.equal(bar.y + bar.height, 240);
  assert.ok(link.height >= 44 && link.width >= 44, `${link.width} × ${link.height}`);
  assert.ok(main.y + main.height <= bar.y, `${main.y + main.height} ${bar.y}`);
});

type Visit = AsyncDisposable & {
  context: BrowserContext;
  page: Page;
  /** The Referer of each request that the destination got. */
  referers: (string | undefined)[];
  errors: string[];
};

/** The demo as another site would serve it, opened from a blank page. */
async function opened(taken: Omit<Taken, 'exit'> = {}, javaScriptEnabled = true): Promise<Visit> {
  const site = await serveComponent(folder, { ...taken, exit: destination });
  const context = await browser.newContext({ javaScriptEnabled });
  const [referers, errors]: [(string | undefined)[], string[]] = [[], []];
  await context.route(`${destination}**`, async (route) => {
    referers.push((await route.request().allHeaders()).referer);
    await route.fulfill({ contentType: 'text/html', body: '<title>Ailleurs</title>' });
  });
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto('about:blank');
  await page.goto(`${site.origin}/`);
  const close = async () => {
    await context.close();
    site.close();
  };
  return { context, page, referers, errors, [Symbol.asyncDispose]: close };
}
