// What was really painted: a screenshot, read pixel by pixel.
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import type { Colour } from './colours.ts';

/** A rectangle of the window, in CSS pixels. */
export type Box = { x: number; y: number; width: number; height: number };

/** A painted part of the window; `at` takes coordinates of the window. */
export type Picture = { box: Box; at(x: number, y: number): Colour };

/** Photographs the window, or the part of a box that is inside it. The page must have one pixel per CSS pixel. */
export async function pictureOf(page: Page, wanted?: Box): Promise<Picture> {
  const window = { x: 0, y: 0, ...(page.viewportSize() ?? { width: 0, height: 0 }) };
  const box = wanted ? common(wanted, window) : window;
  const png = sharp(await settled(page, box))
    .removeAlpha()
    .toColourspace('srgb');
  const { data: pixels, info } = await png.raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): Colour => {
    const column = Math.floor(x - box.x);
    const start = (Math.floor(y - box.y) * info.width + column) * 3; // millions of pixels: no array is made to read one
    const blue = pixels[start + 2];
    if (column < 0 || column >= info.width || blue === undefined)
      throw new RangeError(`no pixel at ${x}, ${y}`);
    return [pixels[start] as number, pixels[start + 1] as number, blue];
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
