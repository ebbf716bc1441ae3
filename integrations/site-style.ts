// Every style of the site as one text, which `Style` imports as virtual:site-style. Pages take each other's place without
// a new load, so each holds them all.
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ViteUserConfig } from 'astro';
import { transformSync } from 'esbuild';
import { onDemand, tellInlined } from '../src/components/inlined.ts';
import { withMediaLast, withoutSpaces, withShortNames } from './style-text.ts';

type Plugin = NonNullable<ViteUserConfig['plugins']>[number];

const name = 'virtual:site-style';

/** The style of the site, minified for browsers from `target` on. */
export function siteStyle(target: string): Plugin {
  return {
    name: 'site-style',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return;
      const files = sheets();
      for (const file of files) this.addWatchFile(resolve(file));
      const text = textOf(files, target);
      if (this.environment.name === 'ssr') tellInlined({ page: onDemand, kind: 'style', text });
      return `export default ${JSON.stringify(text)};`;
    },
  };
}

// In the order in which rules of the same weight win: what all share, each component, paper.
function sheets(): string[] {
  const components = globSync('src/components/*.css').sort();
  return ['src/styles/tokens.css', 'src/styles/base.css', ...components, 'src/styles/print.css'];
}

function textOf(files: string[], target: string): string {
  const minified = files.map((file) => {
    const { code } = transformSync(readFileSync(file, 'utf8'), { loader: 'css', minify: true, target });
    return code.trimEnd();
  });
  return withMediaLast(withoutSpaces(withShortNames(minified.join(''))));
}
