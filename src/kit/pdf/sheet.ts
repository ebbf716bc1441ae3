// A sheet of paper to draw on: tagged for screen readers, its letters embedded, and the same bytes at every build.
import PDFDocument from 'pdfkit';
import { type Colour, colours } from '../../service/colours.ts';
import { service } from '../../service/service.ts';
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
};

/** How large a sheet is, in its own units; `scale` is the millimetres of one unit. */
export type Format = { width: number; height: number; scale: number };

const millimetre = 72 / 25.4;
const weights: Weight[] = [400, 700];

// A real date would change every file of the kit without a change in what it says.
const sameDay = new Date(Date.UTC(2026, 0, 1));

/** The PDF of a sheet that `draw` fills. */
export async function pdfOf(format: Format, draw: (sheet: Sheet) => void): Promise<Buffer> {
  const unit = millimetre * format.scale;
  const size: [number, number] = [format.width * unit, format.height * unit];
  const doc = new PDFDocument({
    size,
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'fr-FR',
    displayTitle: true,
    font: typeface('latin', 400) as unknown as string, // the types do not know that a font may be given by its bytes
    info: { Title: service.name, Author: service.owner, CreationDate: sameDay, ModDate: sameDay },
  });
  for (const alphabet of alphabets)
    for (const weight of weights) doc.registerFont(`${alphabet} ${weight}`, typeface(alphabet, weight));
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => doc.on('end', resolve));
  const content = doc.struct('Document');
  doc.addStructure(content);
  draw({ doc, content, unit, width: format.width, height: format.height });
  content.end();
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

/** Starts another page of the same size. */
export function turn({ doc, unit, width, height }: Sheet): void {
  doc.addPage({ size: [width * unit, height * unit], margin: 0 });
}

/** Draws what a screen reader must pass over. */
export function decorate({ doc }: Sheet, draw: (doc: PDFKit.PDFDocument) => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw(doc);
  doc.endMarkedContent();
}

/** A rectangle of one colour, for the eye only. */
export function fill(
  sheet: Sheet,
  box: { x: number; y: number; width: number; height: number },
  colour: Colour,
): void {
  const { unit } = sheet;
  decorate(sheet, (doc) => {
    doc.rect(box.x * unit, box.y * unit, box.width * unit, box.height * unit).fill(colours[colour]);
  });
}

/** Steps that rise to the right, each as wide as the others; `tops` are their heights on the sheet. */
export function steps(sheet: Sheet, tops: number[]): void {
  const { unit, width, height } = sheet;
  decorate(sheet, (doc) => {
    doc.moveTo(0, height * unit);
    for (const [index, top] of tops.entries()) {
      doc.lineTo((index / tops.length) * width * unit, top * unit);
      doc.lineTo(((index + 1) / tops.length) * width * unit, top * unit);
    }
    doc
      .lineTo(width * unit, height * unit)
      .closePath()
      .fill(colours.tint);
  });
}

/** A line to cut or to fold along, for the eye only. */
export function dashes(sheet: Sheet, from: [number, number], to: [number, number]): void {
  const { unit } = sheet;
  decorate(sheet, (doc) => {
    doc.moveTo(from[0] * unit, from[1] * unit).lineTo(to[0] * unit, to[1] * unit);
    doc
      .lineWidth(0.2 * unit)
      .dash(1.5 * unit, {})
      .stroke(colours.ink);
    doc.undash();
  });
}
