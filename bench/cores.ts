// One core for who is measured, the other for who asks; and who is not measured now is held still.
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';

/** The core of the servers, and the one of what asks them. */
export const cores = { served: '0', asking: '1' } as const;

/** Keeps processes, with all their threads, on one core. */
export function pin(pids: number[], core: string): void {
  for (const pid of pids) spawnSync('taskset', ['-a', '-c', '-p', core, String(pid)]);
}

/** The processes that a process started. */
export function childrenOf(pid: number): number[] {
  return globSync(`/proc/${pid}/task/*/children`).flatMap((file) =>
    readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

/** Holds processes still, so that their own work takes nothing from another's turn. */
export function hold(pids: number[]): void {
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
}

/** Lets them go on. */
export function release(pids: number[]): void {
  for (const pid of pids) process.kill(pid, 'SIGCONT');
}
