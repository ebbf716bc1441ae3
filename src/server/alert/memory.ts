// The memory of the alert, from one look to the next: what was told, and how often. In one small file that keeps its size, and
// is written over in place: a disk without any room left can still be told once.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';

const codes = z.array(z.string()).max(200);

const memory = z.object({
  /** What somebody was told last. */
  told: z.object({ state: z.enum(['ok', 'degraded', 'red', 'silent']), alarms: codes }),
  /** When, in the last hour, in milliseconds since 1970; and every state and alarm that was told in it. */
  tellings: z.array(z.number()).max(200),
  marks: codes,
  quietUntil: z.number(),
  /** How many times in a row a telling failed, and when. */
  failures: z.number(),
  failedAt: z.number(),
});

/** What is kept. */
export type Memory = z.output<typeof memory>;

/** Nobody was told anything: all was well. */
export const nothingTold: Memory = {
  told: { state: 'ok', alarms: [] },
  tellings: [],
  marks: [],
  quietUntil: 0,
  failures: 0,
  failedAt: 0,
};

const fileBytes = 16_384;

/** Reads it. A file that is not there, or that a power cut left half written, is no memory: what stands is told again. */
export function readMemory(file: string): Memory {
  try {
    return memory.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return nothingTold;
  }
}

/** Writes it to the disk; false when it cannot. */
export function saveMemory(file: string, kept: Memory): boolean {
  try {
    const descriptor = openSync(file, existsSync(file) ? 'r+' : 'wx', 0o600);
    try {
      writeSync(descriptor, JSON.stringify(kept).padEnd(fileBytes), 0);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    return true;
  } catch {
    return false;
  }
}
