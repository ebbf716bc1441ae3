// Browser scripts as text, for `Inline`: `import text from './x.ts?inline'`.
import type { ViteUserConfig } from 'astro';
import { build } from 'esbuild';
import { minify } from 'terser';
import { onDemand, tellInlined } from '../src/components/inlined.ts';

type Plugin = NonNullable<ViteUserConfig['plugins']>[number];

const suffix = '?inline';

/** A browser script whose `start()` runs at once, minified, as text; `define` is what it is told of the settings. */
export function inlineScripts(define: Record<string, string>): Plugin {
  return {
    name: 'inline-scripts',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(`.ts${suffix}`)) return;
      const file = id.slice(0, -suffix.length);
      this.addWatchFile(file);
      const text = await minified(await bundled(file, define));
      if (this.environment.name === 'ssr') tellInlined({ page: onDemand, kind: 'script', text });
      return `export default ${JSON.stringify(text)};`;
    },
  };
}

async function bundled(file: string, define: Record<string, string>): Promise<string> {
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
  return outputFiles.map(({ text }) => text).join('');
}

async function minified(script: string): Promise<string> {
  const { code = '' } = await minify(script, {
    ecma: 2018,
    toplevel: true,
    compress: { passes: 3, unsafe_arrows: true }, // no function of ours has a `this`
  });
  return code;
}
