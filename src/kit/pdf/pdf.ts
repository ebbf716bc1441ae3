// The door of this room: all that who draws a paper needs. Behind it stays what is fragile and pinned by tests: a private
// part of pdfkit, WOFF files unpacked by hand, and letters put in the order of paper (decision 0016).
export { fromLeft } from './bidi.ts';
export type { Way } from './ink.ts';
export { band, dashes, decorate, fill, inkOf, steps } from './ornaments.ts';
export { type Format, pdfOf, type Sheet, turn } from './sheet.ts';
export { bleed } from './trim.ts';
export { canPrint } from './typeface.ts';
export { sizeFilling, write } from './write.ts';
