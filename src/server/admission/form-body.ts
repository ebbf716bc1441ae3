// The body of a posted form: read, or refused for where it comes from, its type or its length, before anything of ours reads a
// word of it.
import type { IncomingMessage } from 'node:http';

/** A posted form, surely sent from a page of ours or not. */
export type PostedForm = { form: FormData; isSurelyOurs: boolean };

/** What a body came to: a form, or the HTTP status that refuses it. */
export type FormBody = ({ ok: true } & PostedForm) | { ok: false; status: 400 | 403 | 408 | 413 | 415 };

const longestBody = 16 * 1024;

// A refused body is still read up to here, or the browser would see a broken connection instead of our answer.
const longestDiscarded = 1024 * 1024;

/**
 * Reads a posted form: urlencoded, multipart without files, or a JSON object of texts and lists of texts, up to 16 kB.
 * 403: posted from another site. 415: another type, or a file. 413: too long. 400: cut, malformed, or more fields than
 * ours can have. 408: cut off in time.
 */
export async function readForm(request: IncomingMessage, publicOrigin: string): Promise<FormBody> {
  const body = await readBody(request);
  const origin = originOf(request, publicOrigin);
  if (origin === 'another') return { ok: false, status: 403 };
  const type = request.headers['content-type'] ?? '';
  const parser = parsers.get(mediaType(type));
  if (!parser) return { ok: false, status: 415 };
  if (body === 'cut') return { ok: false, status: 408 };
  if (body === 'too-long') return { ok: false, status: 413 };
  try {
    const form = await parser(body, type);
    if ([...form.keys()].length > mostFields) return { ok: false, status: 400 };
    return hasFile(form) ? { ok: false, status: 415 } : { ok: true, form, isSurelyOurs: origin === 'ours' };
  } catch {
    return { ok: false, status: 400 }; // the parser's words can quote the body: they go no further
  }
}

/**
 * Where the post comes from. `Referrer-Policy: no-referrer` makes forms send `Origin: null`, so `Sec-Fetch-Site` decides;
 * an old browser that sends neither it nor a real origin leaves us in doubt.
 */
function originOf({ headers }: IncomingMessage, publicOrigin: string): 'ours' | 'unsaid' | 'another' {
  const { origin, 'sec-fetch-site': site } = headers;
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'ours' : 'another';
  if (origin === undefined || origin === 'null') return 'unsaid';
  return origin === publicOrigin ? 'ours' : 'another';
}

type Parser = (body: Buffer, type: string) => FormData | Promise<FormData>;

const parsers = new Map<string, Parser>([
  ['application/x-www-form-urlencoded', (body) => formOf(new URLSearchParams(body.toString()))],
  [
    'multipart/form-data',
    (body, type) => new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData(),
  ],
  [
    'application/json',
    (body) => formOf(textsIn(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)))),
  ],
]);

// Three times those of our form. Thousands of small ones in 16 kB took twenty times the work of a page.
const mostFields = 100;

function formOf(texts: Iterable<[string, string]>): FormData {
  const form = new FormData();
  let count = 0;
  for (const [name, text] of texts) {
    count += 1;
    if (count > mostFields) throw new RangeError('too many fields');
    form.append(name, text);
  }
  return form;
}

function* textsIn(json: unknown): Generator<[string, string]> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new TypeError('not an object');
  for (const [name, value] of Object.entries(json)) {
    for (const text of Array.isArray(value) ? value : [value]) {
      if (typeof text !== 'string') throw new TypeError('not a text');
      yield [name, text];
    }
  }
}

function mediaType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

function hasFile(form: FormData): boolean {
  return [...form.values()].some((value) => typeof value !== 'string');
}

// By events: iterating over a request takes longer than parsing it.
function readBody(request: IncomingMessage): Promise<Buffer | 'too-long' | 'cut'> {
  const { promise, resolve } = Promise.withResolvers<Buffer | 'too-long' | 'cut'>();
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= longestBody) chunks.push(chunk);
    if (length > longestDiscarded) request.destroy();
  });
  request.on('end', () => resolve(length > longestBody ? 'too-long' : Buffer.concat(chunks)));
  request.on('error', () => {}); // a cut is told by what follows
  request.on('close', () => resolve(length > longestDiscarded ? 'too-long' : 'cut')); // but for one that has ended
  return promise;
}
