// What a visit leaves in Firefox, and how one leaves, with real hands: one after the other, on a scene built once.
import { after, describe } from 'node:test';
import { skip } from './browsers.ts';
import { partnerFrame } from './frames.ts';
import { hiddenPage } from './hidden-page.ts';
import { carelessPage } from './instruments.ts';
import { leaving, slowExits } from './leaving.ts';
import { closeSharedScene } from './scene.ts';
import { visits } from './visits.ts';

describe('Firefox', { skip }, () => {
  carelessPage('Firefox');
  leaving('Firefox');
  slowExits(); // the others leave beside it
  visits('Firefox');
  partnerFrame('Firefox');
  hiddenPage('Firefox');
});

after(closeSharedScene);
