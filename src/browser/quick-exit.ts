// The exit of a page: leaves at once. Runs in the head, before anything else, and needs nothing else; if it fails, the link
// still leaves.
import { isLeavingKey, isOnExit } from './exit-gestures.ts';

const exit = import.meta.env.EXIT_URL;

let isLeaving = false;
let triedAt = Number.NaN; // on the clock of the page, while a load is on its way
// A load on its way is left alone: each new try starts it from zero, and who taps fast would never arrive. Where nobody
// tells that it was stopped, a tap tries again after thirty seconds, then after twice as long.
let patienceMs = 15_000; // doubles at each try
let tabs: BroadcastChannel | undefined; // the other ones, which leave too

/** Arms the exit: every kind of click and key on the link, Escape twice from anywhere, the other tabs. */
export function start(): void {
  addEventListener('click', onClick, true);
  addEventListener('auxclick', onClick, true);
  addEventListener('keydown', onKey, true);
  // Where the browser tells that the load was stopped, the next tap tries again without waiting.
  if (window.navigation) window.navigation.addEventListener('navigateerror', forgetLoad);
  // Restored by Back or Forward while it was leaving: still covered, it leaves again.
  addEventListener('pageshow', (event) => {
    if (!isLeaving || !event.persisted) return;
    forgetLoad();
    leave(event);
  });
  document.documentElement.classList.add('js'); // what the page says of leaving without this script is not so
  tabs = new BroadcastChannel('quitter');
  tabs.onmessage = leave;
}

function onClick(event: MouseEvent): void {
  if (event.button < 2 && (isLeaving || isOnExit(event))) leave(event);
}

function onKey(event: KeyboardEvent): void {
  const isForBrowser = isLeaving && (event.ctrlKey || event.altKey || event.metaKey); // its shortcuts
  if (!isForBrowser && (isLeaving || isLeavingKey(event))) leave(event);
}

function forgetLoad(): void {
  triedAt = Number.NaN;
}

function leave(event: Event): void {
  event.preventDefault(); // Escape, too: it would stop the load
  event.stopImmediatePropagation();
  if ((event as KeyboardEvent).repeat || performance.now() - triedAt < patienceMs) return;
  try {
    if (!isLeaving) cover();
  } finally {
    isLeaving = true;
    (top || window).location.replace(exit); // the whole page, from the frame of the verification too
    triedAt = performance.now();
    patienceMs *= 2;
    if (tabs && event.type !== 'message') tabs.postMessage('');
  }
}

function cover(): void {
  document.title = 'Chargement';
  for (const form of Array.from(document.forms)) form.reset();
  const sheet = document.createElement('a');
  sheet.id = 'quitter';
  sheet.className = 'sheet';
  sheet.href = exit;
  sheet.textContent = 'Chargement…';
  // A new body: what a slow network still brings goes into the old one, unseen.
  const body = document.createElement('body');
  body.append(sheet);
  if (document.body) document.body.replaceWith(body);
  else document.documentElement.append(body);
}
