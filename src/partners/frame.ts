// The code that a partner pastes to show the line in a frame. It is whole, without a bar to scroll, in any column from the
// narrowest to its own width: tests/partners/frame.test.ts draws them all.
import { service } from '../service/service.ts';

/** A frame that partners are offered: the page of ours that it shows, how wide it gets, how high it must be, its rights. */
export type Frame = { path: string; width: number; height: number; sandbox: string };

const rights =
  'allow-scripts allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation';

/** The frames: the line, and the line with the form. */
export const frames = {
  line: { path: '/encart', width: 640, height: 340, sandbox: rights },
  form: {
    path: '/encart/rappel',
    width: 320,
    height: 800,
    sandbox: `${rights} allow-same-origin allow-forms`,
  },
} as const satisfies Record<string, Frame>;

/** How high the frame with the form must be in another language: some write in larger letters, and in longer words. */
export const translatedHeight = 1_300;

/** The narrowest column where a frame is whole, in pixels: that of a phone of 320. */
export const narrowest = 280;

/**
 * The code of a frame. `#fenetre` tells the page inside that its exit may take the whole window, as the last of the rights
 * lets it: the two go together.
 */
export function frameHtml({ path, width, height, sandbox }: Frame, site: URL): string {
  return `<iframe src="${new URL(path, site)}#fenetre" title="${service.name}" width="${width}" height="${height}" style="max-width:100%;border:0" sandbox="${sandbox}" referrerpolicy="no-referrer" loading="lazy"></iframe>`;
}
