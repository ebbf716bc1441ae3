// Every style of the site as texts, imported as virtual:site-style: what all pages share, what only those of the form or those
// to read have, and what the home page has. Pages take each other's place without a new load: mode discret brings what is missing.
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ViteUserConfig } from 'astro';
import { onDemand, tellInlined } from '../src/components/inlined.ts';
import { minifiedStyles } from './minified.ts';
import { withMediaLast, withoutSpaces, withShortNames } from './style-text.ts';

type Plugin = NonNullable<ViteUserConfig['plugins']>[number];

const name = 'virtual:site-style';
const component = (file: string) => `src/components/${file}.css`;
const form = ['ContactForm', 'Outcome', 'Slots', 'Verification'].map(component);
const text = ['src/styles/text.css', component('Helplines'), component('Traces'), 'src/layouts/Text.css'];
const home = ['Helplines', 'Scene', 'MainLinks', 'WalletCard'].map(component);

/** The styles of the site, minified for browsers from `target` on. */
export function siteStyle(target: string): Plugin {
  return {
    name: 'site-style',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return;
      const sheets = { shared: sharedSheets(), form, text, home };
      for (const file of Object.values(sheets).flat()) this.addWatchFile(resolve(file));
      const styles = Object.entries(textsOf(sheets, target));
      if (this.environment.name === 'ssr')
        for (const [, css] of styles) tellInlined({ page: onDemand, kind: 'style', text: css });
      return styles.map(([part, css]) => `export const ${part} = ${JSON.stringify(css)};`).join('\n');
    },
  };
}

// In the order in which rules of the same weight win: what all share, each component, paper.
function sharedSheets(): string[] {
  const components = globSync(component('*')).filter((file) => ![...form, ...text, ...home].includes(file));
  return ['src/styles/tokens.css', 'src/styles/base.css', ...components.sort(), 'src/styles/print.css'];
}

// The short names of one part are those of the others.
function textsOf(sheets: Record<string, string[]>, target: string): Record<string, string> {
  const parts = Object.entries(sheets).map(([part, files]) => [part, minifiedStyles(files, target)] as const);
  const border = '/* */';
  const short = withShortNames(parts.map(([, css]) => css).join(border)).split(border);
  return Object.fromEntries(
    parts.map(([part], index) => [part, withMediaLast(withoutSpaces(short[index] as string))]),
  );
}
