// All the papers of this site, drawn once for the page that weighs it and for the files themselves.

import { tonguesOf } from './languages.ts';
import { type Paper, papersIn, print } from './papers.ts';

const site = import.meta.env.SITE ? new URL(import.meta.env.SITE) : undefined;

/** Every paper, with its PDF. `npm run dev` keeps the languages that it found when it started. */
export const allPapers: (Paper & { pdf: Buffer })[] = await Promise.all(
  papersIn(tonguesOf('src/content')).map(async (paper) => ({ ...paper, pdf: await print(paper, site) })),
);
