// The exit for another site: our script and our styles, a page to try them, how to install them. Nothing else of ours.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minifiedScript, minifiedStyles, oldest } from '../../integrations/minified.ts';

const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What the folder holds, each a text by its name. */
export type Component = Record<string, string>;

/** Writes the folder, made when missing, and returns what it wrote. */
export async function writeComponent(folder: string): Promise<Component> {
  const component = await madeComponent();
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(component)) writeFileSync(join(folder, name), text);
  return component;
}

async function madeComponent(): Promise<Component> {
  // The setting of our own build is a constant of this one's.
  const surroundings = {
    define: { 'import.meta.env.EXIT_URL': 'destination' },
    inject: [place('destination.ts')],
  };
  const script = await minifiedScript(place('../browser/quick-exit.ts'), surroundings);
  const style = minifiedStyles([place('colours.css'), place('../components/QuickExit.css')], oldest);
  const told = {
    script: String(Buffer.byteLength(script)),
    style: String(style.length),
    hash: hashOf(script),
  };
  return {
    'sortie.js': script,
    'sortie.css': style,
    'index.html': read('index.html'),
    'LISEZ-MOI.md': read('LISEZ-MOI.md').replace(
      /\{(script|style|hash)\}/g,
      (_, name) => told[name as 'hash'],
    ),
    LICENCE: read('../../LICENCE'),
  };
}

function hashOf(script: string): string {
  return `sha256-${createHash('sha256').update(script).digest('base64')}`;
}

function read(name: string): string {
  return readFileSync(place(name), 'utf8');
}
