// The site in a Chromium of March 2018: leaving, mode discret, the form, and what the page says of all three.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Mailbox, mailSettings, openMailbox } from './support/mailbox.ts';
import { type OldPage, openOldBrowser, skip } from './support/old-browser.ts';
import { type Site, startSite } from './support/site.ts';

/** Where the exit leads in a build without settings. */
const exit = 'https://meteofrance.com/';
const sizes = { phone: [360, 640], computer: [1280, 800] } as const;

let [site, mailbox] = [{} as Site, {} as Mailbox];
let browser: Awaited<ReturnType<typeof openOldBrowser>>;
before(async () => {
  if (skip) return;
  mailbox = await openMailbox();
  site = await startSite(mailSettings(mailbox));
  browser = await openOldBrowser();
});
after(async () => {
  if (skip) return;
  browser.close();
  await site.stop();
  await mailbox.close();
});

/** A page of the site, in the old browser. */
async function opened(path: string, isScripted = true): Promise<OldPage> {
  const page = await browser.newPage();
  await page.resize(...sizes.phone);
  await page.open(site.origin + path, isScripted);
  return page;
}

const isSeen = (selector: string) => `!!document.querySelector('${selector}').getClientRects().length`;
const heading = "document.querySelector('h1').textContent";

test('it is as old as we think', { skip }, async () => {
  const page = await opened('/');
  assert.match(await page.tell('navigator.userAgent'), /Chrome\/67\./);
  assert.equal(await page.tell("CSS.supports('inset', '0') || CSS.supports('top', 'max(0px, 1px)')"), false);
  assert.equal(await page.tell('typeof document.body.replaceChildren'), 'undefined');
});

for (const [gesture, leave] of [
  ['the exit', (page: OldPage) => page.click('#quitter')],
  [
    'Escape twice',
    async (page: OldPage) => {
      await page.press('Escape');
      await page.press('Escape');
    },
  ],
] as const) {
  test(`${gesture} leaves, and Back does not show the page left`, { skip }, async () => {
    const page = await opened('/contact');
    const before = await page.trail();
    assert.equal(before.at(-1), `${site.origin}/contact`);
    await Promise.all([page.left(), leave(page)]);
    assert.deepEqual(await page.trail(), [...before.slice(0, -1), exit]);
  });
}

test('leaving empties the page under a sheet that covers all of it, at once', { skip }, async () => {
  const page = await opened('/contact');
  const seen = await page.tell(`(() => {
    document.querySelector('#tel').value = '01 99 00 12 34';
    document.querySelector('#quitter').click();
    const { left, top, right, bottom } = document.querySelector('.sheet').getBoundingClientRect();
    return { box: [left, top, right, bottom], text: document.body.textContent, title: document.title };
  })()`);
  assert.deepEqual(seen, { box: [0, 0, ...sizes.phone], text: 'Chargement…', title: 'Chargement' });
});

test('the rehearsal covers all of the page, and nothing shows through', { skip }, async () => {
  const page = await opened('/reglages');
  await page.until(isSeen('#essai'));
  await page.click('#essai');
  const [box, ground] = await page.tell<[number[], string]>(`(() => {
    const sheet = document.querySelector('.sheet');
    const { left, top, right, bottom } = sheet.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    return [[left, top, right - clientWidth, bottom - clientHeight], getComputedStyle(sheet).backgroundColor];
  })()`);
  assert.deepEqual(box, [0, 0, 0, 0]);
  assert.equal(ground, 'rgb(255, 255, 255)');
  await page.until(isSeen('#essai-fini'));
});

test('the exit of a frame leaves it', { skip }, async () => {
  const page = await opened('/encart');
  await page.click('#quitter');
  await page.until("location.href === 'about:blank'");
  assert.equal(await page.tell('document.body.textContent'), '');
});

