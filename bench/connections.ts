// Connections as light as can be, so that who asks is not the limit: bytes out, one answer in.
import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';

/** A whole HTTP request, and the status that it must get. */
export type Asked = { bytes: string; status: number };

/** Sends the n-th request and resolves with its whole answer. Rejects on a broken connection, another status, ten silent seconds. */
export type Send = (asked: Asked, n: number) => Promise<void>;

const patienceMs = 10_000;

/** Each request on a connection of its own, from one of 250 addresses of this machine; the server closes it, later. */
export function newLine(port: number): Send {
  return (asked, n) => answered(open({ port, localAddress: `127.0.1.${1 + (n % 250)}` }), asked);
}

/** Requests that wait their turn on a few connections, each used in turn: an idle one would be closed by the server. */
export function sharedLines(port: number, many: number): Send {
  const free = Array.from({ length: many }, () => open({ port }));
  const waiting: ((socket: Socket) => void)[] = [];
  return async (asked) => {
    const socket = free.shift() ?? (await new Promise<Socket>((resolve) => waiting.push(resolve)));
    try {
      await answered(socket, asked);
    } finally {
      const next = waiting.shift();
      if (next) next(socket);
      else free.push(socket);
    }
  };
}

// Broken after its answer, it concerns nobody any more.
function open(options: TcpNetConnectOpts): Socket {
  return connect({ ...options, host: '127.0.0.1' }).on('error', () => {});
}

function answered(socket: Socket, { bytes, status }: Asked): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let head = '';
  let missing = Number.POSITIVE_INFINITY;
  const onData = (chunk: Buffer) => {
    if (missing === Number.POSITIVE_INFINITY) {
      head += chunk.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      missing = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0) - (head.length - end - 4);
    } else missing -= chunk.length;
    if (missing <= 0)
      finish(head.startsWith(`HTTP/1.1 ${status} `) ? undefined : new Error(head.slice(9, 12)));
  };
  const onError = (error: Error) => finish(error);
  const onClose = () => finish(new Error('closed'));
  const patience = setTimeout(() => finish(new Error('silent')), patienceMs);
  const finish = (error?: Error) => {
    clearTimeout(patience);
    socket.off('data', onData).off('close', onClose).off('error', onError);
    if (error) reject(error);
    else resolve();
  };
  socket.on('data', onData).once('close', onClose).once('error', onError);
  socket.write(bytes, 'latin1');
  return promise;
}
