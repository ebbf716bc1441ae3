import { inBrowser } from './in-browser.ts';
import { slowExits } from './leaving.ts';

inBrowser('Firefox', slowExits); // the others leave beside it
