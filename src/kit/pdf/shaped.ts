// Letters whose shape depends on their neighbours: those of Arabic, those of Tamil. A shape may serve several letters, or
// stand before the letter that it is read after: each is given what it says, and drawn in the order in which it is read.
import type { Run } from './bidi.ts';
import type { Sheet } from './sheet.ts';

// What pdfkit keeps to itself. Its own `text` cannot tell which letters a shape stands for, and knows them from left to
// right. A shape that says two things is embedded twice.
type Font = {
  id: string;
  scale: number;
  ref: () => PDFKit.PDFKitReference;
  layout: (text: string) => { glyphs: Glyph[]; positions: Position[] };
  subset: { glyphs: number[] };
  widths: number[];
  unicode: number[][];
  shapes?: Map<string, string>;
};
type Glyph = { id: number; codePoints: number[]; advanceWidth: number };
type Position = { xAdvance: number; xOffset: number; yOffset: number };
type Inside = { _font: Font; page: { fonts: Record<string, unknown> } };

/** Whether the letters of an alphabet change with their neighbours. */
export function isShaped({ alphabet }: Pick<Run, 'alphabet'>): boolean {
  return alphabet === 'arabic' || alphabet === 'tamil';
}

/** Writes a run in the typeface and the colour that are set. `at` is where it starts on its foot, in points. */
export function writeShaped({ doc }: Sheet, run: Run, at: { x: number; y: number; size: number }): void {
  const { _font: font, page } = doc as unknown as Inside;
  const shapes = placed(font, run.text, { ...at, y: doc.page.height - at.y });
  page.fonts[font.id] ??= font.ref();
  doc.save();
  doc.transform(1, 0, 0, -1, 0, doc.page.height);
  doc.addContent(`BT /${font.id} ${at.size} Tf`);
  for (const { x, y, glyph, says } of asRead(run, shapes))
    doc.addContent(`1 0 0 1 ${x.toFixed(3)} ${y.toFixed(3)} Tm <${codeOf(font, glyph, says)}> Tj`);
  doc.addContent('ET');
  doc.restore();
}

type Shape = { x: number; y: number; glyph: Glyph; says: string };

function placed(font: Font, text: string, from: { x: number; y: number; size: number }): Shape[] {
  const { glyphs, positions } = font.layout(text);
  const em = from.size / 1000;
  let { x } = from;
  return glyphs.map((glyph, index) => {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[index] ?? {};
    const says = String.fromCodePoint(...glyph.codePoints);
    const shape = { x: x + xOffset * em, y: from.y + yOffset * em, glyph, says };
    x += xAdvance * em;
    return shape;
  });
}

function asRead(run: Run, shapes: Shape[]): Shape[] {
  if (run.alphabet === 'arabic') return fromRight(run.text, shapes);
  if (run.alphabet === 'tamil') return bySyllable(run.text, shapes);
  return shapes.map((shape) => ({ ...shape, says: run.says }));
}

// fontkit knows how many letters an Arabic shape says, but which ones only from its first use. Dots are shapes that say
// nothing: they come last, for they would cut a word.
function fromRight(text: string, shapes: Shape[]): Shape[] {
  let from = 0;
  const read = shapes.toReversed().map((shape) => {
    const says = text.slice(from, from + shape.glyph.codePoints.length);
    from += says.length;
    return { ...shape, says };
  });
  return [...read.filter(({ says }) => says), ...read.filter(({ says }) => !says)];
}

// A Tamil vowel may stand before its consonant, or on both sides of it: then it is two shapes, and two letters.
function bySyllable(text: string, shapes: Shape[]): Shape[] {
  const left = [...shapes];
  const read: Shape[] = [];
  let rest = text.normalize('NFD');
  while (rest) {
    const next = left.findIndex(({ says }) => says && rest.startsWith(says));
    const [shape] = next < 0 ? [] : left.splice(next, 1);
    if (!shape) throw new Error(`No shape says ${rest}`);
    read.push(shape);
    rest = rest.slice(shape.says.length);
  }
  return [...read, ...left];
}

function codeOf(font: Font, { id, advanceWidth }: Glyph, says: string): string {
  font.shapes ??= new Map();
  const key = `${id} ${says}`;
  const known = font.shapes.get(key);
  if (known) return known;
  const place = font.subset.glyphs.push(id) - 1;
  font.widths[place] = advanceWidth * font.scale;
  font.unicode[place] = [...says].map((letter) => letter.codePointAt(0) ?? 0);
  const code = place.toString(16).padStart(4, '0');
  font.shapes.set(key, code);
  return code;
}
