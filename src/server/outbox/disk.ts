// The disk under the outbox: how much room it has, who may read it, and what was moved aside on it.
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';

/** Below this, nothing new is accepted: what waits still needs room to be sent and erased. */
export const floorBytes = 64 * 1024 * 1024;

/** Below this, somebody should make room before it is too late. */
export const lowBytes = 4 * floorBytes;

// Every change is written beside the file first: free pages inside it help only while the disk itself has this much.
const logBytes = 16 * 1024 * 1024;

/** The disk of an outbox. When it cannot be looked at, `room` is not a number. */
export type Disk = { room: number; setAside: string[]; isWritable: boolean };

/** What follows the name of a corrupt outbox that was moved aside; then comes the time. */
export const asideMark = '.abimee-';

/** The file of an outbox without a database. */
export function outboxFile(dataDir: string): string {
  return join(dataDir, 'demandes.sqlite');
}

/** Bytes that this process may still write in a folder. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Looks at the disk of an outbox without a database. Never throws. */
export function diskOf(dataDir: string): Disk {
  try {
    return { room: roomIn(dataDir), setAside: setAsideIn(dataDir), isWritable: isWritable(dataDir) };
  } catch {
    return { room: Number.NaN, setAside: [], isWritable: false };
  }
}

/** Bytes that the outbox of a folder may still take: what the disk has free, and the pages of its file that hold nothing. */
export function roomIn(dataDir: string): number {
  const free = freeBytes(dataDir);
  return free < logBytes ? free : free + spareBytes(outboxFile(dataDir));
}

/** Throws, with the code `DISK_FLOOR`, when a folder has less room than the floor. */
export function checkRoom(dataDir: string): void {
  if (roomIn(dataDir) < floorBytes)
    throw Object.assign(new Error('The disk is nearly full'), { code: 'DISK_FLOOR' });
}

/** The corrupt outboxes that were moved aside in a folder and wait for somebody. */
export function setAsideIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => /^[\dTZ.-]+Z$/.test(name.split(asideMark)[1] ?? ''));
}

/** Takes from other users of the machine what an earlier version, or a wider mask, let them read in a folder of ours. */
export function keepPrivate(dataDir: string): void {
  const ours = readdirSync(dataDir).filter((name) => /^(demandes\.sqlite.*|secret|courriels)$/.test(name));
  for (const path of ours.map((name) => join(dataDir, name))) {
    const { mode, uid } = statSync(path);
    if (mode & 0o077 && uid === process.getuid?.()) chmodSync(path, mode & 0o700);
  }
}

// A file not made yet is as writable as its folder.
function isWritable(dataDir: string): boolean {
  const file = outboxFile(dataDir);
  const { W_OK } = constants;
  try {
    for (const path of [dataDir, ...(statSync(file, { throwIfNoEntry: false }) ? [file] : [])])
      accessSync(path, W_OK);
    return true;
  } catch {
    return false;
  }
}

// As the first bytes of the file tell them (sqlite.org/fileformat2.html, 1.3): no lock, no waiting for a writer.
function spareBytes(file: string): number {
  const status = statSync(file, { throwIfNoEntry: false });
  if (!status?.isFile()) return 0;
  const header = Buffer.alloc(100);
  readSync(descriptorOf(file, status.ino), header, 0, header.length, 0);
  const pageSize = header.readUInt16BE(16);
  return header.readUInt32BE(36) * (pageSize === 1 ? 65_536 : pageSize);
}

const looked = new Map<string, { inode: number; descriptor: number }>();

// Kept open: closing a file lets go of every lock that this process has on it (POSIX), SQLite's too. Another program that closed
// the outbox would then take its log away, and what a site writes there next would be lost.
function descriptorOf(file: string, inode: number): number {
  const known = looked.get(file);
  if (known?.inode === inode) return known.descriptor;
  if (known) closeSync(known.descriptor); // another file has taken its place: nothing of ours is in that one
  const descriptor = openSync(file, 'r');
  looked.set(file, { inode: fstatSync(descriptor).ino, descriptor });
  return descriptor;
}
