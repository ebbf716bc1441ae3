// Loaded before the site (`--import`): SIGUSR2 makes it commit the fault named by FAULT. Its minutes last a second.
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

const words = 'Tournesol, 01 99 00 12 34'; // what the message of an error could quote

let isBusy = false;

const faults: Record<string, () => void> = {
  // in a timer of ours
  throw: () => {
    performance.eventLoopUtilization = () => {
      throw new TypeError(words);
    };
  },
  reject: () => void pause(0).then(() => Promise.reject(Object.assign(new Error(words), { code: 'EFAUTE' }))),
  busy: () => {
    isBusy = !isBusy;
    spin();
  },
};

process.on('SIGUSR2', () => faults[process.env.FAULT ?? '']?.());

// Others have their turn, but there is always something more to do.
function spin(): void {
  const until = performance.now() + 20;
  while (performance.now() < until);
  if (isBusy) setImmediate(spin);
}

const realInterval = globalThis.setInterval;
globalThis.setInterval = ((work: () => void, ms: number) =>
  realInterval(work, ms === 60_000 ? 1000 : ms)) as typeof setInterval;
