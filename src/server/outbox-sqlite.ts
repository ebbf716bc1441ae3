// The outbox of one machine: a file of SQLite, built into Node. Nothing in it is readable without the key.
import type { DatabaseSync } from 'node:sqlite';
import type { Entry, Kept, Outbox, Put, SealedMessage, SealedRappel, Waiting } from '../rappel/outbox.ts';
import { isUnwritable, openSqliteFile } from './sqlite-file.ts';

// A wait never exceeds five minutes: a later `next_at` means that the clock was set back, and is due at once.
const clockSlackMs = 10 * 60_000;

// `departure`: 0, the message has surely not left; 1, it is being sent; 2, an attempt ended without a clear answer.
const migrations = [
  `CREATE TABLE outbox (
    id TEXT PRIMARY KEY, received_at INTEGER NOT NULL, sealed BLOB NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL, departure INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE forms (
    key TEXT PRIMARY KEY, id TEXT NOT NULL, content TEXT NOT NULL, received_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE replaced (id TEXT PRIMARY KEY, by TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE withdrawn (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;`,
  `ALTER TABLE outbox ADD COLUMN leased INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE outbox ADD COLUMN late_from INTEGER;
  ALTER TABLE outbox ADD COLUMN late_sealed BLOB;
  ALTER TABLE outbox ADD COLUMN is_test INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX outbox_oldest ON outbox (received_at);`,
  `ALTER TABLE outbox ADD COLUMN unreadable INTEGER NOT NULL DEFAULT 0;
  DROP INDEX outbox_oldest;
  CREATE INDEX outbox_oldest ON outbox (received_at, unreadable);
  CREATE TABLE notes (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
];

/** The version of the schema that this program brings an outbox to. */
export const schemaVersion = migrations.length;

type Effects = {
  journal(event: string, details: Record<string, string>): void;
  /** Throws when the disk is too full to accept anything new. */
  checkRoom(): void;
};

/**
 * Opens the outbox in a file, made when missing. Several processes may share it. On a disk that cannot be written, what
 * it holds is still given out to be sent, by this process alone.
 */
export function openSqliteOutbox(file: string, { journal, checkRoom }: Effects): Outbox {
  const { read, write, close } = openSqliteFile({ file, migrations, prepare, journal });
  const leases = new Map<string, { until: number; attempts: number }>(); // only what the disk refused to note

  return {
    find: (key, since) => read((run) => find(key, since, run)),
    async put(entry, since) {
      checkRoom();
      return write((run) => put(entry, since, run));
    },
    latest: (id) => read((run) => latest(id, run)),
    withdraw: (id, notice) => write((run) => withdraw(id, notice, leases.has(id), run)),
    async due(at, leasedUntil) {
      try {
        const row = await write(
          (run) => run.lease.get(leasedUntil, at, at + clockSlackMs) as Row | undefined,
        );
        return row && messageOf(row);
      } catch (error) {
        if (!isUnwritable(error)) throw error;
        return read((run) => leaseInMemory(at, leasedUntil, leases, run));
      }
    },
    async postpone(id, until, mayHaveLeft) {
      const held = leases.get(id);
      if (held) held.until = until;
      await write((run) => run.postpone.run(until, mayHaveLeft || held ? 1 : 0, id));
      leases.delete(id);
    },
    async markUnreadable(id, until) {
      const held = leases.get(id);
      if (held) held.until = until;
      await write((run) => run.markUnreadable.run(until, id));
      leases.delete(id);
    },
    unreadable: () => read((run) => Number(run.unreadable.get()?.count)),
    async hasten() {
      await write((run) => run.hasten.run());
    },
    async erase(id) {
      await write((run) => run.erase.run(id));
      leases.delete(id);
    },
    holds: (id) => read((run) => run.holds.get(id) !== undefined),
    waiting: () => read(waiting),
    noted: (name) => read((run) => run.noted.get(name)?.text as string | undefined),
    async note(name, text) {
      await write((run) => (text === undefined ? run.forgetNote.run(name) : run.note.run(name, text)));
    },
    async *all() {
      for (const { id } of await read((run) => run.ids.all())) {
        const row = await read((run) => run.one.get(id ?? null) as Row | undefined);
        if (row) yield messageOf(row);
      }
    },
    async forget(before) {
      await write((run) => run.forget.map((old) => old.run(before)));
    },
    async close() {
      close();
    },
  };
}

type Row = {
  id: string;
  received_at: number;
  sealed: Uint8Array;
  late_from: number | null;
  late_sealed: Uint8Array | null;
  is_test: number;
  attempts: number;
};

type Statements = ReturnType<typeof prepare>;

function prepare(db: DatabaseSync) {
  const columns = 'id, received_at, sealed, late_from, late_sealed, is_test, attempts';
  return {
    find: db.prepare(
      'SELECT id, received_at AS receivedAt, content FROM forms WHERE key = ? AND received_at > ?',
    ),
    keep: db.prepare(`INSERT INTO outbox (id, received_at, sealed, late_from, late_sealed, is_test, next_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)`),
    remember: db.prepare('INSERT OR REPLACE INTO forms (key, id, content, received_at) VALUES (?, ?, ?, ?)'),
    forgetForm: db.prepare('DELETE FROM forms WHERE id = ?'),
    replacedBy: db.prepare('SELECT by FROM replaced WHERE id = ?'),
    follow: db.prepare('UPDATE replaced SET by = ? WHERE by = ?'),
    replace: db.prepare('INSERT INTO replaced (id, by, at) VALUES (?, ?, ?)'),
    noteWithdrawn: db.prepare('INSERT OR IGNORE INTO withdrawn (id, at) VALUES (?, ?)'),
    // A lease that ran out while sending (1) was cut by a crash: nobody knows whether the message left (2).
    lease: db.prepare(`UPDATE outbox SET next_at = ?, attempts = attempts + 1, leased = 1,
      departure = CASE departure WHEN 0 THEN 1 ELSE 2 END
      WHERE id = (SELECT id FROM outbox WHERE next_at <= ? OR next_at > ? ORDER BY received_at LIMIT 1)
      RETURNING ${columns}`),
    allDue: db.prepare(
      `SELECT ${columns} FROM outbox WHERE next_at <= ? OR next_at > ? ORDER BY received_at`,
    ),
    postpone: db.prepare(`UPDATE outbox SET next_at = ?, leased = 0, unreadable = 0,
      departure = CASE WHEN ? THEN 2 WHEN departure = 1 THEN 0 ELSE departure END WHERE id = ?`),
    markUnreadable: db.prepare(`UPDATE outbox SET next_at = ?, leased = 0, unreadable = 1,
      departure = CASE departure WHEN 1 THEN 0 ELSE departure END WHERE id = ?`),
    unreadable: db.prepare('SELECT count(*) AS count FROM outbox WHERE unreadable = 1'),
    hasten: db.prepare('UPDATE outbox SET next_at = received_at WHERE leased = 0'),
    erase: db.prepare('DELETE FROM outbox WHERE id = ?'),
    take: db.prepare('DELETE FROM outbox WHERE id = ? RETURNING departure'),
    holds: db.prepare('SELECT 1 FROM outbox WHERE id = ?'),
    ids: db.prepare('SELECT id FROM outbox'),
    one: db.prepare(`SELECT ${columns} FROM outbox WHERE id = ?`),
    waiting: db.prepare(`SELECT count(*) AS count, min(CASE unreadable WHEN 0 THEN received_at END) AS oldest
      FROM outbox`),
    noted: db.prepare('SELECT text FROM notes WHERE name = ?'),
    note: db.prepare('INSERT OR REPLACE INTO notes (name, text) VALUES (?, ?)'),
    forgetNote: db.prepare('DELETE FROM notes WHERE name = ?'),
    forget: ['forms WHERE received_at', 'replaced WHERE at', 'withdrawn WHERE at'].map((old) =>
      db.prepare(`DELETE FROM ${old} < ?`),
    ),
  };
}

function find(key: string, since: number, run: Statements): Kept | undefined {
  const form = run.find.get(key, since) as Kept | undefined;
  return form && { ...form };
}

function latest(id: string, run: Statements): string {
  return (run.replacedBy.get(id)?.by as string | undefined) ?? id;
}

function put({ key, content, replaces, ...message }: Entry, since: number, run: Statements): Put {
  const { id, receivedAt } = message;
  const known = find(key, since, run);
  if (known?.content === content) return { kind: 'known', known };
  if (known && known.id !== replaces) return { kind: 'overtaken' };
  if (replaces) {
    if (latest(replaces, run) !== replaces) return { kind: 'overtaken' };
    run.erase.run(replaces);
    run.forgetForm.run(replaces);
    run.follow.run(id, replaces);
    run.replace.run(replaces, id, receivedAt);
  }
  keep(message, run);
  run.remember.run(key, id, content, receivedAt);
  return { kind: 'kept' };
}

function keep({ id, receivedAt, sealed, late, isTest }: SealedMessage, run: Statements): void {
  run.keep.run(id, receivedAt, sealed, late?.from ?? null, late?.sealed ?? null, isTest ? 1 : 0, receivedAt);
}

function withdraw(id: string, notice: SealedMessage, hasTried: boolean, run: Statements) {
  if (latest(id, run) !== id) return 'overtaken';
  if (run.noteWithdrawn.run(id, notice.receivedAt).changes === 0) return 'already';
  run.forgetForm.run(id); // the same words sent again are a new request
  if (run.take.get(id)?.departure === 0 && !hasTried) return 'withdrawn';
  keep(notice, run);
  return 'notified';
}

type Leases = Map<string, { until: number; attempts: number }>;

function leaseInMemory(at: number, until: number, leases: Leases, run: Statements): SealedRappel | undefined {
  for (const row of run.allDue.iterate(at, at + clockSlackMs) as Iterable<Row>) {
    const held = leases.get(row.id);
    if (held && held.until > at) continue;
    const attempts = (held?.attempts ?? row.attempts) + 1;
    leases.set(row.id, { until, attempts });
    return messageOf({ ...row, attempts });
  }
  return undefined;
}

function messageOf(row: Row): SealedRappel {
  const { id, received_at: receivedAt, sealed, late_from: from, late_sealed, is_test, attempts } = row;
  const late = from !== null && late_sealed ? { from, sealed: late_sealed } : undefined;
  return { id, receivedAt, sealed, late, isTest: is_test === 1, attempts };
}

function waiting(run: Statements): Waiting {
  const { count, oldest } = run.waiting.get() as { count: number; oldest: number | null };
  return { count, oldestAt: oldest ?? undefined };
}
