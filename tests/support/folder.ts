// Folders for tests, in the system's own place for what may go.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

/** A new empty folder, which goes when this process ends, unless something is mounted there. */
export function temporaryFolder(): string {
  if (folders.length === 0) process.on('exit', removeAll);
  const folder = mkdtempSync(join(tmpdir(), 'un-premier-pas-'));
  folders.push(folder);
  return folder;
}

function removeAll(): void {
  for (const folder of folders) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // somebody still writes there, or it is a disk of its own: the system's cleaning takes it
    }
  }
}
