// Our text on Starlight: a site of one page, with its own defaults, built by its own Astro.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load } from 'cheerio';
import type { Text } from './text.ts';

const project = new URL('./starlight/', import.meta.url);

/** Builds the site and gives its files. */
export function starlightSite({ title, description, main }: Text) {
  const query = load(main, null, false);
  const heading = query('h1').text() || title; // Starlight writes the title of a page itself
  query('h1').remove();
  query('[data-button]').removeAttr('data-button');
  const lines = [
    '---',
    ...Object.entries({ title: heading, description }).map(
      ([name, value]) => `${name}: ${JSON.stringify(value)}`,
    ),
    '---',
  ];
  mkdirSync(new URL('./src/content/docs', project), { recursive: true });
  writeFileSync(
    new URL('./src/content/docs/index.md', project),
    `${lines.join('\n')}\n\n${query.html().replace(/\n\s*\n/g, '\n')}\n`,
  );
  execFileSync(process.execPath, ['../node_modules/astro/bin/astro.mjs', 'build', '--silent'], {
    cwd: fileURLToPath(project),
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
    stdio: 'inherit',
  });
  return (path: string): Buffer | undefined => {
    const file = new URL(`./dist${path}${path.endsWith('/') ? 'index.html' : ''}`, project);
    return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file) : undefined;
  };
}
