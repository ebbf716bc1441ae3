// The frames that partners are given are whole, without a bar to scroll, with the letters of phones and those of this machine.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Browser, launch } from 'puppeteer-core';
import { type frames, narrowest, translatedHeight } from '../../src/partners/frame.ts';
import { framePath, otherTongues } from '../../src/service/tongues.ts';
import { chromiumPath } from '../support/browser.ts';
import { phoneFace } from '../support/phone-face.ts';
import type { TestServer } from '../support/server.ts';
import { type Site, startSite } from '../support/site.ts';
import { codeGiven, frameOf, openPartner, outOfSight } from './partner-page.ts';

// The columns of a page, from that of a small phone to that of a computer. Those where letters an eighth wider than a
// phone's make the form higher are left out.
const columns = [narrowest, 320, 350, 480, 640];
const whole: [face: 'phone' | 'machine', frame: keyof typeof frames, columns: number[]][] = [
  ['phone', 'line', columns],
  ['machine', 'line', columns],
  ['phone', 'form', columns],
  ['machine', 'form', columns.filter((column) => column >= 320)],
];

let site: Site;
let partner: TestServer;
before(async () => {
  partner = await openPartner();
  site = await startSite({ FRAME_ORIGINS: partner.origin });
});
after(async () => {
  await site.stop();
  partner.close();
});

for (const [face, name, widths] of whole)
  for (const script of ['with', 'without'])
    test(`the frame of the ${name} is whole in any column, with the letters of a ${face}, ${script} script`, () =>
      inBrowserWith(face, async (browser) => {
        const given = codeGiven(name, site.origin);
        const code = script === 'with' ? given : given.replace('allow-scripts ', '');
        for (const column of widths) {
          const frame = await frameOf(browser, partner.origin, { code, column });
          assert.ok(frame, 'nothing is framed');
          assert.deepEqual(await outOfSight(frame), [0, 0], `${column} px`);
          await frame.page().close();
        }
      }));

for (const face of ['phone', 'machine'] as const)
  test(`changed as partners are told, the form is whole in every language, with the letters of a ${face}`, () =>
    inBrowserWith(face, async (browser) => {
      for (const tongue of otherTongues) {
        const code = codeGiven('form', site.origin)
          .replace('/encart/rappel', framePath(tongue))
          .replace(/height="\d+"/, `height="${translatedHeight}"`);
        const frame = await frameOf(browser, partner.origin, { code, column: narrowest });
        assert.ok(frame, `nothing is framed in ${tongue}`);
        assert.deepEqual(await outOfSight(frame), [0, 0], tongue);
        await frame.page().close();
      }
    }));

test('an unfolded form, or letters twice as large, hide nothing to the right, and leave the exit in view', () =>
  inBrowserWith('phone', async (browser) => {
    for (const name of ['line', 'form'] as const) {
      const code = codeGiven(name, site.origin);
      const frame = await frameOf(browser, partner.origin, { code, column: narrowest });
      assert.ok(frame);
      const top = await frame.evaluate(() => {
        for (const one of Array.from(document.querySelectorAll('details'))) one.open = true;
        document.documentElement.style.fontSize = '200%';
        scrollTo(0, 99_999);
        return document.querySelector('#quitter')?.getBoundingClientRect().top ?? -1;
      });
      assert.equal((await outOfSight(frame))[0], 0, name);
      assert.ok(top >= 0 && top < 100, `${name}: ${top}`);
      await frame.page().close();
    }
  }));

async function inBrowserWith(face: 'phone' | 'machine', body: (browser: Browser) => Promise<void>) {
  const env = face === 'phone' ? phoneFace() : process.env;
  const browser = await launch({ executablePath: await chromiumPath(), args: ['--no-sandbox'], env });
  try {
    await body(browser);
  } finally {
    await browser.close();
  }
}
