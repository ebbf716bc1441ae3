// Papers with the number only, which lie where anybody may read them: a number, at most its hours, and no word that says
// what for.
import { hours, phone } from '../service/service.ts';
import { dashes, fill, type Sheet, sizeFilling, steps, write } from './pdf/pdf.ts';

/** The number alone, as large as the sheet bears. */
export function drawBareNumber(sheet: Sheet): void {
  steps(sheet, [190, 176, 162, 148]);
  const width = sheet.width - 50;
  const size = sizeFilling(sheet, phone.written, width);
  write(sheet, {
    text: phone.written,
    as: 'H1',
    x: 24,
    y: 108,
    width: width + 2,
    size,
    weight: 700,
    colour: 'accent',
  });
}

const tabs = 10;
const tabLength = 72;

/** The number, and the number again on tabs to tear off. */
export function drawTabs(sheet: Sheet): void {
  const cut = sheet.height - tabLength;
  const width = sheet.width - 40;
  fill(sheet, { x: 0, y: 82, width: sheet.width, height: 60 }, 'accent');
  const size = sizeFilling(sheet, phone.written, width);
  write(sheet, {
    text: phone.written,
    as: 'H1',
    x: 19,
    y: 120,
    width: width + 2,
    size,
    weight: 700,
    colour: 'paper',
  });
  const step = sheet.width / tabs;
  for (let index = 0; index < tabs; index++) drawTab(sheet, step * (index + 0.5), cut);
  for (let index = 1; index < tabs; index++) dashes(sheet, [step * index, cut], [step * index, sheet.height]);
  dashes(sheet, [0, cut], [sheet.width, cut]);
}

/** For a mirror: the number and its hours. */
export function drawSticker(sheet: Sheet): void {
  const width = sheet.width - 20;
  fill(sheet, { x: 0, y: 0, width: sheet.width, height: sheet.height }, 'accent');
  const line = { x: 9, width: width + 2, weight: 700, colour: 'paper', align: 'center' } as const;
  write(sheet, {
    ...line,
    text: phone.written,
    as: 'H1',
    y: 29,
    size: sizeFilling(sheet, phone.written, width),
  });
  write(sheet, {
    ...line,
    text: hours.short,
    y: 40,
    size: Math.min(5, sizeFilling(sheet, hours.short, width)),
    weight: 400,
  });
}

function drawTab(sheet: Sheet, centre: number, top: number): void {
  const { doc, unit } = sheet;
  const size = sizeFilling(sheet, phone.written, tabLength - 16);
  doc.save();
  doc.rotate(-90, { origin: [centre * unit, top * unit] });
  write(sheet, {
    text: phone.written,
    as: 'copy',
    x: centre - tabLength,
    y: top + size * 0.36,
    width: tabLength,
    size,
    weight: 700,
    colour: 'accent',
    align: 'center',
  });
  doc.restore();
}
