// A copy put in the place of the outbox of one machine, while no site runs. What was there is kept beside it, never erased.
import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { copyOutbox, refuseSame, toDisk } from './backup.ts';
import { fingerprintOf } from './secret.ts';
import { isCorrupt, primaryCode } from './sqlite/open.ts';
import { schemaVersion } from './sqlite/schema.ts';

/** The copy, the outbox whose place it takes, its secret; `mayReplace`: also when messages wait there. */
export type Restoration = { from: string; file: string; secret: string; mayReplace: boolean };

/**
 * What became of it. `restored`: how many messages will leave, when the last of them was kept (milliseconds since 1970), where the
 * outbox that was there is now. The others have changed nothing: a site has the outbox open, messages wait in it, the copy is none
 * or is of a newer version.
 */
export type Restored =
  | { kind: 'restored'; count: number; newest: number; aside: string | undefined; isOtherSecret: boolean }
  | { kind: 'waiting'; count: number }
  | { kind: 'running' | 'not-a-copy' | 'newer' };

/** Puts a copy in place at once and on disk, or not at all. Throws what the disk answered. */
export function restoreOutbox({ from, file, secret, mayReplace }: Restoration): Restored {
  refuseSame(from, file);
  const draft = `${file}.restauration`;
  const hold = existsSync(file) ? holdAlone(file) : undefined;
  try {
    if (hold === 'running') return { kind: 'running' };
    const count = hold ? waitingIn(hold) : 0;
    if (count > 0 && !mayReplace) return { kind: 'waiting', count };
    const copy = copied(from, draft, secret);
    if (copy.kind !== 'restored') return copy;
    return { ...copy, aside: putInPlace(draft, file) };
  } finally {
    if (hold && hold !== 'running') hold.close();
    rmSync(draft, { force: true });
  }
}

// Nobody else may open it from here on: a site that runs holds a lock, and so do we then. What a log still held joins the file,
// which is whole by itself after that. One that is corrupt holds nothing: it is only set aside.
function holdAlone(file: string): DatabaseSync | 'running' | undefined {
  const db = new DatabaseSync(file, { timeout: 0 });
  try {
    db.exec('PRAGMA locking_mode=EXCLUSIVE');
    if (db.prepare('PRAGMA journal_mode=DELETE').get()?.journal_mode !== 'delete') throw busy;
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    if (primaryCode(error) === busy.errcode) return 'running';
    if (isCorrupt(error)) return undefined;
    throw error;
  }
}

const busy = { errcode: 5 }; // SQLITE_BUSY

function waitingIn(db: DatabaseSync): number {
  return versionIn(db) === 0 ? 0 : Number(db.prepare('SELECT count(*) AS count FROM outbox').get()?.count);
}

function versionIn(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version);
}

function copied(from: string, draft: string, secret: string): Restored {
  try {
    copyOutbox(from, draft);
  } catch (error) {
    if (isCorrupt(error) || primaryCode(error) === 1 || Object(error).code === 'QUICK_CHECK')
      return { kind: 'not-a-copy' }; // not whole, or without our tables
    throw error;
  }
  const db = new DatabaseSync(draft, { readOnly: true });
  try {
    if (versionIn(db) > schemaVersion) return { kind: 'newer' };
    const { count, newest } =
      db.prepare('SELECT count(*) AS count, max(received_at) AS newest FROM outbox').get() ?? {};
    const isNoted = db.prepare(`SELECT name FROM sqlite_schema WHERE name = 'notes'`).get();
    const kept = isNoted && db.prepare(`SELECT text FROM notes WHERE name = 'secret'`).get()?.text;
    const isOtherSecret = Boolean(kept) && kept !== fingerprintOf(secret);
    return {
      kind: 'restored',
      count: Number(count),
      newest: Number(newest),
      aside: undefined,
      isOtherSecret,
    };
  } finally {
    db.close();
  }
}

// The name is never without a file: the old one is given a second name, then the copy takes the first. A log that stayed beside
// it would be played into the copy.
function putInPlace(draft: string, file: string): string | undefined {
  const aside = `${file}.remplacee-${new Date().toISOString().replaceAll(':', '-')}`;
  for (const suffix of ['-wal', '-shm'])
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  const isThere = existsSync(file);
  if (isThere) linkSync(file, aside);
  renameSync(draft, file);
  toDisk(dirname(file));
  return isThere ? aside : undefined;
}
