// All that runs in every page, in one text.

import { start as contentEvent } from './content-event.ts';
import { start as discreetMode } from './discreet-mode.ts';
import { start as exitInView } from './exit-in-view.ts';
import { start as hiddenPage } from './hidden-page.ts';
import { start as openNow } from './open-now.ts';
import { startEach } from './start-each.ts';

/** Starts each script of the page. */
export function start(): void {
  startEach(hiddenPage, contentEvent, discreetMode, openNow, exitInView);
}
