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
 * An open file. What `write` resolved is on disk (`synchronous=FULL`); what was deleted is overwritten there
 * (`secure_delete`), and its room given back. A corrupt file becomes `….abimee-<time>` and a new one takes its place, at the
 * opening or later. On a disk that cannot be written it can be read, and every few seconds a write tries again.
 */
export class SqliteFile<Statements> {
  readonly #options: Options<Statements>;
  #opened: Opened<Statements>;
  #openedAt = performance.now();
  #group: Write<Statements>[] = [];
  #tidying: NodeJS.Timeout | undefined;

  /**
   * Opens a file, made when missing. Throws `SettingError` when it was written by a newer version, and SQLite's own error when
   * it cannot be opened.
   */
  constructor(options: Options<Statements>) {
    this.#options = options;
    this.#opened = openSound(options);
    this.#tidySoon(); // what a crash left unfinished
  }

  /** Reads what is there. */
  async read<Result>(work: (run: Statements) => Result): Promise<Result> {
    return this.#healed(() => work(this.#opened.run));
  }

  /** Runs in a transaction shared with what is asked for meanwhile; resolves once it is on disk. */
  write<Result>(work: (run: Statements) => Result): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    this.#group.push({ work, resolve: resolve as (value: unknown) => void, reject });
    if (this.#group.length === 1) setImmediate(() => this.#flush()); // all that arrives in this turn of the loop shares one commit
    return promise;
  }

  /** Lets go of the file. */
  close(): void {
    clearTimeout(this.#tidying);
    quietly(() => this.#truncate());
    quietly(() => this.#opened.db.close()); // a file that could not be opened again is closed already
  }

  #flush(): void {
    const writes = this.#group;
    this.#group = [];
    try {
      if (this.#opened.isBare && performance.now() - this.#openedAt > bareMs) this.#reopen();
      const settle = this.#healed(() => inOneTransaction(this.#opened, writes));
      for (const settled of settle) settled();
      this.#tidySoon();
    } catch (error) {
      for (const { reject } of writes) reject(error);
    }
  }

  #healed<Result>(attempt: () => Result): Result {
    try {
      return attempt();
    } catch (error) {
      if (isReadOnly(error)) this.#opened.isBare = true;
      if (!isCorrupt(error)) throw error;
      this.#reopen();
      return attempt();
    }
  }

  #reopen(): void {
    this.#openedAt = performance.now();
    this.#opened = reopened(this.#opened, this.#options);
  }

  #tidySoon(): void {
    this.#tidying ??= setTimeout(() => this.#tidy(), tidyAfterMs).unref();
  }

  #tidy(): void {
    this.#tidying = undefined;
    quietly(() => {
      this.#truncate();
      if (giveBack(this.#opened.db)) this.#tidySoon();
    });
  }

  #truncate(): void {
    this.#opened.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }
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
