// The poster that says what the line is about: for a place where one is alone, and reads without being seen to read.
import { phone, service } from '../service/service.ts';
import { type Sheet, sizeFilling, steps, write } from './pdf/pdf.ts';
import {
  besideCode,
  column,
  drawAddress,
  drawMark,
  drawNumber,
  footLine,
  writeVersion,
} from './poster-parts.ts';
import { appeal, hoursLine, plainAppeal, urgentLines } from './sentences.ts';

/** Draws the poster. */
export function drawPlainPoster(sheet: Sheet, site: URL | undefined): void {
  steps(sheet, [256, 246, 236, 226]);
  drawMark(sheet);
  drawSignature(sheet);
  drawQuestion(sheet);
  drawNumber(sheet, 130);
  drawDetails(sheet);
  drawUrgent(sheet);
  writeVersion(sheet, 2.6);
  if (site) drawAddress(sheet, site, { side: 32, size: 4.4 });
}

function drawSignature(sheet: Sheet): void {
  const beside = { x: 46, width: 98 } as const;
  write(sheet, { ...beside, text: service.name, y: 22.6, size: 6.4, weight: 700, colour: 'accent' });
  write(sheet, { ...beside, text: appeal.who, y: 28, size: 3.8 });
}

function drawQuestion(sheet: Sheet): void {
  const { question, comfort, answer } = plainAppeal;
  const strong = { x: column.x - 1, width: 158, weight: 700, colour: 'accent' } as const;
  const lines = question.split(' ');
  const size = Math.min(...lines.map((line) => sizeFilling(sheet, line, 138)));
  write(sheet, { ...strong, text: question, as: 'H1', y: 57, size, leading: 1.12 });
  write(sheet, { ...column, text: comfort, y: 114.3, size: 6.6, weight: 700 });
  write(sheet, { ...column, text: answer, y: 122.6, size: 6.6 });
}

function drawDetails(sheet: Sheet): void {
  const { freely, forWhom, others, trace } = plainAppeal;
  const strong = { ...column, weight: 700, colour: 'accent' } as const;
  let y = write(sheet, { ...strong, text: hoursLine, y: 190, size: 8 }) - 1.5;
  for (const text of [`${phone.cost}. ${freely}`, forWhom, others, trace])
    y = write(sheet, { ...column, text, y, size: 5 });
}

function drawUrgent(sheet: Sheet): void {
  for (const [index, text] of urgentLines().entries())
    write(sheet, {
      x: 20,
      width: besideCode,
      text,
      y: footLine - 14.5 + index * 7.5,
      size: 5.6,
      weight: 700,
    });
}
