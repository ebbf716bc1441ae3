// The line inside the page of a partner, in two real browsers: what may be framed where, and how one leaves.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Frame, Page } from 'puppeteer-core';
import { type Frame as FrameOffer, frames } from '../../src/partners/frame.ts';
import { phone } from '../../src/service/service.ts';
import { exitUrlFrom } from '../../src/settings/exit-url.ts';
import { inEachBrowser } from '../support/each-browser.ts';
import { type Mailbox, mailSettings, openMailbox } from '../support/mailbox.ts';
import { openServer, type TestServer } from '../support/server.ts';
import { type Site, startSite } from '../support/site.ts';
import { codeGiven, frameOf, openPartner, outOfSight } from './partner-page.ts';

/** What partners copied before: these codes stay in their pages, and work as they did. */
const older = 'allow-scripts allow-popups allow-popups-to-escape-sandbox';
const olderSizes = [
  { width: 320, height: 420 },
  { width: 640, height: 300 },
];
const withForm = frames.form.sandbox;

const exit = exitUrlFrom({});

let site: Site;
let mailbox: Mailbox;
const partners: TestServer[] = [];
let [named, other] = ['', ''];

before(async () => {
  partners.push(await openPartner(), await openPartner());
  [named = '', other = ''] = partners.map(({ origin }) => origin);
  mailbox = await openMailbox();
  site = await startSite({ ...mailSettings(mailbox), FRAME_ORIGINS: named });
});

after(async () => {
  await site.stop();
  await mailbox.close();
  for (const partner of partners) partner.close();
});

inEachBrowser(async (browser, name, context) => {
  await context.test(
    'the frame shows the number anywhere, whole at each size that was ever offered',
    async () => {
      for (const size of olderSizes) {
        const frame = await frameOf(browser, other, { code: codeOf('/encart', { ...size, sandbox: older }) });
        assert.ok(frame, 'nothing is framed');
        assert.match(await frame.evaluate(() => document.body.textContent ?? ''), new RegExp(phone.written));
        assert.deepEqual(await outOfSight(frame), [0, 0], `${size.width}`);
        await frame.page().close();
      }
    },
  );

  await context.test(
    'a code without the right says that it empties the frame, and leaves the page around',
    async () => {
      for (const sandbox of [older, frames.line.sandbox])
        for (const leave of [click, escapeTwice]) {
          const frame = await frameOf(browser, other, {
            code: codeOf('/encart', { ...frames.line, sandbox }),
          });
          assert.ok(frame);
          assert.equal(await exitOf(frame), 'Vider ce cadre');
          await emptiesItselfOnly(frame, leave);
        }
    },
  );

  await context.test(
    'the code that is given says that it leaves, empties the frame, and takes the window',
    async () => {
      for (const leave of [click, escapeTwice]) {
        const slow = await openSlowExit();
        const frame = await frameOf(browser, other, { code: codeGiven('line', slow.origin) });
        assert.ok(frame);
        const page = frame.page();
        assert.equal(await exitOf(frame), 'Quitter');
        await leave(frame);
        // While the exit says nothing yet; on a slow machine the browser may have forgotten the last press: then at the next.
        await Promise.race([emptied(page), alone(frame).then(() => click(frame))]);
        await emptied(page);
        assert.ok(page.url().startsWith(other));
        slow.answer();
        await page.waitForFunction(() => document.title === 'Il fera beau');
        assert.deepEqual(slow.referrers, [undefined]);
        await page.evaluate(() => void setTimeout(() => history.back())); // a page that has left answers nothing
        await page.waitForFunction(() => document.title === 'Avant', { polling: 50 });
        await page.close();
      }
    },
  );

  await context.test('where a partner dropped the right, the same code empties the frame', async () => {
    const code = codeGiven('line', site.origin).replace(frames.line.sandbox, older);
    for (const leave of [click, escapeThenClick]) {
      const frame = await frameOf(browser, other, { code });
      assert.ok(frame);
      await emptiesItselfOnly(frame, leave);
    }
  });

  await context.test(
    'without a script, the code that is given says that it empties the frame, and does',
    async () => {
      const code = codeGiven('line', site.origin).replace('allow-scripts ', '');
      const frame = await frameOf(browser, other, { code });
      assert.ok(frame);
      assert.equal(await exitOf(frame), 'Vider ce cadre');
      await emptiesItselfOnly(frame, click);
    },
  );

  await context.test(
    'no other page of ours can be framed, and the form only where the setting says',
    async () => {
      for (const [origin, src] of [
        [other, '/'],
        [other, '/contact'],
        [named, '/contact'],
        [other, '/encart/rappel'],
      ] as const) {
        assert.equal(
          await frameOf(browser, origin, { code: codeOf(src, { ...frames.form, sandbox: withForm }) }),
          undefined,
          `${src} is framed`,
        );
      }
    },
  );

  await context.test('a request leaves from the frame of a partner that is named', async () => {
    const frame = await frameOf(browser, named, { code: codeGiven('form', site.origin) });
    assert.ok(frame);
    const count = mailbox.mails.length;
    await frame.type('#tel', name === 'Firefox' ? '01 99 00 12 35' : '01 99 00 12 34'); // two requests
    await frame.click('.moments summary');
    await frame.click('[value=lun-matin]');
    await frame.click('#demande [type=submit]');
    await frame.waitForSelector('#suite #reference');
    await mailbox.received(count + 1);
    assert.equal(new URL(frame.url()).pathname, '/encart/rappel');
    assert.equal(
      await frame.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length),
      0,
    );
    await frame.page().close();
  });
});

