// Connections as nobody honest holds them, drawn from a seed: reset, half closed or left waiting, at each state of a
// request, of a tunnel, of an upgrade, of many requests in a row.
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { open } from '../support/sockets.ts';
import { anyRequest, rightAnswers } from './requests.ts';

/** What is sent on a connection, then what becomes of it: `turns` of the event loop after it is open, sent or answered. */
export type Link = {
  bytes: Buffer;
  when: 'open' | 'sent' | 'answered';
  turns: number;
  act: 'reset' | 'end' | 'wait';
};

const odd = <const Value>(...values: Value[]) => fc.constantFrom(...values);
const head = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`;

const form = rightAnswers.map((answers) => `${new URLSearchParams(answers)}`.replace(/\p{Surrogate}/gu, '-'));
const post = fc
  .tuple(form, odd([], ['Expect: 100-continue'], ['Expect: autre']))
  .map(
    ([body, more]) =>
      head(
        'POST /contact/envoi HTTP/1.1',
        'Host: localhost',
        'Content-Type: application/x-www-form-urlencoded',
        `Content-Length: ${Buffer.byteLength(body)}`,
        ...more,
      ) + body,
  );
const get = odd('/', '/contact', '/numeros', '/kit/affiche-a4.pdf', '/inconnue').map((path) =>
  head(`GET ${path} HTTP/1.1`, 'Host: localhost'),
);
const tunnel = fc
  .tuple(
    odd('exemple.fr:443', 'localhost:22', '[::1]:1', '/contact', '*', 'http://a/'),
    odd('', 'x', 'GET / '),
  )
  .map(([target, more]) => head(`CONNECT ${target} HTTP/1.1`, 'Host: localhost') + more);
const upgrade = fc
  .tuple(
    odd('GET / ', 'GET /contact ', 'POST /contact/envoi ', 'OPTIONS * '),
    odd('websocket', 'h2c', 'TLS/1.0'),
    form,
  )
  .map(
    ([start, protocol, body]) =>
      head(
        `${start}HTTP/1.1`,
        'Host: localhost',
        'Connection: Upgrade, HTTP2-Settings',
        `Upgrade: ${protocol}`,
        'HTTP2-Settings: AAMAAABkAAQAAP__',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Version: 13',
        `Content-Length: ${Buffer.byteLength(body)}`,
      ) + body,
  );
const inRow = fc
  .array(fc.oneof({ weight: 3, arbitrary: get }, post, tunnel, upgrade), { minLength: 2, maxLength: 12 })
  .map((all) => all.join(''));

const polite = fc.oneof(get, post, tunnel, upgrade, inRow).map((text) => Buffer.from(text));
// A proxy passes on what asks for its own name.
const named = ({ bytes }: { bytes: Buffer }) =>
  Buffer.from(bytes.toString('latin1').replace('Host: site', 'Host: localhost'), 'latin1');
const any = fc.oneof(anyRequest.map(named), polite);

// Nothing, a part of the head, a part of the body, or all of it.
const cut = fc
  .tuple(any, odd('nothing', 'head', 'body', 'all', 'all'), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([bytes, part, share]) => {
    const body = bytes.indexOf('\r\n\r\n') + 4;
    const rest = bytes.length - body;
    const length = { nothing: 0, head: share * body, body: body + share * rest, all: bytes.length }[part];
    return bytes.subarray(0, Math.floor(length));
  });

const turns = fc.nat({ max: 3 });
const act = odd('reset', 'reset', 'end', 'end', 'wait');
const link: fc.Arbitrary<Link> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ bytes: cut, when: odd('open', 'sent', 'sent'), turns, act }) },
  { weight: 1, arbitrary: fc.record({ bytes: polite, when: odd('answered'), turns, act }) },
);

const atOnce = 24;
const mostWaiting = 200;
const patienceMs = 120_000; // the site and both proxies end any silence sooner

/**
 * Plays so many connections against an address (https: through TLS), always the same ones for a seed. Resolves once
 * all are over with how many times each status came back; rejects when the other side leaves one open.
 */
export async function playLinks(origin: string, count: number, seed: number): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  const waiting: Socket[] = [];
  const queue = drawLinks(count, seed);
  const work = async () => {
    for (const one of queue) {
      const answer = await play(origin, one, waiting);
      for (const [, status] of answer.matchAll(/^HTTP\/1\.[01] (\d{3})/gm))
        statuses.set(Number(status), (statuses.get(Number(status)) ?? 0) + 1);
      if (waiting.length > mostWaiting) waiting.shift()?.destroy();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  for (const socket of waiting) socket.destroy();
  return statuses;
}

function* drawLinks(count: number, seed: number): Generator<Link> {
  const several = 1000; // all of a million would fill the memory
  for (let drawn = 0; drawn < count; drawn += several)
    yield* fc.sample(link, { numRuns: Math.min(several, count - drawn), seed: seed + drawn });
}

// Resolves with what came back until the connection was over, or is left to `waiting`.
async function play(origin: string, { bytes, when, turns, act }: Link, waiting: Socket[]): Promise<string> {
  const { raw, socket } = open(origin);
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    answer += chunk;
  });
  const isOpen = new Promise((resolve) => socket.once(socket === raw ? 'connect' : 'secureConnect', resolve));
  const isOver = new Promise((resolve) => socket.once('close', resolve));
  await soon(isOpen, isOver);
  const isSent = new Promise((resolve) => socket.write(bytes, resolve));
  const isAnswered = new Promise((resolve) => socket.once('data', resolve));
  await soon({ open: isOpen, sent: isSent, answered: isAnswered }[when], isOver);
  for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
  if (act === 'wait') waiting.push(socket.pause());
  else if (act === 'reset') raw.resetAndDestroy();
  else socket.end();
  if (act !== 'wait') await soon(isOver);
  return answer;
}

async function soon(...moments: Promise<unknown>[]): Promise<void> {
  const { promise, reject } = Promise.withResolvers();
  const patience = setTimeout(() => reject(new Error('a connection was left open')), patienceMs);
  await Promise.race([...moments, promise]).finally(() => clearTimeout(patience));
}
