// The outbox of one machine: a file of SQLite, built into Node. Nothing in it is readable without the key.
import type { DatabaseSync } from 'node:sqlite';
import type { Journal } from '../../rappel/journal.ts';
import {
  type Entry,
  mostListed,
  type Outbox,
  type Put,
  type SealedMessage,
  type SealedRappel,
  type Waiting,
} from '../../rappel/outbox.ts';
import {
  type Fingerprints,
  type Kept,
  type Mark,
  type Recognised,
  recognise,
} from '../../rappel/recognise.ts';
import { openSqliteFile } from './sqlite-file.ts';
import { isUnwritable } from './sqlite-open.ts';

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
  // `is_sequel`: it says not to follow another, which may have left.
  `ALTER TABLE outbox ADD COLUMN is_unverified INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE outbox ADD COLUMN is_sequel INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX outbox_next ON outbox (is_unverified, received_at);
  CREATE INDEX forms_id ON forms (id);
  CREATE TABLE duplicates (id TEXT PRIMARY KEY, first TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX duplicates_first ON duplicates (first);
  CREATE TABLE phones (id TEXT PRIMARY KEY, phone TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX phones_phone ON phones (phone, at);`,
  `ALTER TABLE outbox ADD COLUMN unreadable INTEGER NOT NULL DEFAULT 0;
  DROP INDEX outbox_oldest;
  CREATE INDEX outbox_oldest ON outbox (received_at, unreadable);
  CREATE TABLE notes (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
];

/** The version of the schema that this program brings an outbox to. */
export const schemaVersion = migrations.length;

type Effects = {
  journal: Journal;
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
    find: (mark) => read((run) => find(mark, run)),
    recognise: (form) => read((run) => recognised(form, run)),
    async put(entry) {
      checkRoom();
      return write((run) => put(entry, leases, run));
    },
    latest: (id) => read((run) => latest(id, run)),
    others: (id) => read((run) => others(id, run)),
    given: (phone, except) => read((run) => given(phone, except, run)),
    withdraw: (id, notice, tellsOfOthers) =>
      write((run) => withdraw(id, notice, tellsOfOthers ?? false, leases, run)),
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
  is_unverified: number;
  attempts: number;
};

type Statements = ReturnType<typeof prepare>;

function prepare(db: DatabaseSync) {
  const columns = 'id, received_at, sealed, late_from, late_sealed, is_test, is_unverified, attempts';
  return {
    find: db.prepare(
      'SELECT id, received_at AS receivedAt, content FROM forms WHERE key = ? AND received_at > ?',
    ),
    keep: db.prepare(`INSERT INTO outbox
      (id, received_at, sealed, late_from, late_sealed, is_test, is_unverified, is_sequel, next_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    remember: db.prepare('INSERT OR REPLACE INTO forms (key, id, content, received_at) VALUES (?, ?, ?, ?)'),
    // What a duplicate said is said no more: the same words are a new request, from anywhere.
    forgetForm: db.prepare(`DELETE FROM forms WHERE id = ?1
      OR (key = content AND id IN (SELECT first FROM duplicates WHERE id = ?1))`),
    duplicate: db.prepare('INSERT INTO duplicates (id, first, at) VALUES (?, ?, ?)'),
    forgetDuplicate: db.prepare('DELETE FROM duplicates WHERE id = ?'),
    others: db.prepare(`SELECT first AS id FROM duplicates WHERE id = ?1
      UNION ALL SELECT id FROM duplicates WHERE first = ?1 LIMIT ${mostListed.others}`),
    give: db.prepare('INSERT INTO phones (id, phone, at) VALUES (?, ?, ?)'),
    forgetPhone: db.prepare('DELETE FROM phones WHERE id = ?'),
    given: db.prepare(`SELECT id FROM phones WHERE phone = ? AND at > ? AND id <> ?
      ORDER BY at DESC LIMIT ${mostListed.given}`),
    replacedBy: db.prepare('SELECT by FROM replaced WHERE id = ?'),
    follow: db.prepare('UPDATE replaced SET by = ? WHERE by = ?'),
    replace: db.prepare('INSERT INTO replaced (id, by, at) VALUES (?, ?, ?)'),
    wasWithdrawn: db.prepare('SELECT 1 FROM withdrawn WHERE id = ?'),
    noteWithdrawn: db.prepare('INSERT INTO withdrawn (id, at) VALUES (?, ?)'),
    // A lease that ran out while sending (1) was cut by a crash: nobody knows whether the message left (2).
    lease: db.prepare(`UPDATE outbox SET next_at = ?, attempts = attempts + 1, leased = 1,
      departure = CASE departure WHEN 0 THEN 1 ELSE 2 END
      WHERE id = (SELECT id FROM outbox WHERE next_at <= ? OR next_at > ? ORDER BY is_unverified, received_at LIMIT 1)
      RETURNING ${columns}`),
    allDue: db.prepare(
      `SELECT ${columns} FROM outbox WHERE next_at <= ? OR next_at > ? ORDER BY is_unverified, received_at`,
    ),
    postpone: db.prepare(`UPDATE outbox SET next_at = ?, leased = 0, unreadable = 0,
      departure = CASE WHEN ? THEN 2 WHEN departure = 1 THEN 0 ELSE departure END WHERE id = ?`),
    markUnreadable: db.prepare(`UPDATE outbox SET next_at = ?, leased = 0, unreadable = 1,
      departure = CASE departure WHEN 1 THEN 0 ELSE departure END WHERE id = ?`),
    unreadable: db.prepare('SELECT count(*) AS count FROM outbox WHERE unreadable = 1'),
    hasten: db.prepare('UPDATE outbox SET next_at = received_at WHERE leased = 0'),
    erase: db.prepare('DELETE FROM outbox WHERE id = ?'),
    hold: db.prepare('DELETE FROM outbox WHERE id = ? AND is_sequel = 0 RETURNING departure'),
    holds: db.prepare('SELECT 1 FROM outbox WHERE id = ?'),
    ids: db.prepare('SELECT id FROM outbox'),
    one: db.prepare(`SELECT ${columns} FROM outbox WHERE id = ?`),
    waiting: db.prepare(`SELECT count(*) AS count, min(CASE unreadable WHEN 0 THEN received_at END) AS oldest
      FROM outbox`),
    noted: db.prepare('SELECT text FROM notes WHERE name = ?'),
    note: db.prepare('INSERT OR REPLACE INTO notes (name, text) VALUES (?, ?)'),
    forgetNote: db.prepare('DELETE FROM notes WHERE name = ?'),
    forget: [
      'forms WHERE received_at',
      ...['replaced', 'withdrawn', 'duplicates', 'phones'].map(whereAt),
    ].map((old) => db.prepare(`DELETE FROM ${old} < ?`)),
  };
}

