// What other sites may read, and keep for a while. None of it is a page.
import { formats } from '../../partners/formats.ts';
import { openingAt } from '../../partners/now-file.ts';
import type { ReceiveEffects } from '../../rappel/effects.ts';
import { type Body, bodyOf } from './built-pages.ts';

/** The only file of open data that depends on the moment. */
export const nowPath: string = formats.now.path;

const kept = new Map<string, number>(
  Object.values(formats).map(({ path, keptSeconds }) => [path, keptSeconds]),
);

/** Whether what is at a path is open data. */
export function isOpenData(path: string): boolean {
  return kept.has(path);
}

/** How long open data may be kept, in seconds; undefined for anything else. */
export function keptSeconds(path: string): number | undefined {
  return kept.get(path);
}

/** Gives `ouvert.json` as it is now. It changes a few times a day and may be asked for often: made anew only then. */
export function nowBodyFor({ now, opening }: Pick<ReceiveEffects, 'now' | 'opening'>): () => Body {
  let last: { json: string; body: Body } | undefined;
  return () => {
    const json = JSON.stringify(openingAt(now(), opening));
    if (last?.json !== json) last = { json, body: bodyOf(Buffer.from(json), formats.now.type, 1) };
    return last.body;
  };
}

/** What a page of another site asks before it reads with a header of its own. */
export const preflight = {
  allow: 'GET, HEAD, OPTIONS',
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, OPTIONS',
  'access-control-allow-headers': 'If-None-Match',
  'access-control-max-age': '86400',
};
