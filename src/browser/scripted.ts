// What only a script can do: hidden without one. It comes as data of the element, « avec » or « sans ».
import { onContent } from './content-event.ts';
import { all } from './elements.ts';

/** Shows it, here and each time the page comes back in mode discret. */
export function showScripted(): void {
  addEventListener('DOMContentLoaded', reveal);
  onContent(reveal);
}

function reveal(): void {
  for (const one of all<HTMLElement>(document, '[data-script]')) one.hidden = one.dataset.script === 'sans';
}
