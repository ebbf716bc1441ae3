// The site of a partner in the scene: a page for each code that a partner may have, with the frame of ours that it shows.
import { frameHtml, frames } from '../../src/partners/frame.ts';

/** The codes that a partner may have, by the path of the page that holds it. */
export const codes = {
  /** The one that is given: its exit may take the whole window. */
  '/donne': (site: URL) => frameHtml(frames.line, site),
  /** The same with the form. */
  '/formulaire': (site: URL) => frameHtml(frames.form, site),
  /** From before: its exit empties the frame. */
  '/ancien': (site: URL) =>
    `<iframe src="${new URL('/encart', site)}" width="640" height="340" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>`,
  /** Without any sandbox. */
  '/libre': (site: URL) => frameHtml(frames.line, site).replace(/ sandbox="[^"]*"/, ''),
} as const;
export type PartnerPath = keyof typeof codes;

/** The page of a partner at a path. */
export function partnerPage(path: string, site: string): string {
  const code = codes[path as PartnerPath];
  return `<title>Mairie</title><h1>Mairie</h1>${code ? code(new URL(site)) : ''}`;
}
