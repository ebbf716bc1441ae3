// The room that a file of SQLite no longer uses goes back to the disk, a little at a time: nobody waits for it.
import type { DatabaseSync } from 'node:sqlite';

const keptPages = 256; // a megabyte: what comes next is written there without the file growing
const stepPages = 256; // and as much in one step: requests wait for it no longer than for the disk

// A file made before this is written anew once, in memory.
const convertibleBytes = 32 * 1024 * 1024;

/** Makes a new file one that can shrink. To be called before anything is written in it. */
export function makeShrinkable(db: DatabaseSync): void {
  if (pragma(db, 'page_count') === 0) db.exec('PRAGMA auto_vacuum=INCREMENTAL');
}

/** Makes an older file shrinkable, if it is small enough and the disk has room for it twice. Throws SQLite's own errors. */
export function convert(db: DatabaseSync, freeBytes: number): void {
  if (pragma(db, 'auto_vacuum') === 2) return;
  const used = (pragma(db, 'page_count') - pragma(db, 'freelist_count')) * pragma(db, 'page_size');
  if (used > convertibleBytes || freeBytes < 2 * used) return;
  db.exec('PRAGMA auto_vacuum=INCREMENTAL; PRAGMA temp_store=MEMORY; VACUUM');
}

/**
 * Gives some unused pages back, and empties the log. True when it helped, and may help again; false when there is nothing
 * worth giving, or the file cannot shrink. Throws SQLite's own errors.
 */
export function giveBack(db: DatabaseSync): boolean {
  const unused = pragma(db, 'freelist_count');
  if (unused <= keptPages) return false;
  db.exec(`PRAGMA incremental_vacuum(${Math.min(stepPages, unused - keptPages)})`);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return pragma(db, 'freelist_count') < unused;
}

function pragma(db: DatabaseSync, name: string): number {
  return Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
}
