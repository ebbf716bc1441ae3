// Words on a sheet, as a heading or a paragraph that a screen reader finds.

import type { Colour } from '../../service/colours.ts';
import { directionOf, runsOf, withoutMarks } from './bidi.ts';
import { linesWithin } from './line-breaks.ts';
import { decorate, inkOf } from './ornaments.ts';
import { isShaped, writeShaped } from './shaped.ts';
import type { Sheet } from './sheet.ts';
import type { Weight } from './typeface.ts';

/** Words, and where their first line stands: `y` is its foot, `size` the height of letters, in units of the sheet. */
export type Block = {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
  weight?: Weight;
  colour?: Colour;
  /** By default, the side from which the text is read. */
  align?: 'left' | 'center' | 'right';
  /** What a screen reader says it is; of a copy, nothing: it has already read the words. */
  as?: 'H1' | 'H2' | 'P' | 'copy';
  lang?: string;
  /** From a line to the next, in sizes. */
  leading?: number;
};

/** Writes, and tells where the foot of a next line would be. */
export function write(sheet: Sheet, block: Block): number {
  const { as = 'P', text, width, leading: sizes = 1.36 } = block;
  const lines = linesWithin(width, text, (line) => widthOf(sheet, line, block));
  const leading = block.size * sizes;
  const draw = (line: string, index: number) => writeLine(sheet, block, line, block.y + index * leading);
  if (as === 'copy') decorate(sheet, () => lines.forEach(draw));
  else {
    const marked = lines.map((line, index) => markedLine(sheet, line, () => draw(line, index)));
    sheet.content.add(sheet.doc.struct(as, attributesOf(block), marked));
  }
  return block.y + lines.length * leading;
}

/** The size at which a text fills a width. */
export function sizeFilling(sheet: Sheet, text: string, width: number, weight: Weight = 700): number {
  return width / widthOf(sheet, text, { size: 1, weight });
}

// Tamil is told by line too: readers that go by the place of letters would follow the order of its shapes. They turn a line
// of Arabic themselves: told whole, it would be turned twice.
function markedLine({ doc }: Sheet, line: string, draw: () => void): PDFKit.PDFStructureContent {
  const hasTamil = runsOf(line, 'ltr').some(({ alphabet }) => alphabet === 'tamil');
  const content = doc.markStructureContent('Span', hasTamil ? { actual: line.trimEnd() } : {});
  draw();
  doc.endMarkedContent();
  return content;
}

// Where shapes do not stand in the order of what they say, the whole text is told beside them.
function attributesOf({ text, lang }: Block): { lang?: string; actual?: string } {
  return {
    ...(lang ? { lang } : {}),
    ...(runsOf(text, 'ltr').some(isShaped) ? { actual: withoutMarks(text) } : {}),
  };
}

function writeLine(sheet: Sheet, block: Block, line: string, foot: number): void {
  const direction = directionOf(block.text);
  const { align = direction === 'rtl' ? 'right' : 'left', colour = 'ink', size, weight = 400 } = block;
  const { doc, unit } = sheet;
  const room = block.width - widthOf(sheet, line.trimEnd(), block);
  let x = block.x + { left: 0, center: room / 2, right: room }[align];
  const runs = runsOf(direction === 'rtl' ? line.trimEnd() : line, direction).map((run) => {
    const from = x;
    x += doc.font(`${run.alphabet} ${weight}`, size * unit).widthOfString(run.text) / unit;
    return { run, x: from };
  });
  for (const { run, x } of runs.toSorted((one, other) => one.run.at - other.run.at)) {
    doc.font(`${run.alphabet} ${weight}`, size * unit).fillColor(inkOf(sheet, colour));
    const isTurned = run.says !== run.text;
    if (isShaped(run) || isTurned)
      writeShaped(sheet, run, { x: x * unit, y: foot * unit, size: size * unit });
    else doc.text(run.text, x * unit, foot * unit, { lineBreak: false, baseline: 'alphabetic' });
  }
}

function widthOf(
  { doc, unit }: Sheet,
  text: string,
  { size, weight = 400 }: Pick<Block, 'size' | 'weight'>,
): number {
  const widths = runsOf(text, 'ltr').map((run) =>
    doc.font(`${run.alphabet} ${weight}`, size * unit).widthOfString(run.text),
  );
  return widths.reduce((sum, width) => sum + width, 0) / unit;
}
