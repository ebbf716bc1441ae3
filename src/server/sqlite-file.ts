// A file of SQLite with what a durable store needs: one wait for the disk for many writers, forward migrations, and a
// corrupt file moved aside, never overwritten.
import { existsSync, renameSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { SettingError } from './settings.ts';

export type SqliteFile<Statements> = {
  read<Result>(work: (run: Statements) => Result): Promise<Result>;
  /** Runs in a transaction shared with what is asked for meanwhile; resolves once it is on disk. */
  write<Result>(work: (run: Statements) => Result): Promise<Result>;
  close(): void;
};

type Options<Statements> = {
  file: string;
  /** SQL that leads from each version of the schema to the next, the first from an empty file. */
  migrations: string[];
  prepare(db: DatabaseSync): Statements;
  journal(event: string, details: Record<string, string>): void;
};

type Write<Statements> = {
  work(run: Statements): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
};

// Deleted bytes stay readable in the write-ahead log until it is truncated: soon, and once for many.
const truncateAfterMs = 250;

/**
 * Opens a file, made when missing. What `write` resolved is on disk (`synchronous=FULL`); what was deleted is overwritten
 * there (`secure_delete`). A corrupt file becomes `….abimee-<time>` and a new one takes its place, at the opening or later.
 * Throws `SettingError` when the file was written by a newer version, and SQLite's own error when it cannot be opened.
 */
export function openSqliteFile<Statements>(options: Options<Statements>): SqliteFile<Statements> {
  let opened = openSound(options);
  let group: Write<Statements>[] = [];
  let truncation: NodeJS.Timeout | undefined;

  const healed = <Result>(attempt: () => Result): Result => {
    try {
      return attempt();
    } catch (error) {
      if (!isCorrupt(error)) throw error;
      opened = reopened(opened, options);
      return attempt();
    }
  };
  const truncate = () => {
    truncation = undefined;
    opened.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  };
  const flush = () => {
    const writes = group;
    group = [];
    try {
      const settle = healed(() => inOneTransaction(opened, writes));
      for (const settled of settle) settled();
      truncation ??= setTimeout(() => quietly(truncate), truncateAfterMs).unref();
    } catch (error) {
      for (const { reject } of writes) reject(error);
    }
  };

  return {
    read: async (work) => healed(() => work(opened.run)),
    write<Result>(work: (run: Statements) => Result): Promise<Result> {
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      group.push({ work, resolve: resolve as (value: unknown) => void, reject });
      if (group.length === 1) setImmediate(flush); // all that arrives in this turn of the loop shares one commit
      return promise;
    },
    close() {
      clearTimeout(truncation);
      quietly(truncate);
      opened.db.close();
    },
  };
}

/** True when the disk refused to write: full, read-only, or broken. */
export function isUnwritable(error: unknown): boolean {
  return [8, 10, 13].includes(primaryCode(error)); // SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL
}

/** Whether SQLite finds nothing broken in a file. Throws SQLite's own error when it cannot be read at all. */
export function isWhole(db: DatabaseSync): boolean {
  const [verdict] = Object.values(db.prepare('PRAGMA quick_check(1)').get() ?? {});
  return verdict === 'ok';
}

type Opened<Statements> = { db: DatabaseSync; run: Statements; inode: number };

function openSound<Statements>(options: Options<Statements>): Opened<Statements> {
  try {
    return open(options);
  } catch (error) {
    if (!isCorrupt(error)) throw error;
    moveAside(options);
    return open(options);
  }
}

function open<Statements>({ file, migrations, prepare }: Options<Statements>): Opened<Statements> {
  const db = new DatabaseSync(file, { timeout: 1000 });
  try {
    db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON');
    if (!isWhole(db)) throw Object.assign(new Error('quick_check'), { code: 'QUICK_CHECK', errcode: 11 });
    migrate(db, migrations);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)'); // what a crash left there
    return { db, run: prepare(db), inode: statSync(file).ino };
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(db: DatabaseSync, migrations: string[]): void {
  db.exec('BEGIN IMMEDIATE'); // another process may be starting on the same file
  try {
    const version = Number(db.prepare('PRAGMA user_version').get()?.user_version);
    if (version > migrations.length) throw new SettingError(newer);
    for (const step of migrations.slice(version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`);
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

const newer = 'Réglage DATA_DIR : la boîte d’envoi a été écrite par une version plus récente du site.';

function reopened<Statements>(broken: Opened<Statements>, options: Options<Statements>): Opened<Statements> {
  quietly(() => broken.db.close());
  // Another process may have moved it aside already: the file of this name is then a sound one.
  if (existsSync(options.file) && statSync(options.file).ino === broken.inode) moveAside(options);
  return openSound(options);
}

function moveAside({ file, journal }: Pick<Options<never>, 'file' | 'journal'>): void {
  const stamp = new Date().toISOString().replaceAll(':', '-');
  for (const suffix of ['', '-wal', '-shm']) {
    const from = `${file}${suffix}`;
    if (existsSync(from)) renameSync(from, `${file}.abimee-${stamp}${suffix}`);
  }
  journal('outbox-corrupt', { code: 'MOVED_ASIDE' });
}

// Each write has a savepoint of its own: one that fails takes no other with it.
function inOneTransaction<Statements>({ db, run }: Opened<Statements>, writes: Write<Statements>[]) {
  db.exec('BEGIN IMMEDIATE');
  try {
    const settle = writes.map((write) => attempt(db, run, write));
    db.exec('COMMIT');
    return settle;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function attempt<Statements>(
  db: DatabaseSync,
  run: Statements,
  { work, resolve, reject }: Write<Statements>,
) {
  db.exec('SAVEPOINT one');
  try {
    const result = work(run);
    db.exec('RELEASE one');
    return () => resolve(result);
  } catch (error) {
    if (!db.isTransaction || isCorrupt(error) || isUnwritable(error)) throw error; // the whole group is concerned
    db.exec('ROLLBACK TO one; RELEASE one');
    return () => reject(error);
  }
}

function isCorrupt(error: unknown): boolean {
  return [11, 26].includes(primaryCode(error)); // SQLITE_CORRUPT, SQLITE_NOTADB
}

function primaryCode(error: unknown): number {
  return Number((Object(error) as { errcode?: unknown }).errcode) & 0xff;
}

// For what will be tried again, or is about to end anyway.
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // the next write meets the same trouble and reports it
  }
}
