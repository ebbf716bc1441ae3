// The colours of the site, for what has none of its styles: paper, the card that partners paste, pictures. A test holds
// them to src/styles/tokens.css.

/** Dark enough for a contrast of 7 on both grounds, `paper` and `tint`. */
export const colours = {
  paper: '#ffffff',
  tint: '#e6efea',
  ink: '#1b2329',
  accent: '#0b4a4d',
} as const;

/** One of them. */
export type Colour = keyof typeof colours;

/** The ground of pages on a screen, for the bars of a browser around it. */
export const grounds = { light: '#fbf8f3', dark: '#14181c' } as const;
