// A file of SQLite, opened as a durable store needs it: for its owner alone, whole, in the last version of its schema. A
// corrupt one is moved aside, never overwritten; on a disk that cannot be written, what it holds can still be read.
import { closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { Journal } from '../../../rappel/journal.ts';
import { SettingError } from '../../../settings/setting-error.ts';
import { asideMark, freeBytes } from '../disk.ts';
import { convert, makeShrinkable } from './space.ts';

/** Which file to open, and as what. */
export type Options<Statements> = {
  file: string;
  /** SQL that leads from each version of the schema to the next, the first from an empty file. */
  migrations: string[];
  prepare(db: DatabaseSync): Statements;
  journal: Journal;
};

/** `isBare`: opened to read, because the disk refused what writing needs; to be opened again once it may not. */
export type Opened<Statements> = { db: DatabaseSync; run: Statements; inode: number; isBare: boolean };

/**
 * Opens a file, made when missing. A corrupt file becomes `….abimee-<time>` and a new one takes its place. Throws
 * `SettingError` when the file was written by a newer version, and SQLite's own error when it cannot even be read.
 */
export function openSound<Statements>(options: Options<Statements>): Opened<Statements> {
  try {
    return open(options);
  } catch (error) {
    if (isCorrupt(error)) {
      moveAside(options);
      return open(options);
    }
    if (!isUnwritable(error) && primaryCode(error) !== 14) throw error; // SQLITE_CANTOPEN: no room for what it opens beside
    return openBare(options, error);
  }
}

/** Closes a file that went wrong, and opens what stands in its place as `openSound` does. */
export function reopened<Statements>(
  broken: Opened<Statements>,
  options: Options<Statements>,
): Opened<Statements> {
  quietly(() => broken.db.close());
  // Another process may have moved it aside already: the file of this name is then a sound one. And what was read without
  // a lock proves nothing.
  const isSame = existsSync(options.file) && statSync(options.file).ino === broken.inode;
  if (isSame && !broken.isBare) moveAside(options);
  broken.isBare = true; // moved or not, it is to be left for another
  return openSound(options);
}

/** True when the disk refused to write: full, read-only, or broken. */
export function isUnwritable(error: unknown): boolean {
  return [8, 10, 13].includes(primaryCode(error)); // SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL
}

/** True when a file was opened on a disk that was read-only then. */
export function isReadOnly(error: unknown): boolean {
  return primaryCode(error) === 8;
}

/** True when what was read is not what was written. */
export function isCorrupt(error: unknown): boolean {
  return [11, 26].includes(primaryCode(error)); // SQLITE_CORRUPT, SQLITE_NOTADB
}

/** Whether SQLite finds nothing broken in a file. Throws SQLite's own error when it cannot be read at all. */
export function isWhole(db: DatabaseSync): boolean {
  const [verdict] = Object.values(db.prepare('PRAGMA quick_check(1)').get() ?? {});
  return verdict === 'ok';
}

/** Does what will be tried again, or is about to end anyway: the next write meets the same trouble and reports it. */
export function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // said above
  }
}

const durable = 'PRAGMA synchronous=FULL; PRAGMA secure_delete=ON';

function open<Statements>({ file, migrations, prepare }: Options<Statements>): Opened<Statements> {
  quietly(() => closeSync(openSync(file, 'a', 0o600))); // SQLite keeps this mode, for what it opens beside too
  const db = new DatabaseSync(file, { timeout: 1000 });
  try {
    makeShrinkable(db);
    db.exec(`PRAGMA journal_mode=WAL; ${durable}`);
    if (!isWhole(db)) throw Object.assign(new Error('quick_check'), { code: 'QUICK_CHECK', errcode: 11 });
    migrate(db, migrations);
    quietly(() => convert(db, freeBytes(dirname(file))));
    quietly(() => db.exec('PRAGMA wal_checkpoint(TRUNCATE)')); // what a crash left there; a full disk refuses it
    return { db, run: prepare(db), inode: statSync(file).ino, isBare: false };
  } catch (error) {
    db.close();
    throw error;
  }
}

// Without a file to share its index in, SQLite reads a log alone; without a log, it needs nothing but the file.
function openBare<Statements>(
  { file, migrations, prepare }: Options<Statements>,
  reason: unknown,
): Opened<Statements> {
  const hasLog = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  const address = pathToFileURL(file);
  if (!hasLog) address.searchParams.set('immutable', '1');
  const db = opening(address, !hasLog, reason);
  try {
    if (hasLog) db.exec(`PRAGMA locking_mode=EXCLUSIVE; ${durable}`);
    if (versionIn(db) !== migrations.length || !isWhole(db)) throw reason;
    return { db, run: prepare(db), inode: statSync(file).ino, isBare: true };
  } catch {
    db.close();
    throw reason;
  }
}

function opening(address: URL, readOnly: boolean, reason: unknown): DatabaseSync {
  try {
    return new DatabaseSync(address, { readOnly, timeout: 1000 });
  } catch {
    throw reason;
  }
}

// A file of this version needs no write, which a full disk would refuse.
function migrate(db: DatabaseSync, migrations: string[]): void {
  if (versionIn(db) === migrations.length) return;
  db.exec('BEGIN IMMEDIATE'); // another process may be starting on the same file
  try {
    const version = versionIn(db);
    if (version > migrations.length) throw new SettingError(newer);
    for (const step of migrations.slice(version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`);
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

const newer = 'Réglage DATA_DIR : la boîte d’envoi a été écrite par une version plus récente du site.';

function versionIn(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version);
}

function moveAside({ file, journal }: Pick<Options<never>, 'file' | 'journal'>): void {
  const stamp = new Date().toISOString().replaceAll(':', '-');
  for (const suffix of ['', '-wal', '-shm']) {
    const from = `${file}${suffix}`;
    if (existsSync(from)) renameSync(from, `${file}${asideMark}${stamp}${suffix}`);
  }
  journal('outbox-corrupt', { code: 'MOVED_ASIDE' });
}

/** The code of SQLite in an error, without its details; not a number in any other. */
export function primaryCode(error: unknown): number {
  return Number((Object(error) as { errcode?: unknown }).errcode) & 0xff;
}
