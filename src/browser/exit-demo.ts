// A demo of the exit: shows what leaving feels like, and comes back. The page stays underneath, and the real exit stays
// armed: Escape twice still leaves.
import { onContent } from './content-event.ts';
import { byId, focusOn, pressedIn, show } from './elements.ts';

const coveredMs = 2000;

/** Arms « Essayer sans risque », on whatever page shows it. */
export function start(): void {
  const reveal = () => show(byId('essai'));
  onContent(reveal);
  addEventListener('click', (event) => {
    if (pressedIn(event, '#essai')) cover();
  });
}

function cover(): void {
  const sheet = document.createElement('div');
  sheet.className = 'sheet';
  sheet.setAttribute('role', 'status');
  document.body.append(sheet);
  sheet.textContent = (byId('progres') as HTMLElement).dataset.dit as string; // once it is there, so that it is said aloud
  const uncover = () => {
    sheet.remove();
    const result = byId('essai-fini');
    show(result);
    focusOn(result);
  };
  setTimeout(uncover, coveredMs);
}
