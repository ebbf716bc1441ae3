// The built pages, read once and kept in memory with their compressed forms and their content policy.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib';

/** A body ready to send in each encoding. */
export type Body = { type: string; identity: Buffer; br: Buffer; gzip: Buffer };

/** All that is served: pages by address (`/contact`), other files by path, error pages by name (`404`). */
export type Pages = {
  byPath: Map<string, Body>;
  errors: Record<'404' | '500' | 'refus', Body>;
  policy: string;
};

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

const errorNames = ['404', '500', 'refus'] as const;

/** Reads every file under a built folder. Throws when an error page is missing or a file has an unknown type. */
export function loadPages(folder: string): Pages {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const byPath = new Map<string, Body>();
  for (const file of files) {
    const path = join(file.parentPath, file.name).slice(folder.length).replaceAll('\\', '/');
    const type = types[extname(path)];
    if (!type) throw new Error(`No content type for ${path}`);
    byPath.set(addressOf(path), bodyOf(readFileSync(join(folder, path)), type, zlib.BROTLI_MAX_QUALITY));
  }
  const policy = policyFor([...byPath.values()].map(({ identity }) => identity.toString()));
  const errors = Object.fromEntries(
    errorNames.map((name) => [name, take(byPath, `/${name}`)]),
  ) as Pages['errors'];
  return { byPath, errors, policy };
}

/** A body with its compressed forms; quality is brotli's, 0 to 11. */
export function bodyOf(identity: Buffer, type: string, quality: number): Body {
  const br = brotliCompressSync(identity, {
    params: { [zlib.BROTLI_PARAM_QUALITY]: quality, [zlib.BROTLI_PARAM_SIZE_HINT]: identity.length },
  });
  return { type, identity, br, gzip: gzipSync(identity, { level: Math.min(quality, 9) }) };
}

/**
 * The content security policy that these pages need and nothing more: their inline scripts and styles by hash. Pages
 * rendered on demand share them, so a script that a visitor managed to inject has no hash and does not run.
 */
function policyFor(htmls: string[]): string {
  return [
    "default-src 'none'",
    `script-src ${hashesOf('script', htmls)}`,
    `style-src ${hashesOf('style', htmls)}`,
    'img-src data:',
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function hashesOf(tag: 'script' | 'style', htmls: string[]): string {
  const contents = htmls.flatMap((html) =>
    [...html.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map((match) => match[1] ?? ''),
  );
  const hashes = contents.map(
    (content) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`,
  );
  return [...new Set(hashes)].join(' ') || "'none'";
}

function addressOf(path: string): string {
  return path.replace(/\.html$/, '').replace(/\/index$/, '/');
}

function take(byPath: Map<string, Body>, address: string): Body {
  const body = byPath.get(address);
  if (!body) throw new Error(`The built site has no ${address} page`);
  byPath.delete(address);
  return body;
}
