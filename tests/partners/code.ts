// Reads a QR code as a phone does, from the pixels of a picture.
import jsQR from 'jsqr';
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
