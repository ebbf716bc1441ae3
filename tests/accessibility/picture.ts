// What was really painted: a screenshot, read pixel by pixel. Chromium writes PNG of one kind only, so forty lines
// read it and no package is needed.
import { inflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import type { Colour } from './colours.ts';

/** A rectangle of the window, in CSS pixels. */
export type Box = { x: number; y: number; width: number; height: number };

/** A painted part of the window; `at` takes coordinates of the window. */
export type Picture = { box: Box; at(x: number, y: number): Colour };

/** Photographs the window, or the part of a box that is inside it. The page must have one pixel per CSS pixel. */
export async function pictureOf(page: Page, wanted?: Box): Promise<Picture> {
  const window = { x: 0, y: 0, ...(page.viewportSize() ?? { width: 0, height: 0 }) };
  const box = wanted ? common(wanted, window) : window;
  const { width, pixels } = decode(await settled(page, box));
  const at = (x: number, y: number): Colour => {
    const [column, row] = [Math.floor(x - box.x), Math.floor(y - box.y)];
    const [red, green, blue] = pixels.subarray((row * width + column) * 3);
    if (column < 0 || column >= width || blue === undefined) throw new RangeError(`no pixel at ${x}, ${y}`);
    return [red as number, green as number, blue];
  };
  return { box, at };
}

// On a busy machine a layer may still be as it was before the last change of style (seen once, on the exit): only what
// is painted twice alike is looked at.
async function settled(page: Page, clip: Box): Promise<Buffer> {
  let before: Buffer = Buffer.alloc(0);
  let png = await shoot(page, clip);
  while (!png.equals(before)) [before, png] = [png, await shoot(page, clip)];
  return png;
}

function shoot(page: Page, clip: Box): Promise<Buffer> {
  return page.screenshot({ clip, animations: 'disabled' });
}

/** The part of a box that is inside another, on whole pixels. */
function common(a: Box, b: Box): Box {
  const [x, y] = [Math.max(Math.floor(a.x), b.x), Math.max(Math.floor(a.y), b.y)];
  const right = Math.min(Math.ceil(a.x + a.width), b.x + b.width);
  const bottom = Math.min(Math.ceil(a.y + a.height), b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}

/** Reads a PNG of 8-bit RGB or RGBA, not interlaced. Throws on any other. */
function decode(png: Buffer): { width: number; pixels: Uint8Array } {
  const [width, height, kind] = [png.readUInt32BE(16), png.readUInt32BE(20), png.readUInt32BE(24)];
  const bytes = { 134348800: 3, 134610944: 4 }[kind];
  if (!bytes || png[28] !== 0) throw new Error(`a PNG of kind ${kind.toString(16)}`);
  const raw = inflateSync(Buffer.concat(parts(png, 'IDAT')));
  const stride = width * bytes;
  let above = new Uint8Array(stride);
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1);
    const line = unfiltered(raw[start] as number, raw.subarray(start + 1, start + 1 + stride), above, bytes);
    for (let x = 0; x < width; x += 1) {
      for (let c = 0; c < 3; c += 1) pixels[(y * width + x) * 3 + c] = line[x * bytes + c] as number;
    }
    above = line;
  }
  return { width, pixels };
}

function parts(png: Buffer, name: string): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === name) found.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return found;
}

function unfiltered(filter: number, line: Uint8Array, above: Uint8Array, bytes: number) {
  const out = new Uint8Array(line.length);
  for (let i = 0; i < line.length; i += 1) {
    const [left, up, corner] = [out[i - bytes] ?? 0, above[i] ?? 0, i < bytes ? 0 : (above[i - bytes] ?? 0)];
    const guess = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter] ?? 0;
    out[i] = (line[i] as number) + guess;
  }
  return out;
}

function nearest(left: number, up: number, corner: number): number {
  const sum = left + up - corner;
  const [a, b, c] = [Math.abs(sum - left), Math.abs(sum - up), Math.abs(sum - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
