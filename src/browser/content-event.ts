// While a page comes, tells the other scripts of each piece before it is painted: what they show then moves nothing.

/** Sends the event `contenu` for each piece of the page that has come. */
export function start(): void {
  const tell = () => dispatchEvent(new Event('contenu'));
  const observer = new MutationObserver(tell);
  observer.observe(document.documentElement, { childList: true, subtree: true });
  addEventListener('DOMContentLoaded', () => {
    observer.disconnect();
    tell(); // of the last piece, if it has come in this very instant
  });
}
