// A file of SQLite with what a durable store needs: one wait for the disk for many writers, no trace of what was deleted,
// and trouble met with the file open again.
import type { DatabaseSync } from 'node:sqlite';
import {
  isCorrupt,
  isReadOnly,
  isUnwritable,
  type Opened,
  type Options,
  openSound,
  quietly,
  reopened,
} from './open.ts';
import { giveBack } from './space.ts';

export type SqliteFile<Statements> = {
  read<Result>(work: (run: Statements) => Result): Promise<Result>;
  /** Runs in a transaction shared with what is asked for meanwhile; resolves once it is on disk. */
  write<Result>(work: (run: Statements) => Result): Promise<Result>;
  close(): void;
};

type Write<Statements> = {
  work(run: Statements): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
};

// Deleted bytes stay readable in the write-ahead log until it is truncated: soon, and once for many. The file gives its
// room back at the same pace.
const tidyAfterMs = 250;

const bareMs = 5000; // how long a file that the disk refused is left as it is

/**
 * Opens a file, made when missing. What `write` resolved is on disk (`synchronous=FULL`); what was deleted is overwritten
 * there (`secure_delete`), and its room given back. A corrupt file becomes `….abimee-<time>` and a new one takes its place, at
 * the opening or later. On a disk that cannot be written it can be read, and every few seconds a write tries again.
 * Throws `SettingError` when the file was written by a newer version, and SQLite's own error when it cannot be opened.
 */
export function openSqliteFile<Statements>(options: Options<Statements>): SqliteFile<Statements> {
  let opened = openSound(options);
  let openedAt = performance.now();
  let group: Write<Statements>[] = [];
  let tidying: NodeJS.Timeout | undefined;

  const reopen = () => {
    openedAt = performance.now();
    opened = reopened(opened, options);
  };
  const healed = <Result>(attempt: () => Result): Result => {
    try {
      return attempt();
    } catch (error) {
      if (isReadOnly(error)) opened.isBare = true;
      if (!isCorrupt(error)) throw error;
      reopen();
      return attempt();
    }
  };
  const truncate = () => opened.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const tidy = () => {
    tidying = undefined;
    quietly(() => {
      truncate();
      if (giveBack(opened.db)) tidySoon();
    });
  };
  const tidySoon = () => {
    tidying ??= setTimeout(tidy, tidyAfterMs).unref();
  };
  const flush = () => {
    const writes = group;
    group = [];
    try {
      if (opened.isBare && performance.now() - openedAt > bareMs) reopen();
      const settle = healed(() => inOneTransaction(opened, writes));
      for (const settled of settle) settled();
      tidySoon();
    } catch (error) {
      for (const { reject } of writes) reject(error);
    }
  };
  tidySoon(); // what a crash left unfinished

  return {
    read: async (work) => healed(() => work(opened.run)),
    write<Result>(work: (run: Statements) => Result): Promise<Result> {
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      group.push({ work, resolve: resolve as (value: unknown) => void, reject });
      if (group.length === 1) setImmediate(flush); // all that arrives in this turn of the loop shares one commit
      return promise;
    },
    close() {
      clearTimeout(tidying);
      quietly(truncate);
      quietly(() => opened.db.close()); // a file that could not be opened again is closed already
    },
  };
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
