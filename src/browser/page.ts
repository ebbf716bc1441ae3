// All that runs in a page, in one text. What breaks in one script stops no other.

import { start as contactForm } from './contact-form.ts';
import { start as contentEvent } from './content-event.ts';
import { start as discreetMode } from './discreet-mode.ts';
import { start as exitDemo } from './exit-demo.ts';
import { start as exitInView } from './exit-in-view.ts';
import { start as openNow } from './open-now.ts';

/** Starts each script of the page. */
export function start(): void {
  for (const begin of [contentEvent, discreetMode, openNow, contactForm, exitInView, exitDemo]) {
    try {
      begin();
    } catch (error) {
      console.error(error);
    }
  }
}
