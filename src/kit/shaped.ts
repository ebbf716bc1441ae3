// Letters whose shape depends on their neighbours: those of Arabic, those of Tamil. A shape may serve several letters, or
// stand before the letter that it is read after; so what shapes say is told beside them in the file.
import type { Run } from './order.ts';
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
  const [codes, positions] = font.encode(run.text);
  page.fonts[font.id] ??= font.ref();
  doc.save();
  doc.transform(1, 0, 0, -1, 0, doc.page.height);
  doc.addContent(`BT /${font.id} ${at.size} Tf`);
  let x = at.x;
  let next = 0;
  for (const { says, count } of groupsOf(run, font)) {
    if (says) doc.markContent('Span', { actual: says });
    for (const last = next + count; next < last; next++) {
      const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[next] ?? {};
      const [left, foot] = [
        x + (xOffset / 1000) * at.size,
        doc.page.height - at.y + (yOffset / 1000) * at.size,
      ];
      doc.addContent(`1 0 0 1 ${left.toFixed(3)} ${foot.toFixed(3)} Tm <${codes[next]}> Tj`);
      x += (xAdvance / 1000) * at.size;
    }
    if (says) doc.endMarkedContent();
  }
  doc.addContent('ET');
  doc.restore();
}

// Tamil by word, as its shapes do not stand in the order of what they say. Arabic by letter, as a reader turns the letters
// of a line itself: from the left, so from the last letter; dots are shapes of their own, which say nothing.
function groupsOf({ text, alphabet }: Run, font: Font): { says: string; count: number }[] {
  const { glyphs } = font.layout(text);
  if (alphabet !== 'arabic') return [{ says: text, count: glyphs.length }];
  let end = text.length;
  return glyphs.map(({ codePoints }) => {
    const start = end - codePoints.length; // how many letters; which ones, fontkit only knows from the first use of a shape
    const says = text.slice(start, end);
    end = start;
    return { says, count: 1 };
  });
}
