// The folder where the site keeps what it must, and the secret that a first start draws there.
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from './environment.ts';
import { refuse } from './setting-error.ts';

/** Makes a folder for its owner alone, when missing. Throws `SettingError` when it cannot. */
export function madeFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  } catch {
    return refuse('DATA_DIR', 'dossier impossible à créer');
  }
}

/** A first start needs no setting: the secret is drawn once and kept beside the outbox. Throws `SettingError` as `readText` does. */
export function secretIn(dataDir: string): string {
  const file = join(dataDir, 'secret');
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch {
    // it is there already, or the folder is read-only and reading says so
  }
  return readText('DATA_DIR', file);
}
