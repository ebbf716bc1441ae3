// The exit for other sites as another site would have it: built by its command, then served as plain files.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import { basename, extname, join } from 'node:path';
import { temporaryFolder } from './folder.ts';
import { openServer, type TestServer } from './server.ts';

const command = new URL('../../src/commands/component.ts', import.meta.url).pathname;

// The example in the demo: of the script, then of the link.
const destinations = /(?<=(data-sortie|href)=")https:[^"]+/g;

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** What the site that takes the component makes of its demo page: where it leads, other changes, headers. */
export type Taken = { exit: string; page?: (html: string) => string; headers?: OutgoingHttpHeaders };

/** Runs `npm run composant` in a folder of its own, and returns what it made there. */
export function buildComponent(): string {
  const folder = temporaryFolder();
  execFileSync(process.execPath, [command], { cwd: folder, stdio: 'pipe' });
  return join(folder, 'composant');
}

/** Serves a built component, its demo page first. */
export function serveComponent(
  folder: string,
  { exit, page = (html) => html, headers = {} }: Taken,
): Promise<TestServer> {
  return openServer((request, response) => {
    const name = basename(new URL(request.url ?? '/', 'http://site').pathname) || 'index.html';
    const file = join(folder, name);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const text = readFileSync(file, 'utf8');
    const type = `${types[extname(name)]}; charset=utf-8`;
    response.writeHead(200, { 'content-type': type, ...headers });
    response.end(name === 'index.html' ? page(text.replace(destinations, exit)) : text);
  });
}
