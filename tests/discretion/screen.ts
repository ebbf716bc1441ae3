// What a screen shows, pixel by pixel: where a browser without a protocol has selected the text that it was asked to find.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Point = { x: number; y: number };

/** A point of the selected text on a screen that Xvfb keeps in this folder (`-fbdir`); undefined when nothing is selected. */
export function selectionOn(folder: string): Point | undefined {
  const { pixels, offset, width, height, stride } = picture(folder);
  const isSelected = (x: number, y: number) => {
    const at = offset + y * stride + 4 * x;
    const [blue = 0, green = 0, red = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]];
    return blue > 230 && green > 200 && red > 150 && red < 210; // GTK's light blue: nothing of ours is near
  };
  for (let y = 0; y < height - middle; y += 1)
    for (let x = 0; x < width - middle; x += middle) {
      const isFilled = [0, middle / 2, middle].every(
        (step) => isSelected(x + step, y) && isSelected(x, y + step),
      );
      if (isFilled) return { x: x + middle / 2, y: y + middle };
    }
  return undefined;
}

const middle = 8; // pixels: half a line of text, and wider than any edge of the same colour

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
