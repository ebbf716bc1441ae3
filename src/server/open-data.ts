// What other sites may read, and keep for a while: the only answers that are not `no-store`. None of them is a page.
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Desk } from '../rappel/desk.ts';
import { isOpen, isToConfirm, nextOpening, parisTime, parisWritten } from '../service/calendar.ts';
import type { Opening } from '../service/service.ts';
import { type Body, bodyOf } from './pages.ts';

/** The only file of open data that depends on the moment. */
export const nowPath = '/api/v1/ouvert.json';

const minute = 60;
const day = 86_400;

/** For how many seconds what is at a path may be kept by anybody; undefined: it is not open data. */
export function keptSeconds(path: string): number | undefined {
  if (path === nowPath) return minute;
  return path.startsWith('/api/v1/') || path === '/horaires.ics' ? day : undefined;
}

/** The line at an instant, as `ouvert.json` says it (its shape: src/partners/schemas.ts). */
export function openingAt(at: Date, opening: Opening) {
  const next = nextOpening(at, opening);
  return {
    ouvert: isOpen(at, opening),
    prochaine_ouverture: next ? parisWritten(next) : null,
    a_confirmer: isToConfirm(parisTime(at).date, opening),
    prochaine_a_confirmer: next !== undefined && isToConfirm(parisTime(next).date, opening),
  };
}

let last: { json: string; body: Body } | undefined; // it changes a few times a day, and may be asked for often

/** `ouvert.json` as it is now. */
export function nowBody({ now, opening }: Pick<Desk, 'now' | 'opening'>): Body {
  const json = JSON.stringify(openingAt(now(), opening));
  if (last?.json !== json) last = { json, body: bodyOf(Buffer.from(json), 'application/json', 1) };
  return last.body;
}

/** What a page of another site asks before it reads with a header of its own. */
export const preflight = {
  allow: 'GET, HEAD, OPTIONS',
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, OPTIONS',
  'access-control-allow-headers': 'If-None-Match',
  'access-control-max-age': String(day),
};

const tags = new WeakMap<Buffer, string>(); // the same bytes are sent for as long as the server lives

function tagOf(bytes: Buffer): string {
  const known = tags.get(bytes);
  if (known) return known;
  const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  tags.set(bytes, tag);
  return tag;
}

/** The headers of open data sent as these bytes: each encoding has its own strong `ETag`. */
export function openHeaders(bytes: Buffer, seconds: number) {
  return {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag',
    'cache-control': `public, max-age=${seconds}`,
    'cross-origin-resource-policy': 'cross-origin',
    etag: tagOf(bytes),
    vary: 'Accept-Encoding',
  };
}

/** Whether who asks has this very answer already. */
export function isKnown({ headers }: IncomingMessage, etag: string | undefined): boolean {
  const known = (headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return etag !== undefined && (known.includes(etag) || known.includes('*'));
}
