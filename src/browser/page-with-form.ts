// All that a page with the form runs, in one text: what every page does, and what the form needs. Mode discret brings it to a
// page that does the first part already.
import { start as form } from './form.ts';
import { start as page } from './page.ts';

/** Starts the scripts of the form, and those of the page unless they run. */
export function start(): void {
  if (document.head.contains(document.currentScript)) page();
  form();
}
