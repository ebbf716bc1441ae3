// Pages are built once into plain files; only what receives the form is rendered on demand.
// The server in src/server/ owns headers, cross-site checks and errors, so Astro's own are off.
import { appendFileSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import node from '@astrojs/node';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import { build } from 'esbuild';
import { minify } from 'terser';
import { compressFiles } from './src/server/http/compression.ts';
import { exitUrlFrom } from './src/settings/exit-url.ts';
import { missingNames } from './src/settings/publisher.ts';
import { securityWarning } from './src/settings/security-contact.ts';
import { readContent } from './src/writing/read.ts';

// Phones that get no more updates: iPhones stopped at iOS 12, Androids of 2018.
const oldest = 'chrome67';
const suffix = '?inline';
const define = { 'import.meta.env.EXIT_URL': JSON.stringify(exitUrlFrom(process.env)) };

/** `import text from './x.ts?inline'`: a browser script whose `start()` runs at once, minified, as text. */
const inlineScripts = {
  name: 'inline-scripts',
  enforce: 'pre',
  async load(id) {
    if (!id.endsWith(`.ts${suffix}`)) return;
    const file = id.slice(0, -suffix.length);
    this.addWatchFile(file);
    const { outputFiles } = await build({
      stdin: { contents: `import { start } from ${JSON.stringify(file)}; start();`, resolveDir: '.' },
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2018',
      charset: 'utf8',
      legalComments: 'none',
      write: false,
      define,
    });
    const { code } = await minify(outputFiles[0].text, {
      ecma: 2018,
      toplevel: true,
      compress: { passes: 3, unsafe_arrows: true }, // no function of ours has a `this`
    });
    return `export default ${JSON.stringify(code)};`;
  },
};

/** `npm run dev` shows every component in all its states; a build has no such page. */
const componentPlan = {
  name: 'component-plan',
  hooks: {
    'astro:config:setup'({ command, injectRoute }) {
      const entrypoint = './src/layouts/ComponentGallery.astro';
      if (command === 'dev') injectRoute({ pattern: '/plan-des-composants', entrypoint });
    },
  },
};

/** A mistake in the texts stops the build with a sentence in French, before anything is rendered. */
let content;
const checkedTexts = {
  name: 'checked-texts',
  hooks: {
    'astro:config:setup'({ command, logger }) {
      content = readContent('src/content');
      const missing = missingNames(process.env);
      if (command === 'build' && missing.length > 0)
        logger.warn(`Mentions légales à compléter par ces réglages : ${missing.join(', ')}.`);
    },
  },
};

/** A site that knows its own address tells search engines where its map is. */
const mapInRobots = {
  name: 'map-in-robots',
  hooks: {
    'astro:build:done'({ dir }) {
      const site = process.env.PUBLIC_ORIGIN;
      if (site) appendFileSync(new URL('robots.txt', dir), `\nSitemap: ${site}/sitemap-index.xml\n`);
    },
  },
};

/** Whom to tell of a weakness: a wrong address stops the build, a missing one or a date gone by is told. */
const securityContact = {
  name: 'security-contact',
  hooks: {
    'astro:config:setup'({ command, logger }) {
      const warning = securityWarning(process.env, new Date());
      if (command === 'build' && warning) logger.warn(warning);
    },
  },
};

/** Pages without what no browser shows: line ends between two blocks. */
const closeSetting = {
  name: 'close-setting',
  hooks: {
    'astro:build:done'({ dir }) {
      for (const name of globSync('**/*.html', { cwd: dir })) {
        const file = new URL(name, dir);
        const html = readFileSync(file, 'utf8');
        writeFileSync(
          file,
          html.replace(/(<\/(?:p|h\d|li|[ou]l|div|t[rdh]|thead|tbody|table)>)\n(?=<)/g, '$1'),
        );
      }
    },
  },
};

/** Compressed once here, for our server and for any other that serves these files. Last: nothing changes afterwards. */
const compression = {
  name: 'compression',
  hooks: { 'astro:build:done': ({ dir }) => compressFiles(fileURLToPath(dir)) },
};

// Answers, not pages: nobody looks for them.
const unlisted = /\/(404|500|refus|trop|encart|(contact|encart)\/.+)$/;

/** The home page and its other languages know each other. */
function withLanguages(item) {
  const { origin, pathname } = new URL(item.url);
  const paths = new Map(content.languages.map(({ id, head }) => [`/langues/${id}`, head.langue])).set(
    '/',
    'fr',
  );
  if (!paths.has(pathname)) return item;
  return { ...item, links: Array.from(paths, ([path, lang]) => ({ lang, url: `${origin}${path}` })) };
}

export default defineConfig({
  site: process.env.PUBLIC_ORIGIN || undefined,
  output: 'static',
  trailingSlash: 'never',
  build: { format: 'file' },
  integrations: [
    checkedTexts,
    securityContact,
    componentPlan,
    mapInRobots,
    sitemap({ filter: (page) => !unlisted.test(page), serialize: withLanguages }),
    closeSetting,
    compression,
  ],
  adapter: node({ mode: 'middleware' }),
  session: false,
  security: { checkOrigin: false },
  devToolbar: { enabled: false },
  vite: {
    build: { cssMinify: 'esbuild', cssTarget: oldest },
    plugins: [inlineScripts],
    define,
  },
});
