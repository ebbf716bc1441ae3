// @ts-check
// Pages are built once into plain files; only what receives the form is rendered on demand.
// The server in src/server/ owns headers, cross-site checks and errors, so Astro's own are off.
import { defineConfig } from 'astro/config';
import { buildSteps } from './integrations/build-steps.ts';
import { inlineScripts } from './integrations/inline-scripts.ts';
import { oldest } from './integrations/minified.ts';
import { renderer } from './integrations/renderer.ts';
import { siteStyle } from './integrations/site-style.ts';
import { exitUrlFrom } from './src/settings/exit-url.ts';

const define = { 'import.meta.env.EXIT_URL': JSON.stringify(exitUrlFrom(process.env)) };

export default defineConfig({
  ...(process.env.PUBLIC_ORIGIN && { site: process.env.PUBLIC_ORIGIN }),
  output: 'static',
  trailingSlash: 'never',
  build: { format: 'file' },
  integrations: buildSteps(process.env),
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
