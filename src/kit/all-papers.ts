// All the papers of this site, drawn once for the page that weighs them and for the files themselves.

import { tonguesOf } from './languages.ts';
import { fileOf, type Paper, print } from './paper.ts';
import { papersIn } from './papers.ts';
import type { Way } from './pdf/pdf.ts';

const site = import.meta.env.SITE ? new URL(import.meta.env.SITE) : undefined;

/** A file to print: its name under `/kit/`, and its bytes. */
export type PrintedFile = { way: Way; file: string; pdf: Buffer };

/** Every paper, with its files. `npm run dev` keeps the languages that it found when it started. */
export const allPapers: (Paper & { files: PrintedFile[] })[] = await Promise.all(
  papersIn(tonguesOf('src/content')).map(async (paper) => ({ ...paper, files: await filesOf(paper) })),
);

function filesOf(paper: Paper): Promise<PrintedFile[]> {
  return Promise.all(
    paper.ways.map(async (way) => ({ way, file: fileOf(paper, way), pdf: await print(paper, way, site) })),
  );
}
