// What never became a request: bytes that are not HTTP, headers without end, a client that is too slow. Answered as all
// the rest, with the number, and the connection ends.
import type { Duplex } from 'node:stream';
import { type Answer, rawHead } from './answer.ts';
import type { Headers } from './headers.ts';

const statuses: Record<string, number | undefined> = {
  __proto__: null as never,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

type Refusals = { refused: (status: number) => Answer; every: Headers };

/** Answers on a connection that node:http gave up. */
export function answerUnread(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  { refused, every }: Refusals,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const answer = refused(statuses[error.code ?? ''] ?? 400);
  socket.write(rawHead(answer, every));
  socket.end(answer.body.identity, () => socket.destroy());
}
