// The list of papers on /kit, and the ZIP of them all.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { thumbnails } from '../../src/components/thumbnails.ts';
import { bundleOf } from '../../src/kit/bundle.ts';
import { freePlace, ways } from '../../src/kit/ways.ts';
import { builtPages } from '../writing/built.ts';
import { papers, printed, root, tongues } from './printed.ts';

const page = builtPages.find(({ path }) => path === '/kit');
const built = (file: string) => readFileSync(join(root, 'dist/client/kit', file));
const heaviest = (way: string) =>
  weight(
    printed
      .filter((one) => one.paper.tongue && one.way === way)
      .toSorted((one, other) => other.pdf.length - one.pdf.length)[0]?.file ?? '',
  );
const weight = (file: string) => `${Math.ceil(built(file).length / 1000)} ko`;

test('/kit leads to every file once, with its way to print and its weight', () => {
  assert.ok(page);
  const { $ } = page;
  const links = $('a[href$=".pdf"]').get();
  assert.deepEqual(
    links.map((link) => $(link).attr('href')).toSorted(),
    printed.map(({ file }) => `/kit/${file}`).toSorted(),
  );
  for (const { file, way, paper } of printed) {
    const link = $(`a[href="/kit/${file}"]`);
    assert.equal(link.attr('download'), file);
    const text = link.text();
    if (!paper.tongue) assert.equal(text, `${ways[way].name}, PDF, ${weight(file)}, ${paper.name}`);
    else {
      assert.equal(text, `${paper.tongue.id} ${paper.tongue.name}, ${ways[way].name}`);
      assert.equal(link.find('bdi').attr('lang'), paper.tongue.lang);
      assert.ok(
        link
          .parent()
          .text()
          .startsWith(`${ways[way].name}, PDF, ${heaviest(way)} au plus`),
      );
    }
  }
});

test('/kit has three groups, a drawing for each paper in French, and each way of nine languages in one line', () => {
  assert.ok(page);
  const { $ } = page;
  assert.deepEqual(
    $('h2:contains("À imprimer")')
      .nextUntil('h2', 'h3')
      .get()
      .map((title) => $(title).text()),
    ['À poser sur un mur ou un comptoir', 'À emporter', 'Dans une autre langue'],
  );
  const drawn = $('li.card').get();
  const french = papers.filter(({ tongue }) => !tongue);
  assert.deepEqual(
    drawn.map((card) => $(card).find('strong').text()),
    french.map(({ name }) => name),
  );
  for (const [index, card] of drawn.entries()) {
    const drawing = $(card).find('svg[aria-hidden="true"] path');
    assert.equal(drawing.attr('d'), thumbnails[french[index]?.thumbnail ?? 'poster']);
  }
  const lines = $('p.links')
    .get()
    .filter((line) => $(line).find('bdi').length > 0);
  assert.deepEqual(
    lines.map((line) => $(line).find('a').length),
    [tongues.length, tongues.length],
  );
});

test('before any file, /kit says that it stays on the device, and where the partner may put its mark', () => {
  const text = page?.$('main').text() ?? '';
  const told = text.indexOf('Un fichier téléchargé reste dans l’appareil.');
  assert.ok(told > 0 && told < text.indexOf(', PDF'));
  assert.ok(text.includes(freePlace));
  assert.match(freePlace, /40 × 20 mm/);
});

test('one ZIP holds every file, and nothing else, in a folder for each way to print', () => {
  const entries = unzipSync(built('documents.zip'));
  assert.deepEqual(
    Object.keys(entries).toSorted(),
    printed.map(({ way, file }) => `${ways[way].folder}/${file}`).toSorted(),
  );
  for (const { way, file } of printed)
    assert.ok(built(file).equals(entries[`${ways[way].folder}/${file}`] ?? Buffer.alloc(0)), file);
  const link = page?.$('a[href="/kit/documents.zip"]');
  assert.equal(link?.text(), `Tout, en un dossier compressé (ZIP), ${weight('documents.zip')}`);
  assert.equal(link?.attr('download'), 'documents.zip');
});

test('the ZIP is the same, byte for byte, each time it is made, wherever the clock stands', () => {
  const zoned = process.env.TZ;
  try {
    const zips = ['UTC', 'Pacific/Auckland', 'America/Los_Angeles'].map((zone) => {
      process.env.TZ = zone;
      return Buffer.from(bundleOf(printed));
    });
    for (const zip of zips) assert.ok(zip.equals(zips[0] as Buffer));
  } finally {
    if (zoned === undefined) delete process.env.TZ;
    else process.env.TZ = zoned;
  }
});
