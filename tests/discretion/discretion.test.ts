// What a visit leaves, and how one leaves, in real browsers with real hands: one after the other, on a scene built once.
import { after } from 'node:test';
import { closeSharedScene } from './scene.ts';
import './instruments.ts';
import './leaving.ts';
import './visits.ts';
import './webkit.ts';
import './webkit-exit.ts';
import './frames.ts';
import './webkit-frame.ts';
import './hidden-page.ts';

after(closeSharedScene);
