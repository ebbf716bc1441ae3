import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { migrations } from '../../src/server/outbox/sqlite/schema.ts';
import { openSqliteOutbox } from '../../src/server/outbox/sqlite.ts';
import { temporaryFolder } from '../support/folder.ts';
import {
  countsOnlyWhatIsKept,
  entryOf,
  heldInVersion4,
  holdsTheContract,
  idOf,
  keepsWhatWasHeld,
} from './contract.ts';

const effects = { journal: () => {}, checkRoom: () => {} };

holdsTheContract(async () => openSqliteOutbox(join(temporaryFolder(), 'demandes.sqlite'), effects));

test('a request that cannot be kept is not counted', async () => {
  const outbox = openSqliteOutbox(join(temporaryFolder(), 'demandes.sqlite'), effects);
  await countsOnlyWhatIsKept(outbox);
  await outbox.close();
});

// Version 2 of the schema, as a site without these tables wrote it.
const second = `
  CREATE TABLE outbox (
    id TEXT PRIMARY KEY, received_at INTEGER NOT NULL, sealed BLOB NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL, departure INTEGER NOT NULL DEFAULT 0, leased INTEGER NOT NULL DEFAULT 0,
    late_from INTEGER, late_sealed BLOB, is_test INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE forms (
    key TEXT PRIMARY KEY, id TEXT NOT NULL, content TEXT NOT NULL, received_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE replaced (id TEXT PRIMARY KEY, by TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE withdrawn (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX outbox_oldest ON outbox (received_at);
  PRAGMA user_version = 2;`;

test('what waits in a file of the version before leaves, once, with what comes after it', async () => {
  const file = join(temporaryFolder(), 'demandes.sqlite');
  const db = new DatabaseSync(file);
  db.exec(second);
  db.prepare('INSERT INTO outbox (id, received_at, sealed, next_at) VALUES (?, 1, ?, 1)').run(
    idOf(1),
    Buffer.from('old'),
  );
  db.close();
  const outbox = openSqliteOutbox(file, effects);
  assert.deepEqual(await outbox.put(entryOf(2)), { kind: 'kept' });
  const due = () => outbox.due(Date.now(), Date.now() + 60_000);
  const texts = [await due(), await due()].map((found) => Buffer.from(found?.sealed ?? []).toString());
  assert.deepEqual(texts, ['old', 'sealed request 2']);
  assert.equal(await due(), undefined);
  await outbox.close();
});

test('a file of version 4 keeps what it holds, and counts from then on', async () => {
  const file = join(temporaryFolder(), 'demandes.sqlite');
  const db = new DatabaseSync(file);
  for (const step of migrations.slice(0, 4)) db.exec(step);
  db.exec('PRAGMA user_version = 4');
  db.exec(heldInVersion4(''));
  const old = db.prepare('INSERT INTO outbox (id, received_at, sealed, next_at) VALUES (?, 1, ?, 1)');
  old.run(idOf(1), Buffer.from('old'));
  db.close();
  const outbox = openSqliteOutbox(file, effects);
  await keepsWhatWasHeld(outbox);
  await outbox.close();
});
