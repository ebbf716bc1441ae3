// Answers, written: the encoding that the client reads, the headers, 304 to who has it already, 206 to who asks for a part.
import { createHash } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { parse } from 'range-parser';
import type { Body } from './built-pages.ts';
import type { Headers } from './headers.ts';

/** What is sent. The same object, sent again, is not written again: an answer that never changes is made once. */
export type Answer = { status: number; body: Body; headers?: Headers };

type Encoding = 'br' | 'gzip' | 'identity';

/**
 * An answer in one encoding. Headers are flat lists of names and values, which node:http takes quickest: `head` with
 * those of the body, `bare` without.
 */
type Representation = { bytes: Buffer; head: string[]; bare: string[]; etag: string | undefined };

/** Writes answers that all carry `every`, unless they say otherwise. */
export function senderWith(every: Headers) {
  const known = new WeakMap<Answer, Partial<Record<Encoding, Representation>>>();

  const representationOf = (answer: Answer, encoding: Encoding): Representation => {
    const made = known.get(answer)?.[encoding];
    if (made) return made;
    const representation = newRepresentation(answer, encoding, every);
    known.set(answer, { ...known.get(answer), [encoding]: representation });
    return representation;
  };

  return (request: IncomingMessage, response: ServerResponse, answer: Answer): void => {
    const whole = representationOf(answer, encodingFor(request.headers['accept-encoding'] ?? ''));
    const part = partOf(whole, answer, request);
    const representation = part ?? whole;
    const found = part ? 206 : answer.status;
    const status = representation.etag && isKnown(request, representation.etag) ? 304 : found;
    const hasBody = status !== 204 && status !== 304;
    const head = hasBody ? representation.head : representation.bare;
    response.removeHeader('connection'); // kept open all the same: saying so costs every page some fifty bytes
    // An unread body would be taken for the next request; and none comes from who has closed that side.
    const goesOn = request.complete && !request.socket.readableEnded;
    response.writeHead(status, goesOn ? head : [...head, 'connection', 'close']);
    response.end(hasBody && request.method !== 'HEAD' ? representation.bytes : undefined);
  };
}

/** The head of an answer to what is no request: uncompressed, and the connection ends. */
export function rawHead({ status, body, headers }: Answer, every: Headers): string {
  const lines = { ...every, ...headers, 'content-type': body.type, 'content-length': body.identity.length };
  const written = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${written.join('')}connection: close\r\n\r\n`;
}

function newRepresentation(
  { body, headers, status }: Answer,
  encoding: Encoding,
  every: Headers,
): Representation {
  const bytes = body[encoding];
  const table = { ...every, ...headers };
  const mayBeKept = status === 200 && table['cache-control'] !== 'no-store';
  const etag = mayBeKept ? tagOf(bytes) : undefined;
  const ofBody = {
    'content-type': body.type,
    'content-length': String(bytes.length),
    ...(bytes === body.identity ? {} : { 'content-encoding': encoding }),
  };
  const bare = Object.entries(etag ? { ...table, etag } : table).flat();
  return { bytes, head: [...bare, ...Object.entries(ofBody).flat()], bare, etag };
}

// The one part that is asked for of what has parts; undefined for several, or for none that is there: all of it is an answer
// too, and the only one to any method but GET (RFC 9110, 14.2).
function partOf(
  { bytes, bare }: Representation,
  { body: { type }, headers: of }: Answer,
  { method, headers }: IncomingMessage,
): Representation | undefined {
  if (!of?.['accept-ranges'] || method !== 'GET') return undefined;
  const { code, type: unit, ranges } = parse(bytes.length, headers.range ?? '');
  const [range, another] = ranges;
  if (code !== 0 || unit !== 'bytes' || !range || another) return undefined;
  const { start, end } = range;
  const part = bytes.subarray(start, end + 1);
  const ofPart = {
    'content-type': type,
    'content-length': String(part.length),
    'content-range': `bytes ${start}-${end}/${bytes.length}`,
  };
  return { bytes: part, head: [...bare, ...Object.entries(ofPart).flat()], bare, etag: undefined };
}

// Strong: each encoding has its own.
function tagOf(bytes: Buffer): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
}

function isKnown({ headers }: IncomingMessage, etag: string): boolean {
  const known = (headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}

const accepted = (name: string) => new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`);
const br = accepted('br');
const gzip = accepted('gzip');

function encodingFor(header: string): Encoding {
  if (br.test(header)) return 'br';
  return gzip.test(header) ? 'gzip' : 'identity';
}
