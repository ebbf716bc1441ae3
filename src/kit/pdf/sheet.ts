// A sheet of paper to draw on: tagged for screen readers, its letters embedded, and the same bytes at every build.
import PDFDocument from 'pdfkit';
import { service } from '../../service/service.ts';
import { versionDay } from '../version.ts';
import type { Way } from './ink.ts';
import { bleed, slug, trimPage } from './trim.ts';
import { alphabets, typeface, type Weight } from './typeface.ts';

/**
 * A document being drawn. `unit` is what its lengths are told in, as points: a millimetre, or what a millimetre of A4
 * becomes on a larger or a smaller poster.
 */
export type Sheet = {
  doc: PDFKit.PDFDocument;
  /** Where everything that a screen reader reads is added, in order. */
  content: PDFKit.PDFStructureElement;
  unit: number;
  width: number;
  height: number;
  way: Way;
  /** How far colour goes: inside the rim that a printer leaves, or past the cut of a shop. */
  reach: { left: number; top: number; right: number; bottom: number };
  /** Where the sheet starts on its page, across and down, in points. */
  origin: number;
};

/**
 * How large a sheet is, in its own units; `scale` is the millimetres of one unit, `rim` what a band keeps white around
 * it where nobody cuts.
 */
export type Format = { width: number; height: number; scale: number; rim: number };

const millimetre = 72 / 25.4;
const weights: Weight[] = [400, 700];

/** The PDF of a sheet that `draw` fills, for a way to print. */
export async function pdfOf(format: Format, way: Way, draw: (sheet: Sheet) => void): Promise<Buffer> {
  const doc = new PDFDocument({
    autoFirstPage: false,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'fr-FR',
    displayTitle: true,
    font: typeface('latin', 400) as unknown as string, // the types do not know that a font may be given by its bytes
    info: { Title: service.name, Author: service.owner, CreationDate: versionDay, ModDate: versionDay },
  });
  for (const alphabet of alphabets)
    for (const weight of weights) doc.registerFont(`${alphabet} ${weight}`, typeface(alphabet, weight));
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => doc.on('end', resolve));
  const content = doc.struct('Document');
  doc.addStructure(content);
  const sheet = { doc, content, ...spanOf(format, way) };
  turn(sheet);
  draw(sheet);
  content.end();
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

/** Starts another page of the same size. */
export function turn({ doc, unit, width, height, way, origin }: Sheet): void {
  const cut = { width: width * unit, height: height * unit };
  doc.addPage({ size: [cut.width + 2 * origin, cut.height + 2 * origin], margin: 0 });
  if (way === 'shop') trimPage(doc, { ...cut, around: origin });
}

function spanOf({ width, height, scale, rim }: Format, way: Way): Omit<Sheet, 'doc' | 'content'> {
  const inside = way === 'shop' ? -bleed / scale : rim;
  return {
    unit: millimetre * scale,
    width,
    height,
    way,
    reach: { left: inside, top: inside, right: width - inside, bottom: height - inside },
    origin: way === 'shop' ? slug * millimetre : 0,
  };
}
