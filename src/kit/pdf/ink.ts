// The ways a paper is printed, and the ink of each colour in each.
import { type Colour, colours } from '../../service/colours.ts';

/** `office`: a printer that leaves a rim around the sheet. `shop`: a print shop, which cuts. `mono`: black, and no grey. */
export type Way = 'office' | 'shop' | 'mono';

/** Red, green and blue as styles write them; or percents of cyan, magenta, yellow and black. */
export type Ink = string | [number, number, number, number];

/**
 * The inks. Those of a shop are chosen by hand, near the colours of a screen and 227 % in all at most (decision 0027); its
 * black is one ink, which no misprint can blur. A grey of a photocopier would be dots behind words: it has none.
 */
export const inks: Record<Way, Record<Colour, Ink>> = {
  office: colours,
  shop: { paper: [0, 0, 0, 0], tint: [8, 2, 7, 0], ink: [0, 0, 0, 100], accent: [88, 48, 52, 39] },
  mono: { paper: '#ffffff', tint: '#ffffff', ink: '#000000', accent: '#000000' },
};
