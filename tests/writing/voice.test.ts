// A language that is seldom read is heard: only once she wants it, only as long as she is there, and nothing is kept of it.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { launch, type Page } from 'puppeteer-core';
import { chromiumPath } from '../support/browser.ts';
import { buildCopy, copySources } from '../support/copy.ts';
import { openServer, type TestServer } from '../support/server.ts';
import { silence } from '../support/silence.ts';
import { type Site, startSite } from '../support/site.ts';

const address = '/langues/soninke';
const sound = '/voix/soninke.mp3';
const bytes = silence(60);
const words = `---
nom: Sooninkanxanne
en_francais: soninké
langue_parlee: snk
sens: ltr
faits: []
---

Un premier pas : {numero}, {horaires}.
`;

let site: Site;
let exit: TestServer;
before(async () => {
  exit = await openServer(() => {}); // takes its time
  const folder = copySources();
  mkdirSync(join(folder, 'src/content/voix'), { recursive: true });
  writeFileSync(join(folder, 'src/content/voix/soninke.md'), words);
  writeFileSync(join(folder, 'src/content/voix/soninke.mp3'), bytes);
  const exitUrl = { EXIT_URL: `${exit.origin}/` };
  buildCopy(folder, exitUrl);
  site = await startSite(exitUrl, join(folder, 'src/server/main.ts'));
});
after(async () => {
  await site.stop();
  exit.close();
});

test('nothing is asked for, nor sounds, before she wants it; the exit stops it', {
  timeout: 30_000,
}, async (context) => {
  const page = await openBrowser(context);
  await page.setViewport({ width: 320, height: 640 });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));

  await page.goto(`${site.origin}/langues`);
  const found = `a[href="${address}"]`;
  assert.equal(await page.$eval(found, (link) => `${link.lang} ${link.textContent}`), 'snk Sooninkanxanne');
  await page.click(found); // in mode discret: the page that plays is another one than the one that was opened
  await page.waitForSelector('audio');
  assert.equal(page.url(), `${site.origin}/langues`);
  assert.ok(!asked.includes(site.origin + sound), 'asked for before she wants it');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  assert.deepEqual(await stateOf(page), { paused: true, muted: true, autoplay: false });

  await play(page);
  assert.ok(asked.includes(site.origin + sound));
  assert.deepEqual(await stateOf(page), { paused: false, muted: false, autoplay: false });

  const stopped = new Promise<void>((resolve) => {
    page.on('console', (said) => said.text() === 'silence' && resolve());
  });
  await page.$eval('audio', (voice) => {
    voice.onpause = () => console.log('silence');
  });
  await page.$eval('#quitter', (link) => (link as HTMLElement).click());
  await stopped; // while the site of the exit is still on its way
});

test('it stops when the page is out of sight: another application, a locked screen', async (context) => {
  const page = await openBrowser(context);
  await page.goto(site.origin + address);
  await play(page);
  const other = await page.browser().newPage();
  await other.bringToFront();
  await page.waitForFunction(() => document.hidden);
  assert.deepEqual(await stateOf(page), { paused: true, muted: true, autoplay: false });
});

async function openBrowser(context: TestContext): Promise<Page> {
  const browser = await launch({
    executablePath: await chromiumPath(),
    args: ['--no-sandbox'],
    protocolTimeout: 30_000,
  });
  context.after(() => browser.close());
  return browser.newPage();
}

async function play(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const voice = document.querySelector('audio') as HTMLAudioElement;
    const begun = new Promise((resolve) => {
      voice.ontimeupdate = () => voice.currentTime > 0 && resolve(undefined);
    });
    await voice.play();
    voice.muted = false;
    await begun;
  });
}

async function stateOf(page: Page) {
  return page.$eval('audio', ({ paused, muted, autoplay }) => ({ paused, muted, autoplay }));
}

test('a player that asks for a part of it gets that part, and nobody keeps it', async () => {
  const part = async (range: string) => fetch(site.origin + sound, { headers: { range } });
  const two = await part('bytes=0-1');
  assert.equal(two.status, 206);
  assert.equal(two.headers.get('content-range'), `bytes 0-1/${bytes.length}`);
  assert.equal(two.headers.get('content-type'), 'audio/mpeg');
  assert.equal(two.headers.get('cache-control'), 'no-store');
  assert.deepEqual(Buffer.from(await two.arrayBuffer()), bytes.subarray(0, 2));
  const last = await part('bytes=-3');
  assert.deepEqual(Buffer.from(await last.arrayBuffer()), bytes.subarray(-3));
  for (const all of ['bytes=999999-', 'bytes=0-1,4-5', 'bytes=5-1', 'lignes=0-1', '?', '']) {
    const answer = await part(all);
    assert.equal(answer.status, 200, all);
    assert.equal((await answer.arrayBuffer()).byteLength, bytes.length, all);
  }
  const head = await fetch(site.origin + sound, { method: 'HEAD', headers: { range: 'bytes=0-1' } });
  assert.equal(head.status, 200);
  const page = await fetch(site.origin + address, { headers: { range: 'bytes=0-1' } });
  assert.equal(page.status, 200);
});

test('its page is light, sober, and says in words what the voice says', async () => {
  const page = await fetch(site.origin + address);
  const html = await page.text();
  assert.match(html, /<title>Langues<\/title>/);
  assert.match(html, /01.89.11.94.94.*lundi au vendredi/s);
  assert.ok(brotliCompressSync(html).length < 11_000);
  assert.match(page.headers.get('content-security-policy') ?? '', /;media-src 'self';/);
  assert.match(await (await fetch(`${site.origin}/`)).text(), /<span lang="snk">Sooninkanxanne<\/span>/);
});

test('a site without a recording plays nothing', async () => {
  const silent = await startSite();
  const page = await fetch(`${silent.origin}/langues`);
  assert.doesNotMatch(page.headers.get('content-security-policy') ?? '', /media/);
  assert.doesNotMatch(await page.text(), /<audio|\/voix\//);
  await silent.stop();
});
