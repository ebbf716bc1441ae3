// A paper: what partners may print, and the files that print it.

import type { Tongue } from './languages.ts';
import { type Format, pdfOf, type Sheet, type Way } from './pdf/pdf.ts';

/** Where a paper goes: on a wall or a counter, in a hand, or where another language is spoken. */
export type Group = 'wall' | 'hand' | 'language';

/** The drawing beside its name. */
export type Thumbnail = 'poster' | 'plain' | 'number' | 'sticker' | 'tabs' | 'card' | 'cards';

/** A paper, and what people are told about it. */
export type Paper = {
  /** What its files are named after. */
  stem: string;
  group: Group;
  thumbnail: Thumbnail;
  name: string;
  /** « A4, 210 × 297 mm ». */
  size: string;
  purpose: string;
  ways: readonly Way[];
  format: Format;
  draw: (sheet: Sheet, site: URL | undefined) => void;
  tongue?: Tongue;
};

const endings: Record<Way, string> = { office: '', shop: '-imprimeur', mono: '-noir' };

/** The name under `/kit/` of a paper for a way to print. */
export function fileOf({ stem }: Paper, way: Way): string {
  return `${stem}${endings[way]}.pdf`;
}

/** The PDF of a paper. `site` is the address of the site, where it knows it: then posters have a code. */
export function print(paper: Paper, way: Way, site: URL | undefined): Promise<Buffer> {
  return pdfOf(paper.format, way, (sheet) => paper.draw(sheet, site));
}
