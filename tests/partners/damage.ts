// Damages a QR code as paper is damaged: modules painted over, the whole tilted and blurred. A module is told by its place
// in the rows of the code, from 0.
import type { BitMatrix } from 'qrcode';
import sharp from 'sharp';

/** What a lost module becomes. */
export type Paint = 'white' | 'black' | 'inverted';

/** The border of the picture, in modules. */
const border = 4;

/** The picture with the modules that are lost painted over, and nothing else. */
export async function painted(png: Buffer, code: BitMatrix, lost: number[], paint: Paint): Promise<Buffer> {
  const { size, data } = code;
  const stains = Buffer.alloc(size * size * 4);
  for (const module of lost) {
    const isDark = paint === 'black' || (paint === 'inverted' && !data[module]);
    stains.writeUInt32BE(isDark ? 0x00_00_00_ff : 0xff_ff_ff_ff, 4 * module);
  }
  const { width } = await sharp(png).metadata();
  const scale = width / (size + 2 * border);
  const raw = { width: size, height: size, channels: 4 as const };
  const input = await sharp(stains, { raw })
    .resize(size * scale, size * scale, { kernel: 'nearest' })
    .png()
    .toBuffer();
  return sharp(png)
    .composite([{ input, left: border * scale, top: border * scale }])
    .png()
    .toBuffer();
}

/** The picture tilted by 10°. */
export function tilted(png: Buffer): Promise<Buffer> {
  return sharp(png).rotate(10, { background: '#ffffff' }).png().toBuffer();
}

/** The picture blurred; `sigma` is in modules, of 24 pixels. */
export function blurred(png: Buffer, sigma: number): Promise<Buffer> {
  return sharp(png)
    .blur(sigma * 24)
    .png()
    .toBuffer();
}

/** A square of modules, `side` by `side`, whose upper left corner is on that row and that column. */
export function squareOf({ size }: BitMatrix, side: number, row: number, column = row): number[] {
  return Array.from(
    { length: side * side },
    (_, index) => (row + Math.floor(index / side)) * size + column + (index % side),
  );
}

/**
 * The modules of each code word, in order, then those left over: by pairs of columns from the right, upwards then downwards,
 * the right one first. Source: ISO/IEC 18004:2015, 7.7.3.
 */
export function wordsOf({ size, reservedBit }: BitMatrix): { words: number[][]; rest: number[] } {
  const free: number[] = [];
  let upwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right--; // a column that holds no word
    for (let step = 0; step < size; step++)
      for (const column of [right, right - 1]) {
        const module = (upwards ? size - 1 - step : step) * size + column;
        if (!reservedBit[module]) free.push(module);
      }
    upwards = !upwards;
  }
  const count = Math.floor(free.length / 8);
  const words = Array.from({ length: count }, (_, word) => free.slice(8 * word, 8 * word + 8));
  return { words, rest: free.slice(8 * count) };
}

/** Marks that some readers can do without: all but the three corners, and one of the two copies of the format. */
export function spareMarksOf({ size, reservedBit }: BitMatrix): number[] {
  const isCorner = (row: number, column: number) =>
    (row < 9 && column < 9) || (row < 8 && column >= size - 8) || (row >= size - 8 && column < 8);
  return Array.from(reservedBit.keys()).filter(
    (module) => reservedBit[module] && !isCorner(Math.floor(module / size), module % size),
  );
}
