// How far apart two colours are, as WCAG counts it.

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** A colour as one number, to count it by. */
export function numberOf([red, green, blue]: Colour): number {
  return (red << 16) | (green << 8) | blue;
}

/** The contrast of two colours: 1 for the same, 21 for black on white. */
export function contrast(one: Colour, other: Colour): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const linear = Array.from({ length: 256 }, (_, byte) =>
  byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
);

function luminance([red, green, blue]: Colour): number {
  const part = (byte: number) => linear[Math.round(byte)] ?? 0;
  return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
}
