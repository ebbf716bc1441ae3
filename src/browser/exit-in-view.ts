// The place of the exit: on the part of the page that is on screen, above a keyboard that slides over it, and inside a page
// enlarged with two fingers. Without this script it stays at the edge of the whole page.
import { onContent } from './content-event.ts';
import { byId, write } from './elements.ts';

/** Follows what is on screen, and hands it to the style of the exit. */
export function start(): void {
  const viewport = window.visualViewport;
  const writeShortcut = () => {
    const shortcut = byId('quitter-touche');
    if (shortcut && !shortcut.textContent) write(shortcut);
  };
  onContent(writeShortcut); // another language brings an exit of its own
  if (!viewport) return;
  const follow = () => {
    const { style, clientWidth } = document.documentElement;
    // Never outwards: browsers disagree on what the height of a window is while their own bars slide.
    const left = Math.min(0, viewport.offsetLeft + viewport.width - clientWidth);
    const place = (edge: string, down: number) =>
      style.setProperty(
        `--exit-${edge}`,
        `translate(${left}px,${down}px)scale(${Math.min(1, 1 / viewport.scale)})`,
      );
    place('bottom', Math.min(0, viewport.offsetTop + viewport.height - innerHeight));
    place('top', Math.max(0, viewport.offsetTop));
  };
  viewport.onresize = follow;
  viewport.onscroll = follow;
}
