// How busy the one thread is that answers everybody, over the last whole minute: a loop without end, or one long piece of
// work, shows here before visitors can say it.
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** One whole minute: the share of it that was worked, and how late timers came, in seconds. */
export type LoopMinute = { busyShare: number; delaySeconds: { p99: number; longest: number } };

/** Above these, visitors wait for each other. */
const most = { busyShare: 0.8, longestSeconds: 5 };

const resolutionMs = 50;

/** Measures until the process ends, and holds it back from nothing. `last`: undefined until a first `minuteMs` is over. */
export function watchLoop(minuteMs: number): { last(): LoopMinute | undefined } {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  let since = performance.eventLoopUtilization();
  let last: LoopMinute | undefined;
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, since);
    since = now;
    last = {
      busyShare: utilization,
      delaySeconds: { p99: delays.percentile(99) / 1e9, longest: delays.max / 1e9 },
    };
    delays.reset();
  }, minuteMs).unref();
  return { last: () => last };
}

/** Whether somebody should look why. A minute not over yet is not slow. */
export function isSlow(minute: LoopMinute | undefined): boolean {
  if (!minute) return false;
  return minute.busyShare > most.busyShare || minute.delaySeconds.longest > most.longestSeconds;
}
