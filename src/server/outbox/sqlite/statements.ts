// Every statement of an outbox in a file of SQLite, prepared once.
import type { DatabaseSync } from 'node:sqlite';
import { mostListed } from '../../../rappel/outbox.ts';

/** What an outbox may run. */
export type Statements = ReturnType<typeof prepare>;

/** Prepares them on an open file. */
export function prepare(db: DatabaseSync) {
  const columns =
    'id, received_at, sealed, late_from, late_sealed, is_test, is_unverified, is_second, attempts';
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
    duplicate: db.prepare('INSERT INTO duplicates (id, first, at, ending) VALUES (?, ?, ?, ?)'),
    forgetDuplicate: db.prepare('DELETE FROM duplicates WHERE id = ?'),
    others: db.prepare(`SELECT first AS id FROM duplicates WHERE id = ?1
      UNION ALL SELECT id FROM duplicates WHERE first = ?1 LIMIT ${mostListed.others}`),
    give: db.prepare('INSERT INTO phones (id, phone, at, ending) VALUES (?, ?, ?, ?)'),
    forgetEnding: db.prepare('UPDATE phones SET ending = NULL WHERE id = ?'),
    ending: db.prepare(`SELECT ending FROM phones WHERE id = ?1
      UNION ALL SELECT ending FROM duplicates WHERE id = ?1 LIMIT 1`),
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
    erase: db.prepare('DELETE FROM outbox WHERE id = ? RETURNING received_at AS receivedAt'),
    watch:
      db.prepare(`INSERT OR REPLACE INTO sent SELECT id, received_at, CASE is_test WHEN 0 THEN sealed END, late_from,
      CASE is_test WHEN 0 THEN late_sealed END, is_test, is_unverified, is_sequel, is_second, ?, 0
      FROM outbox WHERE id = ?`),
    accepted: db.prepare(`SELECT is_sequel AS isSequel, sealed IS NOT NULL AS hasBytes FROM sent
      WHERE id = ? AND is_second = ? AND fate = 0`),
    forgetSent: db.prepare('DELETE FROM sent WHERE id = ?'),
    markSent: db.prepare(`UPDATE sent SET fate = ?1, at = ?2, sealed = CASE ?1 WHEN 2 THEN sealed END,
      late_sealed = CASE ?1 WHEN 2 THEN late_sealed END WHERE id = ?3`),
    // Some copy of it may have arrived all the same (2).
    requeue: db.prepare(`INSERT INTO outbox
      (id, received_at, sealed, late_from, late_sealed, is_test, is_unverified, is_sequel, is_second, next_at, departure)
      SELECT id, received_at, sealed, late_from, late_sealed, is_test, is_unverified, is_sequel, ?, received_at, 2
      FROM sent WHERE id = ?`),
    bounced: db.prepare(
      `SELECT id, is_test AS isTest, sealed IS NOT NULL AS hasBytes FROM sent WHERE fate = 2 ORDER BY at DESC LIMIT ?`,
    ),
    sentAgain: db.prepare(
      'SELECT count(*) AS count FROM sent WHERE (fate = 1 OR (fate = 0 AND is_second = 1)) AND at > ?',
    ),
    forgetBytes: db.prepare(
      'UPDATE sent SET sealed = NULL, late_sealed = NULL WHERE fate < 2 AND at < ? AND sealed IS NOT NULL',
    ),
    forgetWatched: db.prepare('DELETE FROM sent WHERE fate < 2 AND at < ?'),
    hold: db.prepare('DELETE FROM outbox WHERE id = ? AND is_sequel = 0 RETURNING departure'),
    holds: db.prepare('SELECT 1 FROM outbox WHERE id = ?'),
    ids: db.prepare('SELECT id FROM outbox'),
    one: db.prepare(`SELECT ${columns} FROM outbox WHERE id = ?`),
    waiting: db.prepare(`SELECT count(*) AS count, min(CASE unreadable WHEN 0 THEN received_at END) AS oldest
      FROM outbox`),
    noted: db.prepare('SELECT text FROM notes WHERE name = ?'),
    note: db.prepare('INSERT OR REPLACE INTO notes (name, text) VALUES (?, ?)'),
    forgetNote: db.prepare('DELETE FROM notes WHERE name = ?'),
    count: db.prepare(`INSERT INTO counts VALUES (?, ?, 1)
      ON CONFLICT (month, name) DO UPDATE SET count = count + 1`),
    report: db.prepare('SELECT month, name, count FROM counts WHERE month BETWEEN ? AND ?'),
    forget: [
      'DELETE FROM forms WHERE received_at < ?',
      'DELETE FROM phones WHERE at < ?',
      'UPDATE duplicates SET ending = NULL WHERE at < ? AND ending IS NOT NULL',
    ].map((old) => db.prepare(old)),
    unlink: ['replaced', 'withdrawn', 'duplicates'].map((links) =>
      db.prepare(`DELETE FROM ${links} WHERE at < ?`),
    ),
  };
}
