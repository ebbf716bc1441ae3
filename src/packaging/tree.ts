// The files of an installed site, laid in a folder: what serves as it is, what only builds closed in one archive. The same
// sources give the same bytes.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { constants as zlib, zstdCompressSync } from 'node:zlib';
import { packagesOf } from './packages.ts';

/** The archive of what only builds, opened beside the rest for the time of a build. */
export const tools = 'construction.tar.zst';

const ours = [
  ...['bin', 'src', 'integrations', 'public', 'deploy', 'docs', 'astro.config.mjs', 'tsconfig.json'],
  ...['package.json', 'package-lock.json', 'CHANGELOG.md', 'LICENCE'],
];

const licence = /^(licen[cs]e|copying|notice|copyright)/i;

// Neither run nor built from: types (but for those that Astro hands on), maps, manuals, what is for browsers only, typefaces
// that no paper uses.
const unneeded = [
  /(?<!\/astro\/templates\/content\/types)\.(d\.[cm]?ts|map|md)$/,
  /\/openpgp\/dist\/(?!node\/openpgp\.mjs)(?!node$)./,
  /\/libphonenumber-js\/(bundle|examples\.)/,
  /\/pdfkit\/(\.yarn|js\/pdfkit\.standalone\.js)$/,
  /\/bintrees\/test$/,
  /\/zod\/src$/,
  /\/node-linux-\w+\/(include|share)$/,
  /\/@fontsource\/[^/]+\/(.+\.css|scss|unicode\.json|metadata\.json|files\/(?!.+-(400|700)-normal\.woff$).*|files\/.*-sc-\d+-.*)$/,
];

/** `seconds`: the time of every file in the archive, since 1970. `level`: how hard it is compressed, 1 to 19. */
export type Archiving = { seconds: number; level: number };

/**
 * Lays the site of a folder in another, which must be new. Needs tar, and strip (binutils). Throws when one of them fails.
 */
export function layTree(root: string, place: string, how: Archiving): void {
  const { node, serving, building } = packagesOf(root);
  mkdirSync(place, { recursive: true });
  for (const name of ours) cpSync(join(root, name), join(place, name), { recursive: true, filter: isOurs });
  for (const path of [node, ...serving]) copyPackage(root, path, place);
  execFileSync('strip', [join(place, node, 'bin/node')]); // a fifth of it is for who debugs Node itself
  const aside = `${place}-outils`;
  for (const path of building) copyPackage(root, path, aside);
  writeFileSync(join(place, tools), archiveOf(aside, how));
  rmSync(aside, { recursive: true });
}

// Sorted, owned by root, of one time.
function archiveOf(folder: string, { seconds, level }: Archiving): Buffer {
  const words = ['--sort=name', `--mtime=@${seconds}`, '--owner=0', '--group=0', '--numeric-owner'];
  const modes = ['--mode=u+rw,go+r,go-w,a+X', '--format=gnu'];
  const archive = execFileSync('tar', [...words, ...modes, '-C', folder, '-c', '.'], { maxBuffer: 2 ** 30 });
  return zstdCompressSync(archive, {
    params: { [zlib.ZSTD_c_compressionLevel]: level, [zlib.ZSTD_c_windowLog]: 25 },
  });
}

function copyPackage(root: string, path: string, place: string): void {
  const nested = join(root, path, 'node_modules');
  cpSync(join(root, path), join(place, path), {
    recursive: true,
    dereference: true,
    filter: (file) => file !== nested && isNeeded(file),
  });
}

function isOurs(file: string): boolean {
  return !/\.(test|fake)\.ts$/.test(file);
}

function isNeeded(file: string): boolean {
  return licence.test(basename(file)) || !unneeded.some((pattern) => pattern.test(file));
}

/** How many bytes the files of a folder hold. */
export function bytesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
