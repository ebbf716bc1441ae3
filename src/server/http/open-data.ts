// What other sites may read, and keep for a while. None of it is a page.
import type { ReceiveEffects } from '../../rappel/effects.ts';
import { isOpen, isToConfirm, nextOpening, parisTime, parisWritten } from '../../service/calendar.ts';
import type { Opening } from '../../service/service.ts';
import { type Body, bodyOf } from './built-pages.ts';

/** The only file of open data that depends on the moment. */
export const nowPath = '/api/v1/ouvert.json';

/** Whether what is at a path is open data. */
export function isOpenData(path: string): boolean {
  return path.startsWith('/api/v1/') || path === '/horaires.ics';
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
export function nowBody({ now, opening }: Pick<ReceiveEffects, 'now' | 'opening'>): Body {
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
  'access-control-max-age': '86400',
};
