// Every file of the kit as it is printed, for tests that question them with poppler, which did not write them.
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import sharp, { type Region } from 'sharp';
import { tonguesOf } from '../../src/kit/languages.ts';
import { fileOf, type Paper, print } from '../../src/kit/paper.ts';
import { papersIn } from '../../src/kit/papers.ts';
import type { Way } from '../../src/kit/pdf/pdf.ts';
import { temporaryFolder } from '../support/folder.ts';

export const root = new URL('../..', import.meta.url).pathname;
export const site = new URL('https://un-premier-pas.example');
export const tongues = tonguesOf(join(root, 'src/content'));
export const papers = papersIn(tongues);

/** The folder where they are, and why a test that asks poppler cannot run. */
export const folder = temporaryFolder();
export const skip = spawnSync('pdfinfo', ['-v']).error ? 'poppler-utils is not installed' : false;

/** A file, and the paper that it prints. */
export type Printed = { file: string; way: Way; paper: Paper; pdf: Buffer };

/** Every file, drawn once for a file of tests. */
export const printed: Printed[] = await Promise.all(
  papers.flatMap((paper) =>
    paper.ways.map(async (way) => ({
      file: fileOf(paper, way),
      way,
      paper,
      pdf: await print(paper, way, site),
    })),
  ),
);
for (const { file, pdf } of printed) writeFileSync(join(folder, file), pdf);

/** What a tool answers of a file in the folder. */
export function asked(tool: string, ...words: string[]): string {
  return execFileSync(tool, words, { cwd: folder, encoding: 'utf8' });
}

/** The words of a file, or of one of its pages. */
export function textOf(file: string, page?: number): string {
  const pages = page ? ['-f', String(page), '-l', String(page)] : [];
  return plain(asked('pdftotext', ...pages, file, '-'));
}

/**
 * Words with one ordinary space between them: lines and no-break spaces are the matter of the sheet, and so are the marks of
 * direction, which a reader adds.
 */
export function plain(written: string): string {
  return written
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The drawing orders of each page of a PDF, as text. */
export function ordersOf(pdf: Buffer): string[] {
  const source = pdf.toString('latin1');
  const streams = [...source.matchAll(/\/FlateDecode[^>]*>>\s*stream\r?\n([\s\S]*?)\r?\nendstream/g)];
  return streams
    .map(([, bytes = '']) => inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1'))
    .filter((orders) => orders.includes(' BDC\n') && orders.includes('EMC'));
}

/** Every colour that drawing orders set, with its space: « DeviceCMYK 0 0 0 1 ». */
export function coloursOf(pdf: Buffer): string[] {
  const orders = ordersOf(pdf).join('\n');
  return [...orders.matchAll(/\/(\w+) (?:cs|CS)\n([\d. ]+) (?:scn|SCN)\n/g)].map(
    ([, space, values]) => `${space} ${values}`,
  );
}

/** Points of paper, told in dots, of a page without smoothed edges; one byte each, from black to white. */
export async function dotsOf(file: string, resolution: number, region?: Region): Promise<Buffer> {
  const smooth = ['-aa', 'no', '-aaVector', 'no'];
  asked('pdftoppm', ...smooth, '-r', String(resolution), '-png', '-singlefile', file, `${file}-dots`);
  const picture = sharp(join(folder, `${file}-dots.png`));
  return (region ? picture.extract(region) : picture).toColourspace('b-w').raw().toBuffer();
}
