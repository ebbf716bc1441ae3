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
  for (let row = 0; row < down; row++) drawFold(sheet, left, top + (row * 2 + 1) * folded.height);
  if (places.length > 1) drawCuts(sheet, left, top);
  turn(sheet);
  for (const place of places) drawInside(sheet, place);
}

type Place = { x: number; y: number };

function drawOutside(sheet: Sheet, { x, y }: Place): void {
  const width = folded.width - 2 * margin;
  const size = sizeFilling(sheet, phone.written, width);
  const line = { x: x + margin - 1, y: y + folded.height + 30, width: width + 2, size } as const;
  write(sheet, { ...line, text: phone.written, as: 'H1', weight: 700, colour: 'accent', align: 'center' });
}

// Beside the cards where the sheet is wider, or cut around them; on the back of a card that fills its sheet.
function drawFold(sheet: Sheet, left: number, y: number): void {
  const outside = sheet.way === 'shop' ? 9 : left;
  const room = outside || 4;
  const [from, to] = outside ? [left - outside, left - 4] : [0, room];
  dashes(sheet, [from, y], [to, y]);
  dashes(sheet, [sheet.width - from, y], [sheet.width - to, y]);
  const note = { text: 'plier ici', as: 'copy', size: 2.6, width: 14 } as const;
  if (outside) writeUp(sheet, note, { x: to - 1, y: y - 1 });
  else write(sheet, { ...note, x: 1.5, y: y - 1.2 });
}

type Note = { text: string; as: 'copy'; size: number; width: number };

function writeUp(sheet: Sheet, note: Note, { x, y }: Place): void {
  const { doc, unit } = sheet;
  doc.save();
  doc.rotate(-90, { origin: [x * unit, y * unit] });
  write(sheet, { ...note, x, y });
  doc.restore();
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
