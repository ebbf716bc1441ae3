// Hashes of the scripts and styles that each page holds: the build leaves them, the content policies are made of them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The scripts and the styles that a page holds, each as a policy names it. */
export type Hashes = { script: string[]; style: string[] };

const fileName = 'hashes.json';

/** Leaves, in `dist/server`, the hashes of every page by its address, and those of pages rendered on demand. */
export function writeHashes(folder: string, hashes: Record<string, Hashes>): void {
  writeFileSync(join(folder, fileName), JSON.stringify(hashes, null, 1));
}

/** Reads what the build left. Throws when it left nothing. */
export function readHashes(folder: string): Record<string, Hashes> {
  return JSON.parse(readFileSync(join(folder, fileName), 'utf8'));
}
