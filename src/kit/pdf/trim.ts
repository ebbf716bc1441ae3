// What a print shop needs around a sheet: colour that runs past the cut, and marks where to cut.
import { inks } from './ink.ts';

/** Lengths of a page, in points: that of the cut sheet, and how far the page goes around it. */
export type Trim = { width: number; height: number; around: number };

const millimetre = 72 / 25.4;

/** How far colour runs past the cut, in millimetres. */
export const bleed = 3;

/** How far the page goes past the cut, marks included, in millimetres. */
export const slug = 10;

// From a cut to its mark, and to the end of the mark.
const markFrom = 4 * millimetre;
const markTo = 9 * millimetre;

/** Tells a page where it is cut and how far its colour runs, draws the marks, and puts its origin at the cut. */
export function trimPage(doc: PDFKit.PDFDocument, { width, height, around }: Trim): void {
  const boxAt = (beyond: number) => [
    around - beyond,
    around - beyond,
    around + width + beyond,
    around + height + beyond,
  ];
  const { data } = doc.page.dictionary as unknown as { data: Record<string, number[]> };
  data.TrimBox = boxAt(0);
  data.BleedBox = boxAt(bleed * millimetre);
  doc.translate(around, around);
  doc.markContent('Artifact', { type: 'Page' });
  for (const [x, outX] of [
    [0, -1],
    [width, 1],
  ] as const)
    for (const [y, outY] of [
      [0, -1],
      [height, 1],
    ] as const) {
      doc.moveTo(x + outX * markFrom, y).lineTo(x + outX * markTo, y);
      doc.moveTo(x, y + outY * markFrom).lineTo(x, y + outY * markTo);
    }
  doc.lineWidth(0.25).stroke(inks.shop.ink);
  doc.endMarkedContent();
}
