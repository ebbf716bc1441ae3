// The outbox of one machine: a file of SQLite, built into Node. Nothing in it is readable without the key.
import { DatabaseSync } from 'node:sqlite';
import type { Entry, Kept, Outbox, SealedRappel } from '../rappel/outbox.ts';

// A wait never exceeds five minutes: a later `next_at` means that the clock was set back, and is due at once.
const clockSlackMs = 10 * 60_000;

const rememberedMs = 48 * 3_600_000;

// `departure`: 0, the message has surely not left; 1, it is being sent; 2, an attempt ended without a clear answer.
const schema = `
  CREATE TABLE IF NOT EXISTS outbox (
    id TEXT PRIMARY KEY, received_at INTEGER NOT NULL, sealed BLOB NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL, departure INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE IF NOT EXISTS forms (
    key TEXT PRIMARY KEY, id TEXT NOT NULL, content TEXT NOT NULL, received_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS replaced (id TEXT PRIMARY KEY, by TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS withdrawn (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA user_version = 1;
`;

/**
 * Opens the outbox in a file, made when missing. What `put` resolved is on disk (`synchronous=FULL`), what `erase`
 * resolved is overwritten there (`secure_delete`) and gone from the write-ahead log. Throws when the file is not usable.
 */
export function openSqliteOutbox(file: string): Outbox {
  const db = new DatabaseSync(file, { timeout: 1000 });
  db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;');
  db.exec(schema);
  const run = statements(db);
  return {
    async find(key, since) {
      return run.find.get(key, since) as Kept | undefined;
    },
    async put(entry) {
      inTransaction(db, () => put(entry, run));
    },
    async latest(id) {
      return (run.replacedBy.get(id)?.by as string | undefined) ?? id;
    },
    async withdraw(id, notice) {
      const done = inTransaction(db, () => withdraw(id, notice, run));
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return done;
    },
    async due(at, leasedUntil) {
      return run.lease.get(leasedUntil, at, at + clockSlackMs) as SealedRappel | undefined;
    },
    async postpone(id, until, mayHaveLeft) {
      run.postpone.run(until, mayHaveLeft ? 1 : 0, id);
    },
    async erase(id) {
      run.erase.run(id);
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)'); // deleted bytes stay readable in the log until then
    },
    async close() {
      db.close();
    },
  };
}

type Statements = ReturnType<typeof statements>;

function statements(db: DatabaseSync) {
  return {
    find: db.prepare(
      'SELECT id, received_at AS receivedAt, content FROM forms WHERE key = ? AND received_at > ?',
    ),
    keep: db.prepare('INSERT INTO outbox (id, received_at, sealed, next_at) VALUES (?, ?, ?, ?)'),
    remember: db.prepare('INSERT OR REPLACE INTO forms (key, id, content, received_at) VALUES (?, ?, ?, ?)'),
    forgetForm: db.prepare('DELETE FROM forms WHERE id = ?'),
    replacedBy: db.prepare('SELECT by FROM replaced WHERE id = ?'),
    follow: db.prepare('UPDATE replaced SET by = ? WHERE by = ?'),
    replace: db.prepare('INSERT OR REPLACE INTO replaced (id, by, at) VALUES (?, ?, ?)'),
    noteWithdrawn: db.prepare('INSERT OR IGNORE INTO withdrawn (id, at) VALUES (?, ?)'),
    // A lease that ran out while sending (1) was cut by a crash: nobody knows whether the message left (2).
    lease: db.prepare(`UPDATE outbox SET next_at = ?, attempts = attempts + 1,
      departure = CASE departure WHEN 0 THEN 1 ELSE 2 END
      WHERE id = (SELECT id FROM outbox WHERE next_at <= ? OR next_at > ? ORDER BY received_at LIMIT 1)
      RETURNING id, received_at AS receivedAt, sealed, attempts`),
    postpone: db.prepare(`UPDATE outbox SET next_at = ?,
      departure = CASE WHEN ? THEN 2 WHEN departure = 1 THEN 0 ELSE departure END WHERE id = ?`),
    erase: db.prepare('DELETE FROM outbox WHERE id = ?'),
    take: db.prepare('DELETE FROM outbox WHERE id = ? RETURNING departure'),
    purge: ['forms', 'replaced', 'withdrawn'].map((table) =>
      db.prepare(`DELETE FROM ${table} WHERE ${table === 'forms' ? 'received_at' : 'at'} < ?`),
    ),
  };
}

function put({ id, receivedAt, sealed, key, content, replaces }: Entry, run: Statements): void {
  for (const old of run.purge) old.run(receivedAt - rememberedMs);
  if (replaces) {
    run.erase.run(replaces);
    run.forgetForm.run(replaces);
    run.follow.run(id, replaces);
    run.replace.run(replaces, id, receivedAt);
  }
  run.keep.run(id, receivedAt, sealed, receivedAt);
  run.remember.run(key, id, content, receivedAt);
}

function withdraw(id: string, notice: Omit<SealedRappel, 'attempts'>, run: Statements) {
  if (run.noteWithdrawn.run(id, notice.receivedAt).changes === 0) return 'already';
  run.forgetForm.run(id); // the same words sent again are a new request
  if (run.take.get(id)?.departure === 0) return 'withdrawn';
  run.keep.run(notice.id, notice.receivedAt, notice.sealed, notice.receivedAt);
  return 'notified';
}

function inTransaction<Result>(db: DatabaseSync, work: () => Result): Result {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
