// The poster: a name, a number, hours. It never says what the line is about: others read the same wall.
import { colours } from '../service/colours.ts';
import { hours, phone, service } from '../service/service.ts';
import type { Tongue } from './languages.ts';
import { decorate, fill, type Sheet, sizeFilling, steps, write } from './pdf/pdf.ts';
import { drawCode, plainAddress } from './qr-code.ts';
import { appeal, urgentLines } from './sentences.ts';

/** What differs from one poster to another. Lengths are those of an A4 sheet. */
export type Poster = {
  /** The side of the code; there is none where the site does not know its address. */
  codeSide: number;
  addressSize: number;
  /** Small posters leave out the urgent numbers: nobody could read them from where they stand. */
  tellsUrgent: boolean;
  tongue?: Tongue;
};

const margin = 20;
const width = 170;
const besideCode = 120;

/** Draws the poster. */
export function drawPoster(sheet: Sheet, poster: Poster, site: URL | undefined): void {
  steps(sheet, [262, 250, 238, 226]);
  drawHead(sheet, poster.tongue);
  drawNumber(sheet);
  drawHours(sheet, poster.tongue);
  if (poster.tellsUrgent) drawUrgent(sheet, poster.tongue, site !== undefined);
  if (site) drawAddress(sheet, poster, site);
}

function drawHead(sheet: Sheet, tongue: Tongue | undefined): void {
  decorate(sheet, (doc) => {
    const point = (x: number, y: number): [number, number] => [
      (margin + x) * sheet.unit,
      (20 + y) * sheet.unit,
    ];
    doc
      .moveTo(...point(0, 12))
      .lineTo(...point(6, 12))
      .lineTo(...point(6, 6))
      .lineTo(...point(12, 6));
    doc.lineTo(...point(12, 0)).lineTo(...point(18, 0));
    doc
      .lineWidth(2.4 * sheet.unit)
      .lineJoin('round')
      .lineCap('round')
      .stroke(colours.accent);
  });
  if (tongue) {
    const label = { text: tongue.name, lang: tongue.lang, x: margin, y: 29, width, size: 7 } as const;
    write(sheet, { ...label, align: 'right', weight: 700, colour: 'accent' });
  }
  const size = sizeFilling(sheet, service.name, width);
  write(sheet, {
    text: service.name,
    as: 'H1',
    x: margin - 1,
    y: 68,
    width: width + 2,
    size,
    weight: 700,
    colour: 'accent',
  });
  const textSize = sizeFilling(sheet, appeal.what, width, 400);
  const y = write(sheet, { text: appeal.who, x: margin, y: 87, width, size: textSize });
  const foot = write(sheet, { text: appeal.what, x: margin, y: y + 3, width: width + 0.1, size: textSize });
  if (tongue) drawPitch(sheet, tongue, foot);
}

// The same in the other language, a line for each of the two sentences, as in French.
function drawPitch(sheet: Sheet, { pitch, lang }: Tongue, y: number): void {
  const lines = pitch.split(/(?<=^[^.。]*[.。])\s*/u);
  const size = Math.min(5.6, ...lines.map((line) => sizeFilling(sheet, line, width, 400)));
  for (const [index, text] of lines.entries())
    write(sheet, { text, lang, x: margin, y: y - 1 + index * 7.4, width: width + 0.1, size });
}

function drawNumber(sheet: Sheet): void {
  fill(sheet, { x: 0, y: 130, width: sheet.width, height: 46 }, 'accent');
  const size = sizeFilling(sheet, phone.written, width);
  write(sheet, {
    text: phone.written,
    x: margin - 1,
    y: 161.5,
    width: width + 2,
    size,
    weight: 700,
    colour: 'paper',
  });
}

function drawHours(sheet: Sheet, tongue: Tongue | undefined): void {
  const size = tongue ? 7 : 8.6;
  const french = `${hours.written.charAt(0).toUpperCase()}${hours.written.slice(1)}`;
  let y = write(sheet, {
    text: french,
    x: margin,
    y: tongue ? 190 : 194,
    width,
    size,
    weight: 700,
    colour: 'accent',
  });
  y = write(sheet, { text: phone.cost, x: margin, y, width, size });
  if (!tongue) return;
  const other = { lang: tongue.lang, x: margin, size: 7 } as const;
  y = write(sheet, { ...other, text: tongue.hours, y: y + 5, width, weight: 700, colour: 'accent' });
  y = write(sheet, { ...other, text: tongue.cost, y, width });
  // From the right, it starts above the code: a line that wrapped would cover it, and the code would not be read.
  const room = tongue.direction === 'rtl' ? width : besideCode;
  write(sheet, { ...other, text: tongue.inFrench, y, width: room });
}

// From the foot of the sheet upwards, in small letters: they have their place on the site. Beside the code where there is
// one: from the right edge without it, what is read from the right would hang in the middle of the sheet.
function drawUrgent(sheet: Sheet, tongue: Tongue | undefined, hasCode: boolean): void {
  const lines = [
    ...(tongue ? urgentLines(tongue.urgent).map((text) => ({ text, lang: tongue.lang })) : []),
    ...urgentLines().map((text) => ({ text })),
  ];
  const room = hasCode ? besideCode : width;
  for (const [index, line] of lines.entries())
    write(sheet, {
      ...line,
      x: margin,
      y: 287 - (lines.length - 1 - index) * 6,
      width: room,
      size: Math.min(4.4, sizeFilling(sheet, line.text, room - 1, 400)),
    });
}

function drawAddress(sheet: Sheet, { codeSide, addressSize }: Poster, site: URL): void {
  const x = sheet.width - margin - codeSide;
  const y = 280 - codeSide * 1.15; // its white border ends above the address
  drawCode(sheet, site, { x, y, side: codeSide });
  const { host } = new URL(plainAddress(site));
  write(sheet, { text: host, x: margin, y: 287, width, size: addressSize, align: 'right', colour: 'accent' });
}
