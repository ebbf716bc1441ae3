// The tables of an outbox in a file of SQLite, and how each version of them leads to the next.

/**
 * SQL that leads from each version of the schema to the next, the first from an empty file. `departure`: 0, the message has
 * surely not left; 1, it is being sent; 2, an attempt ended without a clear answer.
 */
export const migrations = [
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
  `ALTER TABLE phones ADD COLUMN ending BLOB;
  ALTER TABLE duplicates ADD COLUMN ending BLOB;
  CREATE TABLE counts (
    month TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (month, name)
  ) STRICT, WITHOUT ROWID;`,
  // `fate`: 0, accepted by the mail server; 1, it came back and was sent again; 2, it came back and has no way left.
  `ALTER TABLE outbox ADD COLUMN is_second INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE sent (
    id TEXT PRIMARY KEY, received_at INTEGER NOT NULL, sealed BLOB, late_from INTEGER, late_sealed BLOB,
    is_test INTEGER NOT NULL, is_unverified INTEGER NOT NULL, is_sequel INTEGER NOT NULL, is_second INTEGER NOT NULL,
    at INTEGER NOT NULL, fate INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX sent_at ON sent (fate, at);`,
];

/** The version of the schema that this program brings an outbox to. */
export const schemaVersion = migrations.length;
