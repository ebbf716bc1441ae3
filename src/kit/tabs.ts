// A sheet with tabs to tear off: a word of welcome, the number, and the number again to take away. It lies where anybody
// may read it, and says nothing of what it is about.
import { hours, phone } from '../service/service.ts';
import { dashes, type Sheet, sizeFilling, steps, write } from './pdf/pdf.ts';
import { column, drawMark, drawNumber, writeHeading, writeVersion } from './poster-parts.ts';
import { appeal, hoursLine } from './sentences.ts';

const tabs = 10;
const tabLength = 72;

/** Draws the sheet. */
export function drawTabs(sheet: Sheet): void {
  const cut = sheet.height - tabLength;
  steps(sheet, [210, 201, 192, 183], cut - 4);
  drawMark(sheet);
  writeHeading(sheet, { text: appeal.tabs, as: 'H1', y: 72 });
  drawNumber(sheet, 92);
  const y = write(sheet, { ...column, text: hoursLine, y: 156, size: 8.6, weight: 700, colour: 'accent' });
  write(sheet, { ...column, text: phone.cost, y, size: 8.6 });
  writeVersion(sheet, 2.6, cut - 8);
  const step = sheet.width / tabs;
  for (let index = 0; index < tabs; index++) drawTab(sheet, step * (index + 0.5), cut);
  for (let index = 1; index < tabs; index++) dashes(sheet, [step * index, cut], [step * index, sheet.height]);
  dashes(sheet, [0, cut], [sheet.width, cut]);
}

function drawTab(sheet: Sheet, centre: number, top: number): void {
  const { doc, unit } = sheet;
  const width = tabLength - 16;
  const line = { as: 'copy', x: centre - tabLength + 6, width, align: 'center' } as const;
  const size = sizeFilling(sheet, phone.written, width);
  doc.save();
  doc.rotate(-90, { origin: [centre * unit, top * unit] });
  write(sheet, { ...line, text: phone.written, y: top + 0.4, size, weight: 700, colour: 'accent' });
  write(sheet, { ...line, text: hours.short, y: top + 6.4, size: 3.6 });
  doc.restore();
}
