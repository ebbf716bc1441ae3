// Words on a sheet, as a heading or a paragraph that a screen reader finds. Lines break between words only.
import { type Colour, colours } from './colours.ts';
import { decorate, type Sheet } from './sheet.ts';
import { runsOf, type Weight } from './typeface.ts';

/** Words, and where their first line stands: `y` is its foot, `size` the height of letters, in units of the sheet. */
export type Block = {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
  weight?: Weight;
  colour?: Colour;
  align?: 'left' | 'center' | 'right';
  /** What a screen reader says it is; of a copy, nothing: it has already read the words. */
  as?: 'H1' | 'H2' | 'P' | 'copy';
  lang?: string;
};

/** Writes, and tells where the foot of a next line would be. */
export function write(sheet: Sheet, block: Block): number {
  const { as = 'P', lang } = block;
  const lines = linesOf(sheet, block);
  const leading = block.size * 1.36;
  const draw = () => {
    for (const [index, line] of lines.entries())
      writeLine(sheet, block, index < lines.length - 1 ? `${line} ` : line, block.y + index * leading);
  };
  if (as === 'copy') decorate(sheet, draw);
  else sheet.content.add(sheet.doc.struct(as, lang ? { lang } : {}, draw));
  return block.y + lines.length * leading;
}

/** The size at which a text fills a width. */
export function sizeFilling(sheet: Sheet, text: string, width: number, weight: Weight = 700): number {
  return width / widthOf(sheet, text, { size: 1, weight });
}

function linesOf(sheet: Sheet, block: Block): string[] {
  const [first = '', ...words] = block.text.split(' ');
  const lines = [first];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (widthOf(sheet, longer, block) <= block.width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function writeLine(sheet: Sheet, block: Block, line: string, foot: number): void {
  const { align = 'left', colour = 'ink', size, weight = 400 } = block;
  const { doc, unit } = sheet;
  const room = block.width - widthOf(sheet, line.trimEnd(), block);
  let x = block.x + { left: 0, center: room / 2, right: room }[align];
  for (const { text, alphabet } of runsOf(line)) {
    doc.font(`${alphabet} ${weight}`, size * unit).fillColor(colours[colour]);
    doc.text(text, x * unit, foot * unit, { lineBreak: false, baseline: 'alphabetic' });
    x += doc.widthOfString(text) / unit;
  }
}

function widthOf(
  { doc, unit }: Sheet,
  text: string,
  { size, weight = 400 }: Pick<Block, 'size' | 'weight'>,
): number {
  const widths = runsOf(text).map((run) =>
    doc.font(`${run.alphabet} ${weight}`, size * unit).widthOfString(run.text),
  );
  return widths.reduce((sum, width) => sum + width, 0) / unit;
}
