import { inBrowser } from './in-browser.ts';

inBrowser('Chromium');
