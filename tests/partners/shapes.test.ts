// The letters of Arabic, Chinese and Tamil on paper: joined, turned and ordered as a browser does it with the same typefaces.
// Every line of the posters, and of the pages in these languages, which hold more of each alphabet.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Browser, chromium } from '@playwright/test';
import sharp from 'sharp';
import { tonguesOf } from '../../src/kit/languages.ts';
import { directionOf } from '../../src/kit/pdf/bidi.ts';
import { linesWithin } from '../../src/kit/pdf/line-breaks.ts';
import { pdfOf } from '../../src/kit/pdf/sheet.ts';
import { alphabets, typeface, type Weight } from '../../src/kit/pdf/typeface.ts';
import { write } from '../../src/kit/pdf/write.ts';
import { urgentLines } from '../../src/kit/sentences.ts';
import { readContent } from '../../src/writing/read.ts';
import { chromiumPath } from '../support/browser.ts';
import { temporaryFolder } from '../support/folder.ts';

const content = new URL('../../src/content', import.meta.url).pathname;
const { languages } = readContent(content);
const tongues = tonguesOf(content);
const folder = temporaryFolder();
const skip = spawnSync('pdftoppm', ['-v']).error ? 'poppler-utils is not installed' : false;

// Millimetres, but the last.
const width = 210;
const margin = 10;
const size = 6;
const pitch = 11;
const dotsPerMillimetre = 6;

type Line = { text: string; weight: Weight };

let browser: Browser;
before(async () => {
  browser = await chromium.launch({ executablePath: await chromiumPath() });
});
after(() => browser.close());

for (const id of ['arabe', 'chinois', 'tamoul']) {
  test(`every line in ${id} has the shapes that a browser gives it`, { skip }, async () => {
    const lines = linesOf(id);
    assert.ok(lines.length > 20, `${lines.length}`);
    const ours = await picture(`${id}-paper`, await onPaper(lines));
    const theirs = await picture(`${id}-browser`, await inBrowser(lines));
    const wrong = lines.filter((_, index) => differ(ours, theirs, (index + 1) * pitch));
    assert.deepEqual(
      wrong.map(({ text }) => text),
      [],
    );
  });
}

function linesOf(id: string): Line[] {
  const tongue = tongues.find((one) => one.id === id);
  const page = languages.find((one) => one.id === id);
  assert.ok(tongue && page);
  const words = page.body.replace(/\s+/g, ' ').trim();
  const texts = [
    ...[tongue.name, tongue.hours, tongue.cost, tongue.inFrench, ...urgentLines(tongue.urgent)],
    ...linesWithin(30, `${tongue.pitch} ${words}`, (line) => line.length).map((line) => line.trim()),
  ];
  return texts.map((text, index) => ({ text, weight: index % 2 === 0 ? 700 : 400 }));
}

function onPaper(lines: Line[]): Promise<Buffer> {
  return pdfOf({ width, height: heightOf(lines), scale: 1, rim: 0 }, 'office', (sheet) => {
    for (const [index, line] of lines.entries())
      write(sheet, { ...line, x: margin, y: (index + 1) * pitch, width: width - 2 * margin, size });
  });
}

async function inBrowser(lines: Line[]): Promise<Buffer> {
  const height = heightOf(lines);
  const faces = alphabets.flatMap((alphabet) =>
    ([400, 700] as const).map((weight) => {
      const bytes = typeface(alphabet, weight).toString('base64');
      return `@font-face { font-family: ${alphabet}; font-weight: ${weight}; src: url(data:font/ttf;base64,${bytes}) }`;
    }),
  );
  const rows = lines.map(({ text, weight }, index) => {
    const direction = directionOf(text);
    const x = direction === 'rtl' ? width - margin : margin;
    return `<text x="${x}" y="${(index + 1) * pitch}" direction="${direction}" font-weight="${weight}">${text}</text>`;
  });
  const page = await browser.newPage();
  await page.setContent(
    `<style>${faces.join('\n')} body { margin: 0 } svg { display: block; text-rendering: geometricPrecision; font-size: ${size}px; font-family: ${alphabets} }</style>
    <svg width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}" fill="#1b2329">${rows.join('')}</svg>`,
  );
  await page.evaluate(() => document.fonts.ready);
  const pdf = await page.pdf({ width: `${width}mm`, height: `${height + 1}mm` });
  await page.close();
  return pdf;
}

function heightOf(lines: Line[]): number {
  return (lines.length + 1) * pitch;
}

type Picture = { data: Buffer; width: number };

async function picture(name: string, pdf: Buffer): Promise<Picture> {
  writeFileSync(join(folder, name), pdf);
  const resolution = String(dotsPerMillimetre * 25.4);
  execFileSync('pdftoppm', ['-r', resolution, '-gray', '-png', '-singlefile', name, name], { cwd: folder });
  const { data, info } = await sharp(join(folder, `${name}.png`))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width };
}

// Whether, around a foot, one has ink where the other has none within a point: browsers round where letters start.
function differ(one: Picture, other: Picture, foot: number): boolean {
  const top = Math.round((foot - 8) * dotsPerMillimetre);
  const bottom = Math.round((foot + 3) * dotsPerMillimetre);
  for (let y = top; y < bottom; y++)
    for (let x = 0; x < one.width; x++)
      if (isAlone(one, other, x, y) || isAlone(other, one, x, y)) return true;
  return false;
}

function isAlone(one: Picture, other: Picture, x: number, y: number): boolean {
  if (!isInk(one, x, y)) return false;
  const near = [-1, 0, 1];
  return !near.some((down) => near.some((right) => isInk(other, x + right, y + down)));
}

function isInk({ data, width }: Picture, x: number, y: number): boolean {
  return (data[y * width + x] ?? 255) < 128;
}
