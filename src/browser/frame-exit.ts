// The exit of a frame in a page of somebody else: the frame becomes empty, at once and for good. What is around goes too
// where the code of the partner says that it may (`#fenetre`), and lets it. Without this script the link empties the frame.
import { byId, pressedIn, write } from './elements.ts';
import { isLeavingKey, isOnExit } from './exit-gestures.ts';

const exit = import.meta.env.EXIT_URL;

// Nothing tells a frame what its sandbox allows: the address says it, in the code that is copied with the right.
const takesWindow = location.hash === '#fenetre' && top !== window;

/** Arms the exit of a frame, and sends its other links out of it: no page of ours but this one may be framed. */
export function start(): void {
  addEventListener('click', onClick, true);
  addEventListener('auxclick', onClick, true);
  addEventListener('keydown', onKey, true);
  if (takesWindow) addEventListener('DOMContentLoaded', sayWindow);
}

function sayWindow(): void {
  write(byId('quitter'));
  write(byId('quitter-effet'));
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
    goAway();
  }
}

// A sandbox without the right throws, and a slow exit leaves the page around for a while: the frame is empty in any case.
function goAway(): void {
  try {
    if (takesWindow) (top as Window).location.replace(exit);
  } finally {
    location.replace('about:blank');
  }
}
