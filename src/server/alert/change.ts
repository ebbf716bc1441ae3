// What is worth telling: a change since what was told last, so many times an hour at most, and a telling that failed again.
import type { Memory } from './memory.ts';
import type { Seen } from './seen.ts';

/** What changed since somebody was told. `isOften`: the last change told for an hour, but for an alarm or a state not told in it. */
export type Change = { started: string[]; standing: string[]; ended: string[]; isOften: boolean };

/** How many changes are told in an hour; after them, only an alarm or a state that was not told in that hour. */
export const mostPerHour = 6;

/** How many times a telling is tried at each look, before it is tried now and then. */
export const triesAtOnce = 5;

/** In milliseconds: what an hour is, and how long a telling that fails waits after these. */
export const hourMs = 3_600_000;
const retryMs = 15 * 60_000;

/** What to tell of a look; undefined when it is what was told, or when changes come too often. */
export function changeOf(memory: Memory, seen: Seen, now: number): Change | undefined {
  const { told } = memory;
  const started = seen.alarms.filter((code) => !told.alarms.includes(code));
  const ended = told.alarms.filter((code) => !seen.alarms.includes(code));
  if (told.state === seen.state && started.length + ended.length === 0) return undefined;
  const recent = recentIn(memory, now);
  const isQuiet = isAhead(memory.quietUntil, { now, most: hourMs });
  if (isQuiet && marksOf(seen).every((mark) => recent.marks.includes(mark))) return undefined;
  return {
    started,
    standing: seen.alarms.filter((code) => told.alarms.includes(code)),
    ended: seen.state === 'silent' ? [] : ended, // nobody knows
    isOften: !isQuiet && recent.tellings.length + 1 >= mostPerHour,
  };
}

/** Whether a telling is tried at this look: each time, then every quarter of an hour once it has failed often. */
export function isDue({ failures, failedAt }: Memory, now: number): boolean {
  return failures < triesAtOnce || !isAhead(failedAt + retryMs, { now, most: retryMs });
}

/** The memory once a telling was tried and before it is known to have passed. */
export function afterFailure(memory: Memory, now: number): Memory {
  return { ...memory, failures: memory.failures + 1, failedAt: now };
}

/** The memory once somebody was told. */
export function afterTelling(memory: Memory, seen: Seen, { isOften }: Change, now: number): Memory {
  const recent = recentIn(memory, now);
  return {
    told: { state: seen.state, alarms: seen.alarms },
    tellings: [...recent.tellings, now],
    marks: [...new Set([...recent.marks, ...marksOf(seen)])],
    quietUntil: isOften ? now + hourMs : memory.quietUntil,
    failures: 0,
    failedAt: 0,
  };
}

function marksOf({ state, alarms }: Seen): string[] {
  return [state, ...alarms];
}

function recentIn({ tellings, marks }: Memory, now: number): Pick<Memory, 'tellings' | 'marks'> {
  const recent = tellings.filter((at) => Math.abs(now - at) < hourMs);
  return { tellings: recent, marks: recent.length > 0 ? marks : [] };
}

// A clock set back must not make an hour of years.
function isAhead(at: number, { now, most }: { now: number; most: number }): boolean {
  return at > now && at - now <= most;
}
