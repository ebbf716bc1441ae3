// The same plain server for every page that is compared: each file compressed once, at its best, and kept in memory.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { brotliCompressSync, constants as zlib } from 'node:zlib';

/** The bytes of a file by its address. */
export type Files = (path: string) => Buffer | undefined;

const types: Record<string, string> = {
  '': 'text/html; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/** Serves files until `stop`. Fonts and images are compressed already. */
export async function serveFiles(files: Files): Promise<{ origin: string; stop(): void }> {
  const kept = new Map<string, { status: number; headers: Record<string, string>; bytes: Buffer }>();
  const answerTo = (path: string) => {
    const found = files(path);
    if (!found) return { status: 404, headers: {}, bytes: Buffer.alloc(0) };
    const type = types[extname(path)];
    if (!type) return { status: 200, headers: {}, bytes: found };
    const bytes = brotliCompressSync(found, { params: { [zlib.BROTLI_PARAM_QUALITY]: 11 } });
    return { status: 200, headers: { 'content-type': type, 'content-encoding': 'br' }, bytes };
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bench');
    const answer = kept.get(pathname) ?? answerTo(pathname);
    kept.set(pathname, answer);
    response.writeHead(answer.status, answer.headers).end(answer.bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
