// The exit of a frame in a page of somebody else: the frame becomes empty, at once and for good; what is around stays.
// Without this script the link empties the frame too.
import { pressedIn } from './elements.ts';
import { isLeavingKey, isOnExit } from './exit-gestures.ts';

/** Arms the exit of a frame, and sends its other links out of it: no page of ours but this one may be framed. */
export function start(): void {
  addEventListener('click', onClick, true);
  addEventListener('auxclick', onClick, true);
  addEventListener('keydown', onKey, true);
}

function onClick(event: MouseEvent): void {
  const link = pressedIn<HTMLAnchorElement>(event, 'a');
  if (isOnExit(event)) leave(event);
  else if (link && link.origin === location.origin) link.target = '_blank';
}

function onKey(event: KeyboardEvent): void {
  if (isLeavingKey(event)) leave(event);
}

function leave(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
  try {
    document.title = '';
    for (const form of Array.from(document.forms)) form.reset();
    document.documentElement.textContent = '';
  } finally {
    location.replace('about:blank');
  }
}
