// Days and hours of the line, always in Europe/Paris, whatever the clock of the machine or of the visitor.
// Nothing here reads the time: it is an argument.
import type { Opening } from './service.ts';

const paris = 'Europe/Paris';

/** A moment as people in Val-de-Marne read it: ISO date, ISO weekday (Monday is 1), minutes since midnight. */
export type ParisTime = { date: string; weekday: number; minutes: number };

/** The parts of a day in which the team calls, as people name them. */
export const dayParts = ['matin', 'midi', 'après-midi'] as const;

/** Reads an instant on a Paris clock, summer time included. */
export function parisTime(at: Date): ParisTime {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(paris);
  return {
    date: zoned.toPlainDate().toString(),
    weekday: zoned.dayOfWeek,
    minutes: zoned.hour * 60 + zoned.minute,
  };
}

/** The instant at which a Paris clock shows `minutes` past midnight on an ISO date. */
export function parisInstant(date: string, minutes: number): Date {
  const time = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
  const zoned = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: paris, plainTime: time });
  return new Date(zoned.epochMilliseconds);
}

/** An instant as ISO 8601 writes it on a Paris clock, with its offset: `2026-11-23T09:00:00+01:00`. */
export function parisWritten(at: Date): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(paris);
  return zoned.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

/** The ISO date `days` after another. */
export function daysAfter(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The ISO weekday of an ISO date (Monday is 1). */
export function weekdayOf(date: string): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

const fixedHolidays: Record<string, string> = {
  '01-01': 'jour de l’An',
  '05-01': 'fête du Travail',
  '05-08': 'victoire de 1945',
  '07-14': 'fête nationale',
  '08-15': 'Assomption',
  '11-01': 'Toussaint',
  '11-11': 'armistice de 1918',
  '12-25': 'Noël',
};

const daysAfterEaster: Record<number, string> = {
  1: 'lundi de Pâques',
  39: 'Ascension',
  50: 'lundi de Pentecôte',
};

/**
 * The French name of the public holiday on an ISO date, or undefined. The eleven holidays of the
 * code du travail, art. L. 3133-1; those of Alsace-Moselle do not concern Val-de-Marne.
 */
export function holidayName(date: string): string | undefined {
  const day = Temporal.PlainDate.from(date);
  return fixedHolidays[date.slice(5)] ?? daysAfterEaster[easter(day.year).until(day).days];
}

/** True when the line answers on that ISO date: a day of the week it works, not closed by rule or by exception. */
export function isOpeningDay(date: string, opening: Opening): boolean {
  if (!opening.weekdays.includes(weekdayOf(date))) return false;
  if (opening.exceptionalClosures.includes(date)) return false;
  return !(opening.closedOnHolidays && holidayName(date));
}

/** True when the line would answer on that ISO date, a public holiday for which nobody has said so yet. */
export function isToConfirm(date: string, opening: Opening): boolean {
  return opening.holidaysToConfirm && isOpeningDay(date, opening) && holidayName(date) !== undefined;
}

/** True when the line answers on that ISO date for sure: on no other is a call promised. */
export function isSureDay(date: string, opening: Opening): boolean {
  return isOpeningDay(date, opening) && !isToConfirm(date, opening);
}

/** True when somebody answers at that instant. Closing time itself is closed. */
export function isOpen(at: Date, opening: Opening): boolean {
  const { date, minutes } = parisTime(at);
  return isOpeningDay(date, opening) && minutes >= opening.opensAt && minutes < opening.closesAt;
}

/** The next instant at which the line opens, strictly after `at`; undefined when none comes within a year. */
export function nextOpening(at: Date, opening: Opening): Date | undefined {
  const today = parisTime(at).date;
  for (let days = 0; days <= 366; days += 1) {
    const date = daysAfter(today, days);
    const opens = parisInstant(date, opening.opensAt);
    if (opens > at && isOpeningDay(date, opening)) return opens;
  }
  return undefined;
}

/** Every public holiday of a year, as ISO dates in order. */
export function holidaysOf(year: number): string[] {
  const moving = Object.keys(daysAfterEaster).map((days) =>
    easter(year)
      .add({ days: Number(days) })
      .toString(),
  );
  return [...Object.keys(fixedHolidays).map((day) => `${year}-${day}`), ...moving].sort();
}

/** The public holidays of the year of an ISO date, and of the next. */
export function holidaysFrom(date: string): string[] {
  const year = Number(date.slice(0, 4));
  return [year, year + 1].flatMap(holidaysOf);
}

/** Minutes since midnight as a clock shows them: `09:00`. */
export function clockTime(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Minutes since midnight as people write them: `9 h`, `10 h 30`. */
export function writtenTime(minutes: number): string {
  const past = minutes % 60;
  return `${Math.floor(minutes / 60)} h${past > 0 ? ` ${String(past).padStart(2, '0')}` : ''}`;
}

/** Gregorian Easter Sunday: the anonymous algorithm of Meeus, Jones and Butcher. */
function easter(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * e + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(n / 31), day: (n % 31) + 1 });
}
