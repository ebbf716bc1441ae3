// What benches count with, and how their figures are written in French.
import { readFileSync } from 'node:fs';

/** The middle value. */
export function median(values: number[]): number {
  return percentile(values, 50);
}

/** The value that `rank` per cent of the values do not exceed. */
export function percentile(values: ArrayLike<number>, rank: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * rank) / 100))] ?? Number.NaN;
}

/** A number with a French comma. */
export function written(value: number, digits = 0): string {
  if (Number.isNaN(value)) return '–';
  return value.toLocaleString('fr-FR', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Memory that a process holds (`VmRSS`), or held at most (`VmHWM`), in megabytes. */
export function memoryOf(pid: number | undefined, what: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${what}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
}

/** Seconds of processor that processes have used since they started. */
export function workOf(pids: number[]): number {
  return pids.reduce((sum, pid) => sum + ticksOf(pid), 0) / 100;
}

function ticksOf(pid: number): number {
  const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = after.split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

/** Does some work `count` times, `many` at once. */
export async function atOnce(many: number, count: number, work: () => Promise<unknown>): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: many }, worker));
}
