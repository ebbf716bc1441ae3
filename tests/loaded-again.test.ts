// A page that Chromium loads again answers as not found, so that its history does not list it (decision 32). Nobody else is
// told so: neither a first visit, nor another browser, nor whoever watches the site or follows its links.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Site, startSite } from './support/site.ts';
import { headOf, say } from './support/sockets.ts';

let site: Site;
before(async () => {
  site = await startSite();
});
after(() => site.stop());

const chromium = {
  'Sec-CH-UA': '"Chromium";v="156"',
  'Sec-Fetch-Dest': 'document',
  'Sec-Fetch-Mode': 'navigate',
};
const byHand = { 'Sec-Fetch-User': '?1' };
const again = { 'Cache-Control': 'max-age=0' };

const asked: [string, number, string, Record<string, string>][] = [
  ['a first visit', 200, '/', { ...chromium, ...byHand }],
  ['a reload', 404, '/', { ...chromium, ...byHand, ...again }],
  ['a reload of another page', 404, '/contact', { ...chromium, ...byHand, ...again }],
  ['Back, Forward, a tab that is restored', 404, '/', chromium],
  [
    'a hard reload, as by developers with their tools open',
    200,
    '/',
    { ...chromium, ...byHand, 'Cache-Control': 'no-cache' },
  ],
  ['a frame', 200, '/encart', { ...chromium, ...again, 'Sec-Fetch-Dest': 'iframe' }],
  [
    'a page that mode discret reads',
    200,
    '/numeros',
    { ...chromium, 'Sec-Fetch-Dest': 'empty', 'Cache-Control': 'no-cache' },
  ],
  ['a paper', 200, '/kit/affiche-a4.pdf', { ...chromium, ...again }],
  ['another browser', 200, '/', { 'Sec-Fetch-Dest': 'document', ...again }],
  ['a program', 200, '/', again],
];

for (const [name, status, path, headers] of asked)
  test(`${name}: ${status}, and the same page`, async () => {
    const lines = Object.entries(headers).map((header) => `${header.join(': ')}\r\n`);
    const answers = await Promise.all([lines.join(''), ''].map((more) => say(site.origin, get(path, more))));
    const [answer = '', plain = ''] = answers;
    assert.equal(headOf(answer).status, status);
    assert.equal(headOf(answer).headers['cache-control'], headOf(plain).headers['cache-control']);
    assert.equal(bodyOf(answer), bodyOf(plain));
  });

const get = (path: string, more: string) =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}Connection: close\r\n\r\n`;
const bodyOf = (answer: string) => answer.slice(answer.indexOf('\r\n\r\n'));
