// Reads a QR code from the pixels of a picture, with two readers that share nothing.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import jsQR from 'jsqr';
import sharp, { type Sharp } from 'sharp';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const require = createRequire(import.meta.url);
const zxing = readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm')); // it would ask a server for it
prepareZXingModule({ overrides: { wasmBinary: zxing.buffer } });

/** What jsQR reads of a picture's code, and its side in pixels; undefined when it cannot. */
export async function readCode(picture: Sharp): Promise<{ text: string; side: number } | undefined> {
  const { data, width, height } = await pixelsOf(picture);
  const found = jsQR(data, width, height);
  if (!found) return undefined;
  const { topLeftCorner: left, topRightCorner: right } = found.location;
  return { text: found.data, side: Math.hypot(right.x - left.x, right.y - left.y) };
}

/** What each reader says of a code that fills 400 pixels, as a phone sees it. */
export async function readers(png: Buffer): Promise<{ jsqr: string | undefined; zxing: string | undefined }> {
  const seen = await sharp(png).resize(400).png().toBuffer();
  const { data, width, height } = await pixelsOf(sharp(seen));
  const [found] = await readBarcodes({ data, width, height, colorSpace: 'srgb' }, { formats: ['QRCode'] });
  return { jsqr: (await readCode(sharp(seen)))?.text, zxing: found?.text };
}

async function pixelsOf(picture: Sharp) {
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
}
