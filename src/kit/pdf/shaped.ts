// Letters whose shape depends on their neighbours: those of Arabic, those of Tamil. A shape may serve several letters, or
// stand before the letter that it is read after; so what shapes say is told beside them in the file.
import type { Run } from './bidi.ts';
import type { Sheet } from './sheet.ts';

// What pdfkit keeps to itself. Its own `text` cannot tell which letters a shape stands for.
type Font = {
  id: string;
  ref: () => PDFKit.PDFKitReference;
  layout: (text: string) => { glyphs: { codePoints: number[] }[] };
  encode: (text: string) => [string[], { xAdvance: number; xOffset: number; yOffset: number }[]];
};
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
  const groups = run.alphabet === 'arabic' ? byLetter(run.text, shapes) : [{ says: run.text, shapes }];
  for (const group of groups) {
    if (group.says) doc.markContent('Span', { actual: group.says });
    for (const { x, y, code } of group.shapes)
      doc.addContent(`1 0 0 1 ${x.toFixed(3)} ${y.toFixed(3)} Tm <${code}> Tj`);
    if (group.says) doc.endMarkedContent();
  }
  doc.addContent('ET');
  doc.restore();
}

type Shape = { x: number; y: number; code: string; letters: number };

function placed(font: Font, text: string, from: { x: number; y: number; size: number }): Shape[] {
  const [codes, positions] = font.encode(text);
  const { glyphs } = font.layout(text);
  const em = from.size / 1000;
  let { x } = from;
  return positions.map(({ xAdvance, xOffset, yOffset }, index) => {
    const shape = { x: x + xOffset * em, y: from.y + yOffset * em, code: codes[index] ?? '' };
    x += xAdvance * em;
    return { ...shape, letters: glyphs[index]?.codePoints.length ?? 0 };
  });
}

// Tamil is told by word, as its shapes do not stand in the order of what they say; Arabic by letter, as a reader turns the
// letters of a line itself. They come from the left, so from the last one. fontkit knows how many letters a shape says, but
// which ones only from its first use. Dots are shapes that say nothing: they come last, for they would cut a word.
function byLetter(text: string, shapes: Shape[]): { says: string; shapes: Shape[] }[] {
  let end = text.length;
  const groups = shapes.map((shape) => {
    const says = text.slice(end - shape.letters, end);
    end -= shape.letters;
    return { says, shapes: [shape] };
  });
  return [...groups.filter(({ says }) => says), ...groups.filter(({ says }) => !says)];
}
