// Leaves at once. Runs in the head, before anything else, and needs nothing else; if it fails, the link still leaves.

const exit = import.meta.env.EXIT_URL;
const twiceMs = 1000;
// A load on its way is left alone: each new try starts it from zero, and who taps fast would never arrive.
const patienceMs = 5000;

/** Arms the exit: every kind of click and key on the link, Escape twice from anywhere, the other tabs. */
export function start(): void {
  let tabs: BroadcastChannel | undefined;
  let isLeaving = false;
  let triedAt = 0; // 0: no load on its way
  let escapedAt = -twiceMs;

  const leave = (event: Event) => {
    event.preventDefault(); // Escape, too: it would stop the load
    event.stopImmediatePropagation();
    if ((event as KeyboardEvent).repeat || (triedAt && performance.now() - triedAt < patienceMs)) return;
    try {
      if (!isLeaving) cover();
    } finally {
      isLeaving = true;
      (top || window).location.replace(exit); // the whole page, from the frame of the verification too
      triedAt = performance.now();
      if (tabs && event.type !== 'message') tabs.postMessage('');
    }
  };

  const isOnLink = ({ target }: Event) => target instanceof Element && !!target.closest('#quitter');

  const onClick = (event: MouseEvent) => {
    if (event.button < 2 && (isLeaving || isOnLink(event))) leave(event);
  };

  const onKey = (event: KeyboardEvent) => {
    const { key, timeStamp } = event;
    if (isLeaving) return event.ctrlKey || event.altKey || event.metaKey || leave(event);
    if (event.repeat || event.isComposing) return;
    const isSecond = key === 'Escape' && timeStamp - escapedAt < twiceMs;
    escapedAt = key === 'Escape' ? timeStamp : -twiceMs;
    if (isSecond || (key === ' ' && isOnLink(event))) leave(event);
  };

  const tryAgain = () => {
    triedAt = 0;
  };

  addEventListener('click', onClick, true);
  addEventListener('auxclick', onClick, true);
  addEventListener('keydown', onKey, true);
  // Where the browser tells that the load was stopped, the next tap tries again without waiting.
  const { navigation } = window;
  if (navigation) navigation.addEventListener('navigateerror', tryAgain);
  // Restored by Back or Forward while it was leaving: still covered, it leaves again.
  addEventListener('pageshow', (event) => {
    if (!isLeaving || !event.persisted) return;
    tryAgain();
    leave(event);
  });
  document.documentElement.className = 'js'; // what the page says of leaving without this script is not so
  tabs = new BroadcastChannel('quitter');
  tabs.onmessage = leave;
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
