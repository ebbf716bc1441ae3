// The place of the exit: on the part of the page that is on screen, above a keyboard that slides over it, and inside a page
// enlarged with two fingers; and the number beside it, well apart. Without this script the exit stays at the edge of the
// whole page, alone.
import { onContent } from './content-event.ts';
import { byId, show, write } from './elements.ts';

const apartPx = 48;

/** Follows what is on screen, and hands it to the style of the exit. */
export function start(): void {
  const viewport = window.visualViewport;
  // Text alone may grow, in a window that keeps its size. Browsers of 2018 do not tell it.
  const sizes = window.ResizeObserver && new ResizeObserver(showNumber);
  onContent(showNumber);
  onContent(() => {
    // Another language brings an exit of its own.
    const [exit, shortcut] = [byId('quitter'), byId('quitter-touche')];
    if (exit && sizes) sizes.observe(exit);
    if (shortcut && !shortcut.textContent) write(shortcut);
  });
  addEventListener('resize', showNumber);
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

// A thumb that looks for the exit must not meet the number. Larger text than the bar has room for hides it.
function showNumber(): void {
  const [exit, number] = [byId('quitter'), byId('appeler-barre')];
  if (!exit || !number) return;
  show(number);
  show(number, exit.offsetLeft - number.offsetLeft - number.offsetWidth >= apartPx);
}
