// Papers in a few strokes, of the family of the pictograms: on a square of 48, what stands on each.

const sheet = 'M9 3h30v42H9z';
const band = 'M9 19h30v8H9z';
const step = 'M9 40h7v-3h8v-3h8v-3h7';

/** The paths of each. */
export const thumbnails = {
  poster: `${sheet}${band}${step}M14 12h20`,
  plain: `${sheet}${band}${step}M14 8h15M14 12h18M14 16h12`,
  number: 'M3 9h42v30H3zM9 20h30M3 36h10v-2h11v-2h11v-2h10',
  sticker: 'M5 13h38v22H5zM11 22h26M15 28h18',
  tabs: `${sheet}M9 13h30v7H9zM14 8h16M9 33h30M15 33v12M21 33v12M27 33v12M33 33v12`,
  card: 'M11 3h26v42H11zM16 33h16M11 24h3m4 0h3m4 0h3m4 0h5',
  cards: `${sheet}M24 3v42M9 24h30M12 18h8M28 18h8M12 39h8M28 39h8`,
} as const;
