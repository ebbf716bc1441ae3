// Pages without what no browser shows: line ends between two blocks, and quotes written in five signs.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import type { AstroIntegration } from 'astro';

/** Sets the blocks of every built page one right after the other, and data between single quotes. */
export function closeSetting(): AstroIntegration {
  return {
    name: 'close-setting',
    hooks: {
      'astro:build:done'({ dir }) {
        for (const name of globSync('**/*.html', { cwd: dir })) {
          const file = new URL(name, dir);
          writeFileSync(file, closelySet(readFileSync(file, 'utf8')));
        }
      },
    },
  };
}

function closelySet(html: string): string {
  const close = html.replace(/(<\/(?:p|h\d|li|[ou]l|div|t[rdh]|thead|tbody|table)>)\n(?=<)/g, '$1');
  return close.replace(
    /(?<= data-\w+=)"([^"']*&quot;[^"']*)"/g,
    (_, json) => `'${json.replaceAll('&quot;', '"')}'`,
  );
}