const whereAt = (table: string) => `${table} WHERE at`;

function find(mark: Mark | undefined, run: Statements): Kept | undefined {
  const form = mark && (run.find.get(mark.key, mark.since) as Kept | undefined);
  return form && { ...form };
}

function recognised(form: Fingerprints, run: Statements): Recognised {
  const [own, place, anywhere] = [form.own, form.place, form.anywhere].map((mark) => find(mark, run));
  return recognise(form, { own, place, anywhere, changed: form.changes && latest(form.changes, run) });
}

function latest(id: string, run: Statements): string {
  return (run.replacedBy.get(id)?.by as string | undefined) ?? id;
}

function others(id: string, run: Statements): string[] {
  return run.others.all(id).map((other) => other.id as string);
}

function given({ key, since }: Mark, except: string | undefined, run: Statements): string[] {
  return run.given.all(key, since, except ?? '').map(({ id }) => id as string);
}

function put(entry: Entry, leases: Leases, run: Statements): Put {
  const { form, replaces, phone, id, receivedAt } = entry;
  const earlier = recognised(form, run);
  const kept = { id, receivedAt, content: form.content };
  if (earlier.kind === 'known') {
    remember([form.own], earlier.known, run);
    return { kind: 'known', known: earlier.known };
  }
  if (earlier.kind === 'duplicate') {
    remember([form.own, form.place], kept, run);
    run.duplicate.run(id, earlier.first, receivedAt);
    return { kind: 'duplicate' };
  }
  if (earlier.replaces !== replaces || !tellsAll(entry, run)) return { kind: 'overtaken' };
  keep(entry, replaces !== undefined && !takePlace(replaces, entry, leases, run), run);
  remember([form.own, form.place, form.anywhere], kept, run);
  if (phone) run.give.run(id, phone.key, receivedAt);
  return { kind: 'kept' };
}

function tellsAll({ replaces, phone, ...tells }: Entry, run: Statements): boolean {
  if (phone && !tells.tellsOfGiven && given(phone, replaces, run).length > 0) return false;
  return !replaces || tells.tellsOfOthers === true || others(replaces, run).length === 0;
}

function remember(marks: (Mark | undefined)[], { id, content, receivedAt }: Kept, run: Statements): void {
  for (const mark of marks) if (mark) run.remember.run(mark.key, id, content, receivedAt);
}

// Whether the team will never see what was there.
function takePlace(old: string, { id, receivedAt }: SealedMessage, leases: Leases, run: Statements): boolean {
  const stayed = hold(old, leases, run);
  forgetForm(old, run);
  run.forgetPhone.run(old);
  run.follow.run(id, old);
  run.replace.run(old, id, receivedAt);
  return stayed;
}

// Keeps a message from leaving; false when it may have left, or must leave: others share it, or it speaks of one before it.
function hold(id: string, leases: Leases, run: Statements): boolean {
  if (others(id, run).length > 0) return false;
  return run.hold.get(id)?.departure === 0 && !leases.has(id);
}

function forgetForm(id: string, run: Statements): void {
  run.forgetForm.run(id);
  run.forgetDuplicate.run(id);
}

function keep(message: SealedMessage, isSequel: boolean, run: Statements): void {
  const { id, receivedAt, sealed, late, isTest, isUnverified } = message;
  const flags = [isTest, isUnverified, isSequel].map((flag) => (flag ? 1 : 0));
  run.keep.run(id, receivedAt, sealed, late?.from ?? null, late?.sealed ?? null, ...flags, receivedAt);
}

function withdraw(
  id: string,
  notice: SealedMessage,
  tellsOfOthers: boolean,
  leases: Leases,
  run: Statements,
) {
  if (latest(id, run) !== id) return 'overtaken';
  if (run.wasWithdrawn.get(id)) return 'already';
  if (!tellsOfOthers && others(id, run).length > 0) return 'overtaken';
  run.noteWithdrawn.run(id, notice.receivedAt);
  const stayed = hold(id, leases, run);
  forgetForm(id, run); // the same words sent again are a new request
  if (stayed) {
    run.forgetPhone.run(id);
    return 'withdrawn';
  }
  keep(notice, false, run);
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
  const { id, received_at: receivedAt, sealed, late_from: from, late_sealed, attempts } = row;
  const late = from !== null && late_sealed ? { from, sealed: late_sealed } : undefined;
  const flags = { isTest: row.is_test === 1, isUnverified: row.is_unverified === 1 };
  return { id, receivedAt, sealed, late, ...flags, attempts };
}

function waiting(run: Statements): Waiting {
  const { count, oldest } = run.waiting.get() as { count: number; oldest: number | null };
  return { count, oldestAt: oldest ?? undefined };
}
