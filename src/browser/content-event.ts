// The event that tells of new content: other scripts then show what is theirs before it is painted, so that nothing on
// screen moves.

/** Sends it for each piece of the page that comes from the network. */
export function start(): void {
  const observer = new MutationObserver(tellContent);
  observer.observe(document.documentElement, { childList: true, subtree: true });
  addEventListener('DOMContentLoaded', () => {
    observer.disconnect();
    tellContent(); // of the last piece, if it has come in this very instant
  });
}

/** Sends it: a piece of the page has come, or taken the place of another. */
export function tellContent(): void {
  dispatchEvent(new Event('contenu'));
}

/** Does something now, and again each time that content has come. */
export function onContent(listener: () => void): void {
  listener();
  addEventListener('contenu', listener);
}
