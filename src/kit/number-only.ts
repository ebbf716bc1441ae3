// Papers with the number only, which lie where anybody may read them: a number, at most its hours and a word of welcome,
// and nothing that says what for.
import { hours, phone } from '../service/service.ts';
import { fill, type Sheet, sizeFilling, steps, write } from './pdf/pdf.ts';

/** The number alone, as large as the sheet bears. */
export function drawBareNumber(sheet: Sheet): void {
  steps(sheet, [178, 164, 150, 136]);
  const width = sheet.width - 50;
  const size = sizeFilling(sheet, phone.written, width);
  const line = { x: 24, y: 100, width: width + 2, size, weight: 700, colour: 'accent' } as const;
  write(sheet, { ...line, text: phone.written, as: 'H1' });
}

/** For a mirror: the number and its hours. */
export function drawSticker(sheet: Sheet): void {
  const { left, top, right, bottom } = sheet.reach;
  const width = sheet.width - 24;
  fill(sheet, { x: left, y: top, width: right - left, height: bottom - top }, 'accent');
  const line = { x: 11, width: width + 2, colour: 'paper', align: 'center' } as const;
  const size = sizeFilling(sheet, phone.written, width);
  write(sheet, { ...line, text: phone.written, as: 'H1', y: 27, size, weight: 700 });
  write(sheet, {
    ...line,
    text: hours.short,
    y: 36.5,
    size: Math.min(4.6, sizeFilling(sheet, hours.short, width)),
  });
}
