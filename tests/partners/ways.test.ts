// The three ways to print: what a printer leaves white, what a print shop cuts and inks, what a photocopier can draw.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { asked, coloursOf, dotsOf, folder, ordersOf, type Printed, printed, skip } from './printed.ts';

const shop = printed.filter(({ way }) => way === 'shop');
const mono = printed.filter(({ way }) => way === 'mono');
const dotsPerMillimetre = 4;
const resolution = dotsPerMillimetre * 25.4;

// Around the cut: colour goes on for 3 mm, the page for 10.
const bleed = 3;
const slug = 10;

test('each paper has the ways to print that suit it', () => {
  const stems = (files: Printed[]) => files.map(({ paper }) => paper.stem);
  const posters = ['affiche-a4', 'affiche-a3', 'affiche-lieu-seul-a4', 'affiche-lieu-seul-a3', 'affiche-a6'];
  assert.deepEqual(stems(mono), ['affiche-a4', 'affiche-lieu-seul-a4', 'languettes-a4', 'cartes-a4']);
  assert.deepEqual(stems(shop.filter(({ paper }) => paper.group !== 'language')), [
    ...posters,
    'numero-seul-a4',
    'autocollant',
    'carte',
  ]);
  assert.equal(shop.length, 5 + 3 + 9);
});

test('a file for a shop says on each page where it is cut, and bleeds 3 mm', { skip }, () => {
  for (const { file, paper } of shop) {
    const { width, height, scale } = paper.format;
    const info = asked('pdfinfo', '-box', '-f', '1', '-l', '2', file);
    const boxes = (name: string) =>
      [...info.matchAll(new RegExp(`${name}: +([\\d.]+) +([\\d.]+) +([\\d.]+) +([\\d.]+)`, 'g'))].map((box) =>
        box.slice(1).map((points) => (Number(points) * 25.4) / 72),
      );
    const around = (by: number) => [
      slug - by,
      slug - by,
      slug + width * scale + by,
      slug + height * scale + by,
    ];
    assert.equal(boxes('TrimBox').length, paper.stem === 'carte' ? 2 : 1, file);
    for (const box of boxes('MediaBox')) assertNear(box, around(slug), file);
    for (const box of boxes('TrimBox')) assertNear(box, around(0), file);
    for (const box of boxes('BleedBox')) assertNear(box, around(bleed), file);
  }
});

test('a file for a shop has its four inks only, 300 % at most together, and marks outside of the bleed', {
  skip,
}, async () => {
  const black = 'DeviceCMYK 0 0 0 1';
  for (const { file, paper, pdf } of shop) {
    const inks = new Set(coloursOf(pdf));
    assert.ok(inks.has(black), file);
    assert.ok(inks.size > 1, file);
    for (const ink of inks) {
      assert.match(ink, /^DeviceCMYK(?: (?:0|1|0\.\d+)){4}$/, file);
      const total = ink.split(' ').slice(1).map(Number);
      assert.ok(total.reduce((sum, part) => sum + part) <= 3, `${file}: ${ink}`);
    }
    assert.doesNotMatch(ordersOf(pdf).join('\n'), /DeviceRGB|DeviceGray|\s(?:rg|RG|g|G|k|K)\n|\sDo\n/, file);
    const { width, height, scale } = paper.format;
    const page = await picture(file);
    const at = (x: number, y: number) => page.at(slug + x, slug + y);
    for (const end of [-6, height * scale + 6]) assertMark(page, { x: 0, y: end }, file);
    for (const end of [-6, width * scale + 6]) assertMark(page, { x: end, y: height * scale }, file);
    for (let x = -bleed; x < width * scale + bleed; x++)
      assert.equal(at(x, -bleed - 0.4), 255, `${file}: ink at ${x} above the bleed`);
  }
});

test('colour that reaches the edge runs past the cut on paper for a shop', { skip }, async () => {
  for (const [file, y] of [
    ['affiche-a4-imprimeur.pdf', 150],
    ['affiche-a4-imprimeur.pdf', 290],
    ['affiche-lieu-seul-a4-imprimeur.pdf', 150],
    ['autocollant-imprimeur.pdf', 27],
  ] as const) {
    const page = await picture(file);
    assert.ok(page.at(slug - 2.5, slug + y) < 250, `${file}: ${y}`);
    assert.equal(page.at(slug - 3.5, slug + y), 255, `${file}: ${y}`);
  }
});

