// @ts-check
// Pages are built once into plain files; only what receives the form is rendered on demand.
// The server in src/server/ owns headers, cross-site checks and errors, so Astro's own are off.
import { defineConfig } from 'astro/config';
import { checkedTexts } from './integrations/checked-texts.ts';
import { closeSetting } from './integrations/close-setting.ts';
import { componentGallery } from './integrations/component-gallery.ts';
import { compression } from './integrations/compression.ts';
import { inlineHashes } from './integrations/inline-hashes.ts';
import { inlineScripts } from './integrations/inline-scripts.ts';
import { renderer } from './integrations/renderer.ts';
import { mapInRobots } from './integrations/robots.ts';
import { securityContact } from './integrations/security-contact.ts';
import { siteMap } from './integrations/site-map.ts';
import { siteStyle } from './integrations/site-style.ts';
import { exitUrlFrom } from './src/settings/exit-url.ts';

// Phones that get no more updates: iPhones stopped at iOS 12, Androids of 2018.
const oldest = 'chrome67';
const define = { 'import.meta.env.EXIT_URL': JSON.stringify(exitUrlFrom(process.env)) };
const origin = process.env.PUBLIC_ORIGIN || undefined;

export default defineConfig({
  ...(origin && { site: origin }),
  output: 'static',
  trailingSlash: 'never',
  build: { format: 'file' },
  integrations: [
    checkedTexts(process.env),
    securityContact(process.env),
    componentGallery(),
    mapInRobots(origin),
    siteMap(),
    inlineHashes(),
    closeSetting(),
    compression(), // last: nothing changes afterwards
  ],
  adapter: renderer(),
  session: false,
  security: { checkOrigin: false },
  devToolbar: { enabled: false },
  vite: {
    build: { cssMinify: 'esbuild', cssTarget: oldest },
    plugins: [inlineScripts(define), siteStyle(oldest)],
    define,
  },
});
