// A card for a wallet, folded once. Outside, a number; the rest is inside, where only the person who opens it reads.
import { hours, phone, service } from '../service/service.ts';
import { dashes, type Sheet, sizeFilling, turn, write } from './pdf/pdf.ts';
import { appeal, urgentLines } from './sentences.ts';

/** A folded card, in millimetres; open, it is twice as high. */
export const folded = { width: 85, height: 54 } as const;

const margin = 8;

/** Draws cards side by side, `across` by `down`: their outside on a page, their inside on the next. */
export function drawCards(sheet: Sheet, across: number, down: number): void {
  const left = (sheet.width - across * folded.width) / 2;
  const top = (sheet.height - down * folded.height * 2) / 2;
  const places = Array.from({ length: across * down }, (_, index) => ({
    x: left + (index % across) * folded.width,
    y: top + Math.floor(index / across) * folded.height * 2,
  }));
  for (const place of places) drawOutside(sheet, place);
  if (places.length > 1) drawCuts(sheet, left, top);
  turn(sheet);
  for (const place of places) drawInside(sheet, place);
}

type Place = { x: number; y: number };

function drawOutside(sheet: Sheet, { x, y }: Place): void {
  const width = folded.width - 2 * margin;
  const fold = y + folded.height;
  dashes(sheet, [x, fold], [x + 4, fold]);
  dashes(sheet, [x + folded.width - 4, fold], [x + folded.width, fold]);
  const size = sizeFilling(sheet, phone.written, width);
  const line = { x: x + margin - 1, y: fold + 30, width: width + 2, size } as const;
  write(sheet, { ...line, text: phone.written, as: 'H1', weight: 700, colour: 'accent', align: 'center' });
}

function drawInside(sheet: Sheet, { x, y }: Place): void {
  const column = { x: x + margin, width: folded.width - 2 * margin };
  const strong = { ...column, weight: 700, colour: 'accent' } as const;
  write(sheet, { ...strong, text: service.name, as: 'H2', y: y + 17, size: 7.6 });
  const below = write(sheet, { ...column, text: appeal.who, y: y + 25, size: 3.9 });
  write(sheet, { ...column, text: appeal.what, y: below + 1, size: 3.9 });
  write(sheet, { ...strong, text: phone.written, y: y + 66, size: 8 });
  write(sheet, { ...column, text: hours.short, y: y + 74, size: 3.9 });
  write(sheet, { ...column, text: phone.cost, y: y + 79.5, size: 3.9 });
  for (const [index, text] of urgentLines().entries())
    write(sheet, { ...column, text, y: y + 93 + index * 5, size: 3.4 });
}

function drawCuts(sheet: Sheet, left: number, top: number): void {
  const { width, height } = sheet;
  for (let x = left; x <= width - left + 0.1; x += folded.width) dashes(sheet, [x, 0], [x, height]);
  for (let y = top; y <= height - top + 0.1; y += folded.height * 2) dashes(sheet, [0, y], [width, y]);
}
