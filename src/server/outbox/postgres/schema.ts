// The tables of an outbox in PostgreSQL, and how each version of them leads to the next.

/**
 * SQL that leads from each version of the schema to the next, the first from nothing. `departure`: 0, the message has surely
 * not left; 1, it is being sent; 2, an attempt ended without a clear answer.
 */
export const migrations = [
  `CREATE TABLE demandes.outbox (
    id text PRIMARY KEY, received_at bigint NOT NULL, sealed bytea NOT NULL, late_from bigint, late_sealed bytea,
    is_test boolean NOT NULL, attempts int NOT NULL DEFAULT 0, departure smallint NOT NULL DEFAULT 0
  );
  CREATE TABLE demandes.forms (key text PRIMARY KEY, id text NOT NULL, content text NOT NULL, received_at bigint NOT NULL);
  CREATE INDEX ON demandes.forms (id);
  CREATE TABLE demandes.replaced (id text PRIMARY KEY, by text NOT NULL, at bigint NOT NULL);
  CREATE TABLE demandes.withdrawn (id text PRIMARY KEY, at bigint NOT NULL);`,
  // What this step made belongs to another room, which has migrations of its own.
  'SELECT',
  // `is_sequel`: it says not to follow another, which may have left.
  `ALTER TABLE demandes.outbox ADD COLUMN is_unverified boolean NOT NULL DEFAULT false,
    ADD COLUMN is_sequel boolean NOT NULL DEFAULT false;
  CREATE TABLE demandes.duplicates (id text PRIMARY KEY, first text NOT NULL, at bigint NOT NULL);
  CREATE INDEX ON demandes.duplicates (first);
  CREATE TABLE demandes.phones (id text PRIMARY KEY, phone text NOT NULL, at bigint NOT NULL);
  CREATE INDEX ON demandes.phones (phone, at);`,
  `ALTER TABLE demandes.outbox ADD COLUMN unreadable boolean NOT NULL DEFAULT false;
  CREATE TABLE demandes.notes (name text PRIMARY KEY, text text NOT NULL);`,
  // A count is the sum of its shares: those who add to one wait for each other's disk.
  `ALTER TABLE demandes.phones ADD COLUMN ending bytea;
  ALTER TABLE demandes.duplicates ADD COLUMN ending bytea;
  CREATE TABLE demandes.counts (
    month text, name text, share smallint, count int NOT NULL, PRIMARY KEY (month, name, share)
  );`,
  // `fate`: 0, accepted by the mail server; 1, it came back and was sent again; 2, it came back and has no way left.
  `ALTER TABLE demandes.outbox ADD COLUMN is_second boolean NOT NULL DEFAULT false;
  CREATE TABLE demandes.sent (
    id text PRIMARY KEY, received_at bigint NOT NULL, sealed bytea, late_from bigint, late_sealed bytea,
    is_test boolean NOT NULL, is_unverified boolean NOT NULL, is_sequel boolean NOT NULL, is_second boolean NOT NULL,
    at bigint NOT NULL, fate smallint NOT NULL DEFAULT 0
  );
  CREATE INDEX ON demandes.sent (fate, at);`,
];

/** The version of the schema that this program brings an outbox to. */
export const schemaVersion = migrations.length;
