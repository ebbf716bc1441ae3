// Flood: more forms kept in an hour than this site is used to. Many at once, from many places, is for a person to look at.
import type { Journal } from '../../rappel/journal.ts';

/** How many forms come, beside what is usual. */
export type Flood = {
  /** Counts one more form kept. */
  add(): void;
  /** Whether this hour or the last one was above the measure. */
  isOn(): boolean;
  /** Forms kept since the hour began. */
  thisHour(): number;
  /** From how many in an hour on it is a flood. */
  measure(): number;
};

const hourMs = 3_600_000;
const daysLearnt = 14;
const floor = 30; // a quiet site's busy hour is no flood
const usualTimes = 3;

/** `now` in milliseconds, `random` from 0 to 1. */
type Effects = {
  now(): number;
  random(): number;
  journal: Journal;
};

/**
 * Learns from what this machine saw since it started: three times the busiest hour of an ordinary day (the median of the
 * last fourteen), at least thirty. An hour teaches no more than the measure it had: a flood does not make the next one
 * ordinary. Each hour draws its measure up to four tenths higher, because everybody sees the state of the site: who sends
 * forms until it changes must not learn whether somebody else sent one. A flood is written once an hour in the journal.
 */
export function watchFlood({ now, random, journal }: Effects): Flood {
  let hour = hourOf(now());
  let count = 0;
  let luck = random();
  let lastWasOver = false;
  let busiest = 0;
  const busiestOfDays: number[] = []; // the last fourteen, the newest at the end

  const measure = () => Math.floor(Math.max(floor, usualTimes * medianOf(busiestOfDays)) * (1 + 0.4 * luck));
  const endDay = () => {
    busiestOfDays.push(busiest);
    if (busiestOfDays.length > daysLearnt) busiestOfDays.shift();
    busiest = 0;
  };
  const turn = () => {
    const next = hourOf(now());
    if (next === hour) return;
    busiest = Math.max(busiest, Math.min(count, measure()));
    lastWasOver = next === hour + 1 && count > measure();
    if (dayOf(next) !== dayOf(hour)) endDay();
    [hour, count, luck] = [next, 0, random()];
  };

  return {
    add() {
      turn();
      count += 1;
      if (count === measure() + 1) journal('flood', { count: String(count) });
    },
    isOn() {
      turn();
      return lastWasOver || count > measure();
    },
    thisHour() {
      turn();
      return count;
    },
    measure,
  };
}

function hourOf(at: number): number {
  return Math.floor(at / hourMs);
}

function dayOf(hour: number): number {
  return Math.floor(hour / 24);
}

function medianOf(counts: number[]): number {
  const sorted = counts.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
