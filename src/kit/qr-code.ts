// The code that a phone reads: the plain address of the site and nothing more, so that nobody can tell which poster was
// read, or by whom. Level H: some 30 % of its words may be lost.
import QRCode from 'qrcode';
import { colours } from '../service/colours.ts';
import { inkOf, type Sheet } from './pdf/pdf.ts';

/** The white border that a reader needs, in modules of the code. */
const quietZone = 4;

const settings = {
  errorCorrectionLevel: 'H',
  margin: quietZone,
  color: { dark: colours.accent, light: colours.paper },
} as const;

/** The address that a code holds and that a poster prints: no path, no parameter. */
export function plainAddress(site: URL): string {
  return site.origin;
}

/** The code as a drawing. */
export async function svgCode(site: URL): Promise<string> {
  return QRCode.toString(plainAddress(site), { ...settings, type: 'svg' });
}

/** The code as a picture, 24 pixels a module: sharp on any paper. */
export async function pngCode(site: URL): Promise<Buffer> {
  return QRCode.toBuffer(plainAddress(site), { ...settings, type: 'png', scale: 24 });
}

/** Draws the code on a sheet; `side` is that of the code itself: the border around it stays of one light colour. */
export function drawCode(sheet: Sheet, site: URL, at: { x: number; y: number; side: number }): void {
  const { doc, content, unit, origin } = sheet;
  const { modules } = QRCode.create(plainAddress(site), settings);
  const module = at.side / modules.size;
  const bbox = [at.x, at.y, at.x + at.side, at.y + at.side].map((length) => origin + length * unit);
  const draw = () => {
    for (let index = 0; index < modules.data.length; index++) {
      if (!modules.data[index]) continue;
      const [row, column] = [Math.floor(index / modules.size), index % modules.size];
      doc.rect((at.x + column * module) * unit, (at.y + row * module) * unit, module * unit, module * unit);
    }
    doc.fill(inkOf(sheet, 'ink')); // one ink: a code of four would blur where they do not meet
  };
  const alt = `Code à lire avec un téléphone : ${plainAddress(site)}`;
  const figure = { alt, bbox }; // where it stands, which the types do not know that one may tell
  content.add(doc.struct('Figure', figure, draw));
}
