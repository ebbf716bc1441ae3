// Client errors: what never became a request. Bytes that are not HTTP, headers without end, a client that is too slow, a
// tunnel asked for are answered as all the rest, with the number, and the connection ends.
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { countEvent } from '../monitoring/counters.ts';
import { type Answer, rawHead } from './answer.ts';
import type { Headers } from './headers.ts';

const statuses = new Map([
  ['HPE_HEADER_OVERFLOW', 431],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
]);

/** How long what still comes on a connection that was answered is read, and thrown away. */
const lingersMs = 2000;

type Failures = { failed: (status: number) => Answer; every: Headers };

/**
 * Answers what node:http gave up, or what asks for a tunnel, on the connections of a server. From here on, nothing that
 * a connection does, nor one that cannot be accepted, throws.
 */
export function answerUnread(server: Server, { failed, every }: Failures): void {
  const answered = new WeakSet<Duplex>(); // node:http tells the same of whatever they still send
  const end = (socket: Duplex, status: number) => {
    answered.add(socket);
    socket.on('error', () => socket.destroy()); // node:http has let go of it: a reset while we write would end the process
    const answer = failed(status);
    socket.write(rawHead(answer, every));
    socket.end(answer.body.identity);
    // Closed on bytes that nobody read, a connection is reset, and a client or a proxy loses the answer on its way.
    socket.resume();
    const patience = setTimeout(() => socket.destroy(), lingersMs);
    socket.once('close', () => clearTimeout(patience));
  };
  server.on('connect', (_, socket) => end(socket, 405));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (answered.has(socket)) return;
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else end(socket, statuses.get(error.code ?? '') ?? 400);
  });
  server.on('error', ({ code = '' }: NodeJS.ErrnoException) => countEvent('not-accepted', { code }));
}
