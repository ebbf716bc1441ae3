// What a screen shows, pixel by pixel, in a browser without a protocol: where it has selected the text that it was asked to
// find, where a block of one colour is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Point = { x: number; y: number };
export type Box = { left: number; top: number; width: number; height: number };

/** A point of the selected text on a screen that Xvfb keeps in this folder (`-fbdir`); undefined when nothing is selected. */
export function selectionOn(folder: string): Point | undefined {
  const screen = picture(folder);
  // GTK's light blue: nothing of ours is near.
  const isSelected = ([red, green, blue]: Colour) => blue > 230 && green > 200 && red > 150 && red < 210;
  const corner = filledCorner(screen, isSelected);
  return corner && { x: corner.x + middle / 2, y: corner.y + middle };
}

/** The rectangle around the first block of a colour on such a screen, holes included; undefined where there is none. */
export function blockOn(folder: string, [red, green, blue]: Colour): Box | undefined {
  const screen = picture(folder);
  const isOfIt = ([r, g, b]: Colour) => r === red && g === green && b === blue;
  const corner = filledCorner(screen, isOfIt);
  if (!corner) return undefined;
  let { x: left, x: right, y: top, y: bottom } = corner;
  const seen = new Set<number>();
  const next = [corner];
  for (let point = next.pop(); point; point = next.pop()) {
    const { x, y } = point;
    const at = y * screen.width + x;
    if (x < 0 || y < 0 || x >= screen.width || y >= screen.height || seen.has(at)) continue;
    seen.add(at);
    if (!isOfIt(colourAt(screen, x, y))) continue;
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    next.push({ x: x + 1, y }, { x: x - 1, y }, { x, y: y + 1 }, { x, y: y - 1 });
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

type Colour = [red: number, green: number, blue: number];
type Picture = ReturnType<typeof picture>;

const middle = 8; // pixels: half a line of text, and wider than any edge of the same colour

// The corner of a place whose two edges from there are all of a colour.
function filledCorner(screen: Picture, isOfIt: (colour: Colour) => boolean): Point | undefined {
  const isThere = (x: number, y: number) => isOfIt(colourAt(screen, x, y));
  for (let y = 0; y < screen.height - middle; y += 1)
    for (let x = 0; x < screen.width - middle; x += middle)
      if ([0, middle / 2, middle].every((step) => isThere(x + step, y) && isThere(x, y + step)))
        return { x, y };
  return undefined;
}

function colourAt({ pixels, offset, stride }: Picture, x: number, y: number): Colour {
  const at = offset + y * stride + 4 * x;
  return [pixels[at + 2] ?? 0, pixels[at + 1] ?? 0, pixels[at] ?? 0];
}

// An X window dump: its sizes in a header of big-endian numbers, then a table of colours, then four bytes a pixel.
function picture(folder: string) {
  const pixels = readFileSync(join(folder, 'Xvfb_screen0'));
  const field = (index: number) => pixels.readUInt32BE(4 * index);
  return {
    pixels,
    offset: field(0) + 12 * field(19),
    width: field(4),
    height: field(5),
    stride: field(12),
  };
}
