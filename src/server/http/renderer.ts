// Astro renders what depends on a form. It is handed a bare path and our own locals: it sees neither the body, nor the
// token of the address, nor any header, so its own logs have nothing to tell.
import { EventEmitter } from 'node:events';
import { readdirSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What Astro answered. */
type Rendered = { status: number; html: Buffer };

/** Renders an on-demand page at a path. Rejects when the page broke. */
export type Render = (path: string, locals: App.Locals) => Promise<Rendered>;

type Handler = (
  request: IncomingMessage,
  response: unknown,
  next: undefined,
  locals: App.Locals,
) => Promise<void>;

/** Loads Astro's handler and every module it could need later: a broken build fails here, not on a first visitor. */
export async function loadRender(folder: string): Promise<Render> {
  const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.mjs'),
  );
  for (const name of modules) await import(pathToFileURL(join(folder, name)).href);
  const { handler } = (await import(pathToFileURL(join(folder, 'entry.mjs')).href)) as { handler: Handler };
  process.removeAllListeners('unhandledRejection'); // Astro's writes the message, which can quote somebody, and goes on
  return async (path, locals) => {
    const request = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url: path });
    request.headers = { host: 'localhost' };
    const capture = new Capture(request);
    await handler(request, capture, undefined, locals);
    return capture.rendered();
  };
}

// The part of ServerResponse that the adapter writes to, kept in memory so that our own table of headers applies.
class Capture extends EventEmitter {
  readonly req: IncomingMessage; // the adapter lets go of the request it finds here; without it, of none
  statusCode = 200;
  headersSent = false;
  #chunks: Buffer[] = [];

  constructor(req: IncomingMessage) {
    super();
    this.req = req;
  }

  writeHead(status: number): void {
    this.statusCode = status;
    this.headersSent = true;
  }

  write(chunk: string | Uint8Array): void {
    this.#chunks.push(Buffer.from(chunk));
  }

  end(chunk?: string | Uint8Array): void {
    if (chunk) this.write(chunk);
    this.emit('finish');
  }

  destroy(): void {
    this.statusCode = 500;
  }

  rendered(): Rendered {
    if (this.statusCode >= 500 && this.statusCode !== 503) throw new Error('The page broke');
    return { status: this.statusCode, html: Buffer.concat(this.#chunks) };
  }
}
