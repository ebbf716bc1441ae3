// The discreet poster: a name, a number, hours. It never says what the line is about: others read the same wall.
import { phone, service } from '../service/service.ts';
import type { Tongue } from './languages.ts';
import { type Sheet, sizeFilling, steps, write } from './pdf/pdf.ts';
import {
  besideCode,
  column,
  drawAddress,
  drawMark,
  drawNumber,
  footLine,
  writeHeading,
  writeVersion,
} from './poster-parts.ts';
import { appeal, hoursLine, urgentLines } from './sentences.ts';

/** What differs from one poster to another. Lengths are those of an A4 sheet. */
export type Poster = {
  /** Where its name stands, under the place of the partner's mark. */
  top: number;
  steps: readonly number[];
  /** The code and the address under it; there are none where the site does not know its address. */
  code: { side: number; size: number };
  versionSize: number;
  /** Small posters leave out the urgent numbers: nobody could read them from where they stand. */
  tellsUrgent: boolean;
  tongue?: Tongue;
};

/** Draws the poster. */
export function drawPoster(sheet: Sheet, poster: Poster, site: URL | undefined): void {
  steps(sheet, poster.steps);
  drawHead(sheet, poster);
  drawNumber(sheet, 130);
  drawHours(sheet, poster.tongue);
  if (poster.tellsUrgent) drawUrgent(sheet, poster.tongue, site !== undefined);
  writeVersion(sheet, poster.versionSize);
  if (site) drawAddress(sheet, site, poster.code);
}

function drawHead(sheet: Sheet, { top, tongue }: Poster): void {
  drawMark(sheet);
  if (tongue)
    write(sheet, {
      text: tongue.name,
      lang: tongue.lang,
      x: 48,
      y: 29,
      width: 90,
      size: 8,
      align: 'left',
      weight: 700,
      colour: 'accent',
    });
  writeHeading(sheet, { text: service.name, as: 'H1', y: top });
  const size = sizeFilling(sheet, appeal.what, column.width, 400);
  const y = write(sheet, { ...column, text: appeal.who, y: top + 19, size });
  const foot = write(sheet, { text: appeal.what, x: 20, y: y + 3, width: column.width + 0.1, size });
  if (tongue) drawPitch(sheet, tongue, foot);
}

// The same in the other language, a line for each of the two sentences, as in French.
function drawPitch(sheet: Sheet, { pitch, lang }: Tongue, y: number): void {
  const lines = pitch.split(/(?<=^[^.。]*[.。])\s*/u);
  const size = Math.min(5.6, ...lines.map((line) => sizeFilling(sheet, line, column.width, 400)));
  for (const [index, text] of lines.entries())
    write(sheet, { text, lang, x: 20, y: y + 1 + index * 7.4, width: column.width + 0.1, size });
}

function drawHours(sheet: Sheet, tongue: Tongue | undefined): void {
  const strong = { ...column, weight: 700, colour: 'accent' } as const;
  if (!tongue) {
    const y = write(sheet, { ...strong, text: hoursLine, y: 194, size: 8.6 });
    write(sheet, { ...column, text: phone.cost, y, size: 8.6 });
    return;
  }
  const { lang } = tongue;
  const size = 6.4;
  const foot = write(sheet, { ...strong, text: hoursLine, y: 188, size });
  const other = write(sheet, { ...column, text: phone.cost, y: foot, size }) + 3;
  const cost = write(sheet, { ...strong, lang, text: tongue.hours, y: other, size });
  const last = write(sheet, { ...column, lang, text: tongue.cost, y: cost, size });
  // From the right, it starts above the code: a line that wrapped would cover it, and the code would not be read.
  const width = tongue.direction === 'rtl' ? column.width : besideCode;
  write(sheet, { x: 20, width, lang, text: tongue.inFrench, y: last, size });
}

// From the foot of the sheet upwards, in small letters: they have their place on the site. Beside the code where there is
// one: from the right edge without it, what is read from the right would hang in the middle of the sheet.
function drawUrgent(sheet: Sheet, tongue: Tongue | undefined, hasCode: boolean): void {
  const lines = [
    ...(tongue ? urgentLines(tongue.urgent).map((text) => ({ text, lang: tongue.lang })) : []),
    ...urgentLines().map((text) => ({ text })),
  ];
  const room = hasCode ? besideCode : column.width;
  for (const [index, line] of lines.entries())
    write(sheet, {
      ...line,
      x: 20,
      y: footLine - 6 - (lines.length - 1 - index) * 6,
      width: room,
      size: Math.min(4.4, sizeFilling(sheet, line.text, room - 1, 400)),
    });
}