// What is cut on the sheet has lines that go to its edge: they say where, printed whole or not.
test('on an office printer nothing stands within 5 mm of the edge', { skip }, async () => {
  const whole = printed.filter(({ way, paper }) => way !== 'shop' && !/languettes|carte/.test(paper.stem));
  assert.ok(whole.length >= 18);
  for (const { file, paper } of whole) {
    const { width, height, scale } = paper.format;
    const page = await picture(file);
    for (const rim of [0.3, 2.5, 4.7]) {
      for (let x = 0.3; x < width * scale - 0.3; x += 0.5)
        for (const y of [rim, height * scale - rim]) assertWhite(page, { x, y }, file);
      for (let y = 0.3; y < height * scale - 0.3; y += 0.5)
        for (const x of [rim, width * scale - rim]) assertWhite(page, { x, y }, file);
    }
  }
});

test('a file in black and white has no grey, in its orders nor on paper', { skip }, async () => {
  for (const { file, pdf } of mono) {
    for (const colour of coloursOf(pdf)) assert.match(colour, /^DeviceRGB (?:0 0 0|1 1 1)$/, file);
    const values = new Set(await dotsOf(file, 100));
    assert.deepEqual(
      [...values].toSorted((one, other) => one - other),
      [0, 255],
      file,
    );
  }
});

// A photocopier makes stripes of a dark ground.
test('a file in black and white has no dark ground', { skip }, async () => {
  for (const { file } of mono) {
    const page = await picture(file);
    for (let y = 5; y + 20 < 297; y += 5)
      for (let x = 5; x + 20 < 210; x += 5) assert.ok(darkness(page, x, y) < 0.6, `${file}: ${x}, ${y}`);
  }
});

// In millimetres of the sheet: the top right corner of what is written.
test('at the top right of posters and tabs, 40 × 20 mm stay free for the mark of the partner', {
  skip,
}, async () => {
  const marked = printed.filter(({ paper }) => /^affiche|^languettes/.test(paper.stem));
  assert.equal(marked.length, 5 + 5 + 2 + 18 + 2);
  for (const { file, way, paper } of marked) {
    const { width, scale } = paper.format;
    const origin = way === 'shop' ? slug : 0;
    const left = (width - 20) * scale - 40;
    const top = paper.stem === 'affiche-a6' ? 6 : 14;
    const page = await picture(file);
    for (let x = 0; x <= 40; x += 1 / dotsPerMillimetre)
      for (let y = 0; y <= 20; y += 1 / dotsPerMillimetre)
        assertWhite(page, { x: origin + left + x, y: origin + top + y }, file);
  }
});

function assertWhite(page: Page, { x, y }: { x: number; y: number }, file: string): void {
  if (page.at(x, y) !== 255) assert.fail(`${file}: ink at ${x}, ${y}`); // asked of a million places
}

/** A hairline, half a millimetre around a place. */
function assertMark(page: Page, { x, y }: { x: number; y: number }, file: string): void {
  const near = [-0.5, -0.25, 0, 0.25, 0.5];
  const lights = near.flatMap((right) => near.map((down) => page.at(slug + x + right, slug + y + down)));
  assert.ok(Math.min(...lights) < 250, `${file}: no mark at ${x}, ${y}`);
}

/** How much of a square of 20 mm is dark, from 0 to 1. */
function darkness(page: Page, left: number, top: number): number {
  const places = Array.from({ length: 400 }, (_, index) => [
    left + (index % 20),
    top + Math.floor(index / 20),
  ]);
  return places.filter(([x = 0, y = 0]) => page.at(x, y) < 128).length / places.length;
}

function assertNear(box: number[], wanted: number[], file: string): void {
  for (const [index, length] of wanted.entries())
    assert.ok(Math.abs((box[index] ?? Number.NaN) - length) < 0.05, `${file}: ${box}, not ${wanted}`);
}

type Page = { at: (x: number, y: number) => number };

/** How light a page is at a place, in millimetres: 255 is white. */
async function picture(file: string): Promise<Page> {
  asked('pdftoppm', '-r', String(resolution), '-png', '-singlefile', file, `${file}-page`);
  const { data, info } = await sharp(join(folder, `${file}-page.png`))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    at: (x, y) =>
      data[Math.floor(y * dotsPerMillimetre) * info.width + Math.floor(x * dotsPerMillimetre)] ?? Number.NaN,
  };
}