for (const [device, [width, height]] of Object.entries(sizes)) {
  test(`on a ${device}, the exit is in its corner, text has its size and its margins, links their height`, {
    skip,
  }, async () => {
    const page = await opened('/');
    await page.resize(width, height);
    const exitBox = await page.tell<{ left: number; top: number; right: number; bottom: number }>(
      "(({ left, top, right, bottom }) => ({ left, top, right, bottom }))(document.querySelector('#quitter').getBoundingClientRect())",
    );
    const lineEnd = await page.tell<number>(
      "(line => line.getBoundingClientRect().right - parseFloat(getComputedStyle(line).paddingRight))(document.querySelector('.top'))",
    );
    const end = device === 'phone' ? width : Math.ceil(lineEnd); // on a computer it ends the line of what is read
    const room = device === 'phone' ? 30 : 2;
    assert.ok(exitBox.right <= end && exitBox.right > end - room, `right: ${exitBox.right}`);
    if (device === 'phone') assert.ok(exitBox.bottom <= height && exitBox.bottom > height - 30);
    else assert.ok(exitBox.top >= 0 && exitBox.top < 30, `top: ${exitBox.top}`);
    const style = (selector: string, name: string) =>
      page.tell<number>(`parseFloat(getComputedStyle(document.querySelector('${selector}')).${name})`);
    assert.ok((await style('body', 'fontSize')) >= 17);
    assert.ok((await style('h1', 'fontSize')) >= 24);
    for (const side of ['paddingLeft', 'paddingRight']) assert.ok((await style('.scene', side)) >= 18, side);
    if (device === 'phone') assert.ok((await style('body', 'paddingBottom')) >= 80, 'room for the exit');
    const low = await page.tell(`[...document.querySelectorAll('.urgent a, footer nav a')]
      .filter((link) => Math.round(link.getBoundingClientRect().height) < 44).map((link) => link.textContent)`);
    assert.deepEqual(low, []);
  });
}

test('mode discret reads page after page at one address, and back', { skip }, async () => {
  const page = await opened('/');
  const before = await page.trail();
  assert.match(await page.tell("document.querySelector('.state').textContent"), /Ouvert|fermée/);
  for (const [path, name] of [
    ['/numeros', 'Les autres numéros'],
    ['/reglages', 'Réglages et discrétion'],
  ]) {
    await page.click(`nav a[href="${path}"]`);
    await page.until(`${heading} === ${JSON.stringify(name)}`);
  }
  await page.click('#precedente');
  await page.until(`${heading} === 'Les autres numéros'`);
  assert.deepEqual(await page.trail(), before);
  await page.click('#mode-discret');
  await page.until("document.querySelector('#mode-discret').getAttribute('aria-pressed') === 'false'");
});

test('the form is sent inside the page, and changed there', { skip }, async () => {
  const page = await opened('/contact');
  const before = await page.trail();
  const fill = (tel: string) =>
    page.tell(
      `document.querySelector('#tel').value = '${tel}', document.querySelector('[name=quand]').checked = true`,
    );
  await fill('01 99 00 12 3');
  await page.click('#demande > [type=submit]');
  await page.until("!!document.querySelector('.summary')");
  await fill('01 99 00 67 67');
  await page.click('#demande > [type=submit]');
  await page.until("!!document.querySelector('#reference')");
  assert.deepEqual(await page.trail(), before);
  const reference = await page.tell<string>("document.querySelector('#reference').textContent");
  const [mail] = await mailbox.received(1);
  assert.match(mail?.text ?? '', new RegExp(reference));
  await page.click('#suite a[data-jeton]');
  await page.until("document.querySelector('#tel').value === '01 99 00 67 67'");
});

for (const [isScripted, what] of [
  [true, 'does not say'],
  [false, 'says'],
] as const) {
  test(`${isScripted ? 'with' : 'without'} its script, the page ${what} that Back may show it again`, {
    skip,
  }, async () => {
    const page = await opened('/', isScripted);
    if (!isScripted) await page.open(`${site.origin}/`, false);
    assert.equal(await page.tell(isSeen('footer .no-js')), !isScripted);
  });
}
