// A copy of the outbox of one machine, taken while the site runs. It holds what the outbox holds: sealed bytes.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isWhole } from './sqlite/open.ts';

/**
 * Copies an outbox file as it is at one instant, and resolves with how many messages wait in the copy, once it is on disk
 * and was read whole. The copy is for its owner alone, takes the place of an older one at once, and is in the version of the
 * outbox, which does not change. Throws when the copy would fall on the outbox itself, or cannot be made.
 */
export function copyOutbox(from: string, to: string): number {
  refuseSame(from, to);
  const draft = `${to}.en-cours`;
  rmSync(draft, { force: true });
  try {
    closeSync(openSync(draft, 'wx', 0o600)); // SQLite fills an empty file and keeps its mode
    copyInto(draft, from);
    const count = countIn(draft);
    toDisk(draft);
    renameSync(draft, to);
    toDisk(dirname(to));
    return count;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Throws when a file, which must be there, and another are one. */
export function refuseSame(from: string, to: string): void {
  const { ino, dev } = statSync(from);
  const other = statSync(to, { throwIfNoEntry: false });
  if (other?.ino === ino && other.dev === dev)
    throw Object.assign(new Error('The same file'), { code: 'EEXIST' });
}

function copyInto(draft: string, from: string): void {
  const db = new DatabaseSync(from, { readOnly: true, timeout: 5000 });
  try {
    db.prepare('VACUUM INTO ?').run(draft);
  } finally {
    db.close();
  }
}

function countIn(draft: string): number {
  const db = new DatabaseSync(draft, { readOnly: true });
  try {
    if (!isWhole(db)) throw Object.assign(new Error('quick_check'), { code: 'QUICK_CHECK' });
    return Number(db.prepare('SELECT count(*) AS count FROM outbox').get()?.count);
  } finally {
    db.close();
  }
}

/** Waits until a file, or a folder and its names, are on the disk. */
export function toDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
