// The built pages, read once and kept in memory with their compressed forms.
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addressOf } from '../../built/address.ts';
import { brotli, compressedBeside, filesIn, gzip } from '../../built/compression.ts';
import { otherTongues, type Tongue } from '../../service/tongues.ts';

/** Where `npm run build` puts the pages (`client`) and what renders the others (`server`). */
export const builtFolder = fileURLToPath(new URL('../../../dist', import.meta.url));

/** A body ready to send in each encoding; what gains nothing from one has the same bytes there. */
export type Body = { type: string; identity: Buffer; br: Buffer; gzip: Buffer };

/**
 * All that is served: pages by address (`/contact`), other files by path, error pages by name (`404`). `told`: what a form is
 * answered in its language, French included, under the names of the same pages.
 */
export type Pages = {
  byPath: Map<string, Body>;
  errors: Record<(typeof errorNames)[number], Body>;
  told: Record<Tongue, Record<(typeof formErrors)[number], Body>>;
};

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.ics': 'text/calendar; charset=utf-8',
  '.json': 'application/json',
  '.mp3': 'audio/mpeg',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.zip': 'application/zip',
};

const formErrors = ['500', 'refus', 'trop'] as const;
const errorNames = ['404', ...formErrors] as const;

/** Reads every file under a built folder. Throws when an error page is missing or a file has an unknown type. */
export function loadPages(folder: string): Pages {
  const byPath = new Map<string, Body>();
  for (const path of filesIn(folder)) {
    const type = path.endsWith('.schema.json') ? 'application/schema+json' : types[extname(path)];
    if (!type) throw new Error(`No content type for ${path}`);
    const file = join(folder, path);
    const identity = readFileSync(file);
    byPath.set(addressOf(path), { type, identity, ...compressedBeside(file, identity) });
  }
  const errors = Object.fromEntries(
    errorNames.map((name) => [name, take(byPath, `/${name}`)]),
  ) as Pages['errors'];
  const toldIn = (tongue: string) =>
    formErrors.map((name) => [name, take(byPath, `/langues/${tongue}/${name}`)]);
  const others = otherTongues.map((tongue) => [tongue, Object.fromEntries(toldIn(tongue))]);
  return { byPath, errors, told: { ...Object.fromEntries(others), francais: errors } };
}

/** Whether a page links to an address, such as the one where quick exit leads. */
export function leadsTo(html: string, url: string): boolean {
  return html.replaceAll('&#38;', '&').includes(`href="${url}"`);
}

/** Whether a recording is to be heard. */
export function holdsSound({ byPath }: Pages): boolean {
  return [...byPath.values()].some(({ type }) => type === types['.mp3']);
}

/** A body made for one visit, compressed only as it asks; quality is brotli's and gzip's, 0 to 9. */
export function bodyOf(identity: Buffer, type: string, quality: number): Body {
  return {
    type,
    identity,
    get br() {
      return brotli(identity, quality);
    },
    get gzip() {
      return gzip(identity, quality);
    },
  };
}

function take(byPath: Map<string, Body>, address: string): Body {
  const body = byPath.get(address);
  if (!body) throw new Error(`The built site has no ${address} page`);
  byPath.delete(address);
  return body;
}