test('without the setting, there is no frame with a form', async () => {
  const plain = await startSite();
  try {
    assert.equal((await fetch(`${plain.origin}/encart/rappel`)).status, 404);
    const { status, headers } = await fetch(`${plain.origin}/encart`);
    assert.equal(status, 200);
    assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors \*$/);
    for (const path of ['/', '/contact', '/inconnue'])
      assert.match(
        (await fetch(plain.origin + path)).headers.get('content-security-policy') ?? '',
        /frame-ancestors 'none'$/,
      );
  } finally {
    await plain.stop();
  }
});

/** The code of before: without a word on the window. */
function codeOf(path: string, { width, height, sandbox }: Omit<FrameOffer, 'path'>): string {
  return `<iframe src="${site.origin}${path}" sandbox="${sandbox}" referrerpolicy="no-referrer" width="${width}" height="${height}"></iframe>`;
}

function exitOf(frame: Frame): Promise<string> {
  return frame.evaluate(() => document.getElementById('quitter')?.textContent ?? '');
}

function click(frame: Frame): Promise<void> {
  return frame.click('#quitter');
}

async function escapeTwice(frame: Frame): Promise<void> {
  await frame.focus('#quitter');
  await frame.page().keyboard.press('Escape');
  void frame
    .page()
    .keyboard.down('Escape')
    .catch(() => {}); // a page that leaves may never say that it had this key
}

// After the keys nothing else is left, and a press on it is not waited for twice.
async function escapeThenClick(frame: Frame): Promise<void> {
  await escapeTwice(frame);
  await alone(frame);
  await click(frame);
}

/** Resolves once a frame shows its exit alone; never, where it is gone. */
async function alone(frame: Frame): Promise<void> {
  const isThere = frame.waitForFunction(() => document.documentElement.textContent === 'Quitter');
  return isThere.then(
    () => {},
    () => new Promise(() => {}),
  );
}

/** A site of the same frame, whose exit leads to a page that stays silent until `answer`. */
async function openSlowExit() {
  const silence = Promise.withResolvers<void>();
  const referrers: (string | undefined)[] = [];
  const page = await fetch(`${site.origin}/encart`);
  const html = await page.text();
  const policy = page.headers.get('referrer-policy') ?? '';
  const server = await openServer(async ({ url, headers }, response) => {
    if (url === '/exit') referrers.push(headers.referer);
    if (url === '/exit') await silence.promise;
    response.writeHead(200, { 'content-type': 'text/html', 'referrer-policy': policy });
    response.end(
      url === '/exit' ? '<title>Il fera beau</title>' : html.replaceAll(exit, `${server.origin}/exit`),
    );
  });
  partners.push(server);
  const origin = server.origin.replace('127.0.0.1', 'localhost'); // another site than the partner’s
  return { origin, referrers, answer: silence.resolve };
}

/** Leaves by the frame, which becomes empty; the page around stays. Closes that page. */
async function emptiesItselfOnly(frame: Frame, leave: (frame: Frame) => Promise<void>): Promise<void> {
  const page = frame.page();
  await leave(frame);
  await emptied(page);
  assert.equal(await page.title(), 'Mairie');
  await page.close();
}

/** Resolves once the frame of a page is empty. */
async function emptied(page: Page): Promise<void> {
  await page.waitForFrame((frame) => frame.parentFrame() !== null && frame.url() === 'about:blank');
}
