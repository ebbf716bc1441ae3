// Astro renders what depends on a form. It is handed a bare path and our own locals: it sees neither the token of the
// address nor any header, and its own logs are closed (astro-entry.ts).
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What Astro answered. */
type Rendered = { status: number; html: Buffer };

/** Renders an on-demand page at a path. Rejects when the page broke. */
export type Render = (path: string, locals: App.Locals) => Promise<Rendered>;

/** Loads Astro's application and every module it could need later: a broken build fails here, not on a first visitor. */
export async function loadRender(folder: string): Promise<Render> {
  const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.mjs'),
  );
  for (const name of modules) await import(pathToFileURL(join(folder, name)).href);
  const entry = pathToFileURL(join(folder, 'entry.mjs')).href;
  const { respond }: typeof import('./astro-entry.ts') = await import(entry);
  return async (path, locals) => {
    const response = await respond(path, locals);
    if (response.status >= 500 && response.status !== 503) throw new Error('The page broke');
    return { status: response.status, html: Buffer.from(await response.arrayBuffer()) };
  };
}
