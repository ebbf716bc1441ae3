// All that the callback form needs, in one text: a frame carries it alone, a page of the site with its own scripts.
import { start as contactForm } from './contact-form.ts';
import { start as slotDates } from './slot-dates.ts';
import { startEach } from './start-each.ts';
import { start as textLimits } from './text-limits.ts';

/** Starts each script of the form. */
export function start(): void {
  startEach(contactForm, slotDates, textLimits);
}
