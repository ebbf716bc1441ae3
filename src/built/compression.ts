// Brotli and gzip: once and as small as can be at build, quickly for what depends on a form.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib';

/** What is stored compressed already: it gains nothing. */
const dense = ['.mp3', '.pdf', '.png', '.zip'];

const inThread = promisify(brotliCompress);

/** In brotli, of a quality from 0 to 11. The same bytes give the same bytes, here and below. */
export function brotli(identity: Buffer, quality: number): Buffer {
  return brotliCompressSync(identity, {
    params: { [zlib.BROTLI_PARAM_QUALITY]: quality, [zlib.BROTLI_PARAM_SIZE_HINT]: identity.length },
  });
}

// A window that is no wider than the page is told in one byte less.
function smallestBrotli(identity: Buffer): Promise<Buffer> {
  return inThread(identity, {
    params: {
      [zlib.BROTLI_PARAM_QUALITY]: zlib.BROTLI_MAX_QUALITY,
      [zlib.BROTLI_PARAM_SIZE_HINT]: identity.length,
      [zlib.BROTLI_PARAM_LGWIN]: identity.length < 2 ** 16 ? 16 : 22,
    },
  });
}

/** In gzip, of a level from 0 to 9. */
export function gzip(identity: Buffer, level: number): Buffer {
  return gzipSync(identity, { level });
}

/** Writes `.br` and `.gz` beside each file of a built folder that gains from it, for our server and for any other. */
export async function compressFiles(folder: string): Promise<void> {
  const files = filesIn(folder).filter((path) => !dense.includes(extname(path)));
  await Promise.all(
    files.map(async (path) => {
      const file = join(folder, path);
      const identity = readFileSync(file);
      writeFileSync(`${file}.br`, await smallestBrotli(identity));
      writeFileSync(`${file}.gz`, gzip(identity, zlib.Z_BEST_COMPRESSION));
    }),
  );
}

/** The two compressed forms that `compressFiles` left beside a file, or the file itself for what gains nothing. */
export function compressedBeside(file: string, identity: Buffer): { br: Buffer; gzip: Buffer } {
  if (dense.includes(extname(file))) return { br: identity, gzip: identity };
  return { br: readFileSync(`${file}.br`), gzip: readFileSync(`${file}.gz`) };
}

/** The files under a folder, as paths that begin with `/`, without those that `compressFiles` wrote. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !['.br', '.gz'].includes(extname(entry.name)))
    .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/')}`);
}
