// What is drawn for the eye only: grounds, bands, steps, lines to cut and to fold along.
import type { Colour } from '../../service/colours.ts';
import { type Ink, inks } from './ink.ts';
import type { Sheet } from './sheet.ts';

/** The ink of a colour on a sheet. */
export function inkOf({ way }: Sheet, colour: Colour): Ink {
  return inks[way][colour];
}

/** Draws what a screen reader must pass over. */
export function decorate({ doc }: Sheet, draw: (doc: PDFKit.PDFDocument) => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw(doc);
  doc.endMarkedContent();
}

/** A rectangle of one colour. */
export function fill(
  sheet: Sheet,
  box: { x: number; y: number; width: number; height: number },
  colour: Colour,
): void {
  const { unit } = sheet;
  decorate(sheet, (doc) => {
    doc.rect(box.x * unit, box.y * unit, box.width * unit, box.height * unit).fill(inkOf(sheet, colour));
  });
}

/**
 * A band as far as colour goes, and the colour of what is written on it. In black, two rules: a photocopier turns a dark
 * ground into stripes.
 */
export function band(sheet: Sheet, { y, height }: { y: number; height: number }): Colour {
  const { left, right } = sheet.reach;
  const across = { x: left, width: right - left };
  if (sheet.way !== 'mono') {
    fill(sheet, { ...across, y, height }, 'accent');
    return 'paper';
  }
  for (const top of [y, y + height - 2]) fill(sheet, { ...across, y: top, height: 2 }, 'ink');
  return 'ink';
}

/**
 * Steps that rise to the right, each as wide as the others, down to `foot`; `tops` are their heights on the sheet. In
 * black, only their edge.
 */
export function steps(sheet: Sheet, tops: readonly number[], foot = sheet.reach.bottom): void {
  const { unit, way } = sheet;
  const { left, right } = sheet.reach;
  decorate(sheet, (doc) => {
    const to = (x: number, y: number) => doc.lineTo(x * unit, y * unit);
    const wide = (right - left) / tops.length;
    doc.moveTo(left * unit, (way === 'mono' ? (tops[0] ?? foot) : foot) * unit);
    for (const [index, top] of tops.entries()) {
      to(left + index * wide, top);
      to(left + (index + 1) * wide, top);
    }
    if (way === 'mono') {
      doc
        .lineWidth(0.8 * unit)
        .lineJoin('miter')
        .stroke(inkOf(sheet, 'ink'));
      return;
    }
    to(right, foot);
    doc.closePath().fill(inkOf(sheet, 'tint'));
  });
}

/** A line to cut or to fold along. */
export function dashes(sheet: Sheet, from: [number, number], to: [number, number]): void {
  const { unit } = sheet;
  decorate(sheet, (doc) => {
    doc.moveTo(from[0] * unit, from[1] * unit).lineTo(to[0] * unit, to[1] * unit);
    doc
      .lineWidth(0.2 * unit)
      .dash(1.5 * unit, {})
      .stroke(inkOf(sheet, 'ink'));
    doc.undash();
  });
}
