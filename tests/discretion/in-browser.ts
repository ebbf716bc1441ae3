// What a visit leaves in a browser, and how one leaves, with real hands: one after the other, on a scene built once.
import { after, describe } from 'node:test';
import { type BrowserName, skip } from './browsers.ts';
import { partnerFrame } from './frames.ts';
import { hiddenPage } from './hidden-page.ts';
import { carelessPage } from './instruments.ts';
import { leaving } from './leaving.ts';
import { closeSharedScene } from './scene.ts';
import { visits } from './visits.ts';

/** Declares all that is measured in one browser, and what more is measured beside it. */
export function inBrowser(browser: BrowserName, more: () => void = () => {}): void {
  describe(browser, { skip }, () => {
    carelessPage(browser);
    leaving(browser);
    more();
    visits(browser);
    partnerFrame(browser);
    hiddenPage(browser);
  });

  after(closeSharedScene);
}
