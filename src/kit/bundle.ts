// Every file to print in one, for who prints them all: a folder for each way to print.
import { zipSync } from 'fflate';
import type { Way } from './pdf/pdf.ts';
import { versionDay } from './version.ts';
import { ways } from './ways.ts';

/** The name of the whole under `/kit/`. */
export const bundleFile = 'documents.zip';

/** A ZIP of files, the same bytes for the same files. */
export function bundleOf(files: readonly { way: Way; file: string; pdf: Uint8Array }[]): Uint8Array {
  const entries = files.map(({ way, file, pdf }) => [`${ways[way].folder}/${file}`, pdf] as const);
  // A ZIP holds the hour of a wall clock: that of the machine that builds.
  const mtime = new Date(versionDay.getUTCFullYear(), versionDay.getUTCMonth(), 1);
  return zipSync(Object.fromEntries(entries), { level: 9, mtime });
}
