// The disk under the outbox: how much room it has, and what was moved aside on it.
import { readdirSync, statfsSync } from 'node:fs';

/** Below this, nothing new is accepted: what waits still needs room to be sent and erased. */
export const floorBytes = 64 * 1024 * 1024;

/** Bytes that this process may still write in a folder. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Throws, with the code `DISK_FLOOR`, when a folder has less room than the floor. */
export function checkRoom(folder: string): void {
  if (freeBytes(folder) < floorBytes)
    throw Object.assign(new Error('The disk is nearly full'), { code: 'DISK_FLOOR' });
}

/** The corrupt outboxes that were moved aside in a folder and wait for somebody. */
export function setAsideIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => /\.abimee-[\dTZ.-]+Z$/.test(name));
}
