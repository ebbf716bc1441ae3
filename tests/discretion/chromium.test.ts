// What a visit leaves in Chromium, and how one leaves, with real hands: one after the other, on a scene built once.
import { after, describe } from 'node:test';
import { skip } from './browsers.ts';
import { partnerFrame } from './frames.ts';
import { hiddenPage } from './hidden-page.ts';
import { carelessPage } from './instruments.ts';
import { leaving } from './leaving.ts';
import { closeSharedScene } from './scene.ts';
import { visits } from './visits.ts';

describe('Chromium', { skip }, () => {
  carelessPage('Chromium');
  leaving('Chromium');
  visits('Chromium');
  partnerFrame('Chromium');
  hiddenPage('Chromium');
});

after(closeSharedScene);
