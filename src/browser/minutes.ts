// What is true for a minute only: written when it comes, when the page is looked at again, and at each new minute while it
// is on screen.
import { onContent } from './content-event.ts';

const minuteMs = 60_000;

/** Writes into the places that a selector finds, and keeps them true. One timer; none while there is nothing to write. */
export function keepTrue(selector: string, write: (place: HTMLElement) => void): void {
  let nextMinute: ReturnType<typeof setTimeout>;
  const writeAll = () => {
    clearTimeout(nextMinute);
    const places = document.querySelectorAll<HTMLElement>(selector);
    places.forEach(write);
    if (places.length && !document.hidden)
      nextMinute = setTimeout(writeAll, minuteMs - (Date.now() % minuteMs));
  };
  onContent(writeAll);
  addEventListener('pageshow', writeAll);
  addEventListener('focus', writeAll);
  document.addEventListener('visibilitychange', writeAll);
}
