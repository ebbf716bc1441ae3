// All that the callback form needs, in one text: only its pages carry it, and mode discret brings it with the first of them.
import { start as contactForm } from './contact-form.ts';
import { start as slotDates } from './slot-dates.ts';
import { startEach } from './start-each.ts';
import { start as textLimits } from './text-limits.ts';

/** Starts each script of the form. */
export function start(): void {
  startEach(contactForm, slotDates, textLimits);
}
