// Turns the moments that a person ticked into real dates, in Europe/Paris.
import {
  daysAfter,
  isOpeningDay,
  isToConfirm,
  parisInstant,
  parisTime,
  weekdayOf,
} from '../service/calendar.ts';
import type { Opening } from '../service/service.ts';
import { daysOf, periodsOf, type Slot } from './fields.ts';

/** A moment at which a call is allowed: from `from` (included) to `to` (excluded). */
export type SlotDate = { slot: Slot; from: Date; to: Date; written: string };

/** The dates of some slots after an instant. */
export type SlotDates = (slots: readonly Slot[], at: Date) => SlotDate[];

/**
 * For a line: the next date of each chosen slot within the seven days after `at`, in time order. A slot that has already
 * begun today is next week's. Days on which the line is closed are left out, so the answer can be empty.
 *
 * Every slot begins on a whole minute: the dates are the same for everybody within one, and making them is a tenth of the
 * time that a form takes. Two minutes are held, because a form is read now and compared with half an hour ago.
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
  const { date: today, minutes } = parisTime(at);
  const until = parisInstant(daysAfter(today, 7), minutes);
  return Array.from({ length: 8 }, (_, days) => daysAfter(today, days))
    .filter((date) => isOpeningDay(date, opening))
    .flatMap((date) => slotsOn(date, opening))
    .filter(({ from }) => from > at && from <= until)
    .filter((one, index, all) => all.findIndex(({ slot }) => slot === one.slot) === index);
}

// Made once: each holds memory outside the reach of the garbage collector's count.
const dayInFull = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeZone: 'Europe/Paris' });

/** A date in full French: `mardi 1er décembre 2026`. */
export function writtenDate(at: Date): string {
  return dayInFull.format(at).replace(/ 1 /, ' 1er ');
}

function slotsOn(date: string, opening: Opening): SlotDate[] {
  const day = daysOf(opening).find(({ weekday }) => weekday === weekdayOf(date));
  if (!day) return [];
  return periodsOf(opening).map((period) => {
    const from = parisInstant(date, period.from);
    const holiday = isToConfirm(date, opening) ? ' (jour férié : ouverture à confirmer)' : '';
    return {
      slot: `${day.key}-${period.key}`,
      from,
      to: parisInstant(date, period.to),
      written: `${writtenDate(from)}, ${period.label}, ${period.hours}${holiday}`,
    };
  });
}
