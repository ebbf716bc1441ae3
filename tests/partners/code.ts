// Reads a QR code as a phone does, from the pixels of a picture, and damages one.
import jsQR from 'jsqr';
import type { BitMatrix } from 'qrcode';
import sharp, { type Sharp } from 'sharp';

/** What a picture's code says, and its side in pixels; undefined when it cannot be read. */
export async function readCode(picture: Sharp): Promise<{ text: string; side: number } | undefined> {
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const found = jsQR(new Uint8ClampedArray(data), info.width, info.height);
  if (!found) return undefined;
  const { topLeftCorner: left, topRightCorner: right } = found.location;
  return { text: found.data, side: Math.hypot(right.x - left.x, right.y - left.y) };
}

/** The picture with a white square over a share of its code, in the middle; the border around it does not count. */
export async function stained(png: Buffer, share: number): Promise<Buffer> {
  const code = await readCode(sharp(png));
  const side = Math.round((code?.side ?? 0) * Math.sqrt(share));
  const stain = { create: { width: side, height: side, channels: 3 as const, background: '#ffffff' } };
  return sharp(png)
    .composite([{ input: stain }])
    .png()
    .toBuffer();
}

/**
 * The picture with a share of its code words painted white, each whole, and nothing else: those that come first, which
 * interleaving gives in turn to each block. `margin` is that of the picture, in modules.
 */
export async function overwritten(
  png: Buffer,
  modules: BitMatrix,
  margin: number,
  share: number,
): Promise<Buffer> {
  const words = wordsOf(modules);
  const lost = words.slice(0, Math.round(words.length * share)).flat();
  const { width } = await sharp(png).metadata();
  const side = width / (modules.size + 2 * margin);
  const white = { create: { width: side, height: side, channels: 3 as const, background: '#ffffff' } };
  const stains = lost.map(([row, column]) => ({
    input: white,
    top: (row + margin) * side,
    left: (column + margin) * side,
  }));
  return sharp(png).composite(stains).png().toBuffer();
}

type Module = [row: number, column: number];

// The modules of each code word, in order: by pairs of columns from the right, upwards then downwards, the right one first.
// Source: ISO/IEC 18004:2015, 7.7.3.
function wordsOf({ size, reservedBit }: BitMatrix): Module[][] {
  const free: Module[] = [];
  let upwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right--; // a column that holds no word
    for (let step = 0; step < size; step++)
      for (const column of [right, right - 1]) {
        const row = upwards ? size - 1 - step : step;
        if (!reservedBit[row * size + column]) free.push([row, column]);
      }
    upwards = !upwards;
  }
  return Array.from({ length: Math.floor(free.length / 8) }, (_, word) => free.slice(8 * word, 8 * word + 8));
}
