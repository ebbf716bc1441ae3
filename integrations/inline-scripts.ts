// Browser scripts as text, for `Inline`: `import text from './x.ts?inline'`.
import type { ViteUserConfig } from 'astro';
import { onDemand, tellInlined } from '../src/components/inlined.ts';
import { minifiedScript } from './minified.ts';

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
      const text = await minifiedScript(file, { define });
      if (this.environment.name === 'ssr') tellInlined({ page: onDemand, kind: 'script', text });
      return `export default ${JSON.stringify(text)};`;
    },
  };
}
