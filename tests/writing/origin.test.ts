// A site that knows its own address tells search engines where its pages are, once each.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { load } from 'cheerio';
import sharp from 'sharp';
import { loadPages } from '../../src/server/http/built-pages.ts';
import { opening, phone } from '../../src/service/service.ts';
import { readContent } from '../../src/writing/read.ts';
import { readCode } from '../partners/code.ts';
import { readSecurityText } from '../supply-chain/security-text.ts';
import { builtPages, isAddress } from './built.ts';

const root = new URL('../..', import.meta.url).pathname;
const folder = 'test-results/origine'; // inside the project, where its packages are found
const origin = 'https://un-premier-pas.example';
const read = (file: string) => readFileSync(`${root}${folder}/client/${file}`, 'utf8');
const addresses = builtPages.filter(isAddress).map(({ path }) => path);
const tongues = readContent(`${root}src/content`).languages.map(({ id, head }) => ({ id, tag: head.langue }));

let said = '';
before(() => {
  const command = ['node_modules/astro/bin/astro.mjs', 'build', '--outDir', folder];
  const env = {
    ...process.env,
    PUBLIC_ORIGIN: origin,
    ASTRO_TELEMETRY_DISABLED: '1',
    PUBLICATION_DIRECTOR: 'Direction d’essai',
    SECURITY_CONTACT: 'mailto:securite@departement.example',
  };
  said = String(execFileSync(process.execPath, command, { cwd: root, env }));
});

test('the site map holds every page once, and no answer', () => {
  const $ = load(read('sitemap-0.xml'), { xml: true });
  const listed = $('loc')
    .toArray()
    .map((loc) => $(loc).text());
  assert.deepEqual(listed.toSorted(), addresses.map((path) => origin + path).toSorted());
  assert.match(read('robots.txt'), new RegExp(`^Sitemap: ${origin}/sitemap-index.xml$`, 'm'));
  assert.match(read('sitemap-index.xml'), new RegExp(`${origin}/sitemap-0.xml`));
});

test('partners are given the code of its plain address', async () => {
  for (const ending of ['svg', 'png'])
    assert.equal((await readCode(sharp(`${root}${folder}/client/kit/code.${ending}`)))?.text, origin);
});

test('each page names its own address, and nobody else’s', () => {
  for (const path of addresses) {
    const $ = load(read(path === '/' ? 'index.html' : `${path.slice(1)}.html`));
    assert.equal($('link[rel=canonical]').attr('href'), origin + path);
  }
});

test('the home page and its languages know each other, each by its right tag', () => {
  const $ = load(read('sitemap-0.xml'), { xml: true });
  const expected = ['fr', ...tongues.map(({ tag }) => tag)].toSorted();
  for (const path of ['/', ...tongues.map(({ id }) => `/langues/${id}`)]) {
    const links = $('url')
      .filter((_, url) => $(url).find('loc').text() === origin + path)
      .find('xhtml\\:link');
    assert.deepEqual(
      links
        .toArray()
        .map((link) => $(link).attr('hreflang'))
        .toSorted(),
      expected,
      path,
    );
  }
  for (const { id, tag } of tongues) {
    const $page = load(read(`langues/${id}.html`));
    assert.equal($page('html').attr('lang'), tag);
    assert.equal($page('html').attr('dir'), /^(ar|fa)$/.test(tag) ? 'rtl' : 'ltr');
  }
});

test('what a search engine learns of the line is what the data says', () => {
  const data = JSON.parse(load(read('index.html'))('script[type="application/ld+json"]').text());
  assert.equal(data['@type'], 'GovernmentService');
  const { telephone, hoursAvailable } = data.availableChannel.servicePhone;
  assert.equal(telephone, phone.dialled);
  assert.equal(hoursAvailable.dayOfWeek.length, opening.weekdays.length);
  const minutes = (written: string) => Number(written.slice(0, 2)) * 60 + Number(written.slice(3));
  assert.deepEqual(
    [minutes(hoursAvailable.opens), minutes(hoursAvailable.closes)],
    [opening.opensAt, opening.closesAt],
  );
});

test('what partners copy leads to that address, from pages that stay light', () => {
  const { $, text } = copied('kit.html');
  assert.ok(text.includes(`<a href="${origin}/" rel="noopener" referrerpolicy="no-referrer"`), 'the card');
  assert.ok($('details p').text().includes(origin), 'the sentences');
  assert.match($('main').text(), /Dans le doute, le lien.*La carte.*Le cadre, plus bas/s);
  const frames = text.match(/<iframe src="[^"]+"/g);
  assert.deepEqual(
    frames,
    ['/encart', '/encart/rappel'].map((path) => `<iframe src="${origin}${path}#fenetre"`),
  );
  assert.match($('main').text(), /«\s\/encart\/rappel\/tamoul\s»\) et remplacer 800 par 1300\./);
  for (const [file, most] of [
    ['pros.html', 12_400],
    ['kit.html', 12_400],
  ] as const)
    assert.ok(brotliCompressSync(read(file)).length <= most, `${file} is heavy`);
});

/** A page with what it shows to copy, as text. */
function copied(file: string) {
  const $ = load(read(file));
  return { $, text: $('details code').text() };
}

test('a name given by a setting stands on its page, and the build tells those that are missing', () => {
  assert.match(read('infos.html'), /Direction d’essai/);
  assert.match(
    said,
    /CES PAGES NE PEUVENT PAS OUVRIR[\s\S]*\n {2}- PUBLISHER_ADDRESS \(adresse du Département\)/,
  );
  assert.doesNotMatch(said, /PUBLICATION_DIRECTOR/);
});

test('whom to tell of a weakness is where RFC 9116 has it looked for, served as the text it is', () => {
  const body = loadPages(`${root}${folder}/client`).byPath.get('/.well-known/security.txt');
  assert.equal(body?.type, 'text/plain; charset=utf-8');
  const { Contact, Canonical } = readSecurityText(body?.identity ?? Buffer.alloc(0));
  assert.deepEqual(Contact, ['mailto:securite@departement.example']);
  assert.deepEqual(Canonical, [`${origin}/.well-known/security.txt`]);
  assert.doesNotMatch(said, /SECURITY_CONTACT/);
});
