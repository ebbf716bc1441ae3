// Turns the moments that a person ticked into real dates, in Europe/Paris.
import {
  daysAfter,
  isSureDay,
  parisInstant,
  parisTime,
  weekdayOf,
  writtenTime,
} from '../service/calendar.ts';
import type { Opening } from '../service/service.ts';
import { daysOf, isClosedOn, periodsOf, type Slot, slotsOf } from './fields.ts';

/** A moment at which a call is allowed: from `from` (included) to `to` (excluded). */
export type SlotDate = {
  slot: Slot;
  /** The ISO date of its day in Paris. */
  date: string;
  from: Date;
  to: Date;
  written: string;
  /** It had begun at the instant asked about: `from` is that minute. */
  isBegun: boolean;
  /** The ISO date of the nearest day whose place it takes, because nobody surely calls then. */
  insteadOf?: string;
};

/** The dates of some slots after an instant. */
export type SlotDates = (slots: readonly Slot[], at: Date) => SlotDate[];

const leastLeftMinutes = 60;

/** What is left of a part of the day that still counts for today, at least. */
export const leastLeftMs = leastLeftMinutes * 60_000;

// Further away, « lundi » is no longer what she had in mind.
const farthestDays = 21;

/**
 * For a line: the next date of each chosen slot on which it surely answers, in time order. A part of the day that has begun
 * counts for today while an hour of it is left, from the present minute on. Public holidays that nobody has settled, days
 * and slots that are closed are left to the same day of the next week, three weeks ahead at most; beyond, a slot has no
 * date, so the answer can be empty.
 *
 * Every slot begins and ends on a whole minute: the dates are the same for everybody within one, and making them is a tenth
 * of the time that a form takes. Two minutes are held, because a form is read now and compared with half an hour ago.
 */
export function slotDatesFor(opening: Opening): SlotDates {
  let held: { minute: number; dates: SlotDate[] }[] = [];
  const comingIn = (minute: number, at: Date) => {
    const same = held.find((one) => one.minute === minute);
    if (same) return same.dates;
    const dates = comingDates(at, opening);
    held = [{ minute, dates }, ...held].slice(0, 2);
    return dates;
  };
  return (slots, at) =>
    comingIn(Math.floor(at.getTime() / 60_000), at).filter(({ slot }) => slots.includes(slot));
}

function comingDates(at: Date, opening: Opening): SlotDate[] {
  const now = parisTime(at);
  const dates: SlotDate[] = [];
  const waiting = new Set(slotsOf(opening));
  const passedOver = new Map<Slot, string>();
  for (let days = 0; days <= farthestDays && waiting.size > 0; days += 1) {
    const date = daysAfter(now.date, days);
    for (const part of partsOn(date, opening)) {
      const isOver = days === 0 && part.to - now.minutes < leastLeftMinutes;
      if (isOver || !waiting.has(part.slot)) continue;
      if (part.isSure) {
        waiting.delete(part.slot);
        dates.push(slotDate(part, days === 0 ? now.minutes : 0, passedOver.get(part.slot)));
      } else if (!passedOver.has(part.slot)) passedOver.set(part.slot, date);
    }
  }
  return dates;
}

type Part = ReturnType<typeof partsOn>[number];

function partsOn(date: string, opening: Opening) {
  const day = daysOf(opening).find(({ weekday }) => weekday === weekdayOf(date));
  if (!day) return [];
  const isSureToday = isSureDay(date, opening);
  return periodsOf(opening).map((period) => ({
    ...period,
    slot: `${day.key}-${period.key}` as const,
    date,
    isSure: isSureToday && !isClosedOn(date, period, opening),
  }));
}

// `since`: minutes after midnight, before which no call can be made any more.
function slotDate(part: Part, since: number, passedOver: string | undefined): SlotDate {
  const { slot, date, label, hours } = part;
  const isBegun = since > part.from;
  const from = parisInstant(date, Math.max(since, part.from));
  const times = isBegun ? `à partir de ${writtenTime(since)}, jusqu’à ${writtenTime(part.to)}` : hours;
  return {
    ...{ slot, date, from, to: parisInstant(date, part.to), isBegun },
    written: `${writtenDate(from)}, ${label}, ${times}`,
    ...(passedOver ? { insteadOf: passedOver } : {}),
  };
}

// Made once: each holds memory outside the reach of the garbage collector's count.
const dayInFull = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeZone: 'Europe/Paris' });

/** A date in full French: `mardi 1er décembre 2026`. */
export function writtenDate(at: Date): string {
  return dayInFull.format(at).replace(/ 1 /, ' 1er ');
}
