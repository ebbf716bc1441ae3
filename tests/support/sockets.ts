// Speaks to the site byte by byte, as no browser would.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A connection to an origin, through TLS for https; `raw` is the one below. A cut is no error: `close` tells it. */
export function open(origin: string): { raw: Socket; socket: Socket } {
  const { protocol, hostname, port } = new URL(origin);
  const raw = connect(Number(port), hostname).on('error', () => {});
  if (protocol === 'http:') return { raw, socket: raw };
  return { raw, socket: connectTls({ socket: raw, servername: hostname }).on('error', () => {}) };
}

/** Sends bytes and resolves with all that comes back until the connection ends. `isLast`: nothing will follow them. */
export async function say(origin: string, bytes: string | Buffer, { isLast = false } = {}): Promise<string> {
  const { socket } = open(origin);
  if (isLast) socket.end(bytes);
  else socket.write(bytes, 'latin1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    answer += chunk;
  });
  await new Promise((resolve) => socket.once('close', resolve));
  return answer;
}

/** The status of an answer, `100 Continue` aside, and its headers by name in lower case. */
export function headOf(answer: string): { status: number; headers: Record<string, string> } {
  const [head = ''] = answer.replace(/^HTTP\/1\.1 100 .*\r\n\r\n/, '').split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => /^([^:]+): ?(.*)$/.exec(line)?.slice(1) ?? []);
  const named = headers.map(([name = '', value = '']) => [name.toLowerCase(), value]);
  return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(named) };
}

const slowly = {
  'says nothing': '',
  'sends headers a letter at a time': 'GET / HTTP/1.1\r\nHost: site\r\nX: ',
  'sends a form a letter at a time':
    'POST /contact/envoi HTTP/1.1\r\nHost: site\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\ntel=',
};

/** So many clients of each slow kind, connected; `answer` is all they get until they are cut off. */
export function slowClients(origin: string, each: number): { kind: string; answer: Promise<string> }[] {
  const { hostname, port } = new URL(origin);
  return Object.entries(slowly).flatMap(([kind, bytes]) =>
    Array.from({ length: each }, () => {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => {});
      socket.write(bytes);
      const drip = bytes ? setInterval(() => socket.write('x'), 500) : undefined;
      let answer = '';
      socket.setEncoding('utf8').on('data', (chunk) => {
        answer += chunk;
        clearInterval(drip);
      });
      return {
        kind,
        answer: once(socket, 'close').then(() => {
          clearInterval(drip);
          return answer;
        }),
      };
    }),
  );
}
