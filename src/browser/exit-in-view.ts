// Keeps the exit on the part of the page that is on screen: above a keyboard that slides over it, and inside a page
// enlarged with two fingers. Without this script it stays at the edge of the whole page.

/** Follows what is on screen, and hands it to the style of the exit. */
export function start(): void {
  const seen = window.visualViewport;
  const tell = () => {
    const shortcut = document.getElementById('quitter-touche');
    if (shortcut && !shortcut.textContent) shortcut.textContent = shortcut.dataset.dit ?? '';
  };
  tell();
  addEventListener('contenu', tell); // another language brings an exit of its own
  if (!seen) return;
  const follow = () => {
    const { style, clientWidth } = document.documentElement;
    // Never outwards: browsers disagree on what the height of a window is while their own bars slide.
    style.setProperty('--exit-x', `${Math.min(0, seen.offsetLeft + seen.width - clientWidth)}px`);
    style.setProperty('--exit-bottom', `${Math.min(0, seen.offsetTop + seen.height - innerHeight)}px`);
    style.setProperty('--exit-top', `${Math.max(0, seen.offsetTop)}px`);
    style.setProperty('--exit-scale', String(Math.min(1, 1 / seen.scale)));
  };
  seen.addEventListener('resize', follow);
  seen.addEventListener('scroll', follow);
}
