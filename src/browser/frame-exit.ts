// The exit of a frame in a page of somebody else: the frame becomes empty, at once and for good. What is around goes too
// where the code of the partner says that it may (`#fenetre`), and lets it. Without this script the link empties the frame.
// The right to take the window lasts some seconds after a press, and Escape gives none (decision 17): without it, the frame
// is empty but for the exit, and the next press leaves.
import { byId, pressedIn, write } from './elements.ts';
import { isLeavingKey, isOnExit } from './exit-gestures.ts';

const exit = import.meta.env.EXIT_URL;

// Nothing tells a frame what its sandbox allows: the address says it, in the code that is copied with the right.
const takesWindow = location.hash === '#fenetre' && top !== window;

let isWaiting = false; // for a press

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
  if (isWaiting || isOnExit(event)) leave(event);
  else if (link && link.origin === location.origin) link.target = '_blank';
}

function onKey(event: KeyboardEvent): void {
  if (isWaiting ? event.key !== 'Escape' : isLeavingKey(event)) leave(event);
}

function leave(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
  const link = (event as KeyboardEvent).key === 'Escape' ? byId('quitter') : null;
  try {
    document.title = '';
    for (const form of Array.from(document.forms)) form.reset();
    document.documentElement.textContent = '';
  } finally {
    goAway(link);
  }
}

// A window that may not be taken throws, and a slow exit leaves the page around for a while: the frame is empty in any case.
function goAway(link: HTMLElement | null): void {
  try {
    if (takesWindow) (top as Window).location.replace(exit);
  } catch {
    isWaiting = !!link; // where a press is refused too, the sandbox never gives the right
  }
  if (link && isWaiting) showAlone(link);
  else location.replace('about:blank');
}

function showAlone(link: HTMLElement): void {
  link.style.cssText = 'position:fixed;inset:0;display:grid;place-items:center;font:bold 1.5em sans-serif'; // the page's went too
  document.documentElement.append(link);
}
