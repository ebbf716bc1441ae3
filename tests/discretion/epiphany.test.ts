// The same in Epiphany, on WebKit.
import { after } from 'node:test';
import { closeSharedScene } from './scene.ts';
import './webkit.ts';
import './webkit-exit.ts';
import './webkit-frame.ts';

after(closeSharedScene);
