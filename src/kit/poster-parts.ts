// What posters share: the mark, the band of the number, the foot. Lengths are those of an A4 sheet.
import type { Colour } from '../service/colours.ts';
import { phone } from '../service/service.ts';
import { band, decorate, inkOf, type Sheet, sizeFilling, write } from './pdf/pdf.ts';
import { drawCode, plainAddress } from './qr-code.ts';
import { versionWords } from './version.ts';

/** The margins of what is written. The top right stays free, 40 × 20 mm at least, for the mark of the partner. */
export const column = { x: 20, width: 170 } as const;

/** The room of words that have the code beside them. */
export const besideCode = 122;

/** Where what stands at the foot ends. */
export const footLine = 280;

/** The mark of the line: steps up. */
export function drawMark(sheet: Sheet): void {
  decorate(sheet, (doc) => {
    const point = (x: number, y: number): [number, number] => [(column.x + x) * sheet.unit, y * sheet.unit];
    doc
      .moveTo(...point(1.2, 32))
      .lineTo(...point(7.2, 32))
      .lineTo(...point(7.2, 26))
      .lineTo(...point(13.2, 26))
      .lineTo(...point(13.2, 20))
      .lineTo(...point(19.2, 20));
    doc
      .lineWidth(2.4 * sheet.unit)
      .lineJoin('round')
      .lineCap('round')
      .stroke(inkOf(sheet, 'accent'));
  });
}

/** The number on its band, as large as the column. */
export function drawNumber(sheet: Sheet, y: number): void {
  const colour = band(sheet, { y, height: 46 });
  writeHeading(sheet, { text: phone.written, y: y + 31.5, as: 'P', colour });
}

/** Words as large as the column. Their letters start a little right of where they are put: they are put a little left. */
export function writeHeading(
  sheet: Sheet,
  heading: { text: string; y: number; as: 'H1' | 'P'; colour?: Colour },
): void {
  const size = sizeFilling(sheet, heading.text, column.width);
  const { x, width } = { x: column.x - 1, width: column.width + 2 };
  write(sheet, { colour: 'accent', ...heading, x, width, size, weight: 700 });
}

/** The code of the site, and its address under it. */
export function drawAddress(sheet: Sheet, site: URL, { side, size }: { side: number; size: number }): void {
  const x = column.x + column.width - side;
  drawCode(sheet, site, { x, y: footLine - 7 - side * 1.15, side }); // its white border ends above the address
  const { host } = new URL(plainAddress(site));
  write(sheet, { text: host, ...column, y: footLine, size, align: 'right', colour: 'accent' });
}

/** When the paper was written. */
export function writeVersion(sheet: Sheet, size: number, y: number = footLine): void {
  write(sheet, { text: versionWords, x: column.x, width: besideCode, y, size });
}
