// When we call, as the pages say it: one sentence, or a sentence and a short list. Of the number, its last two digits at most.
import { daysAfter, holidayName, parisInstant, parisTime, writtenTime } from '../service/calendar.ts';
import type { Opening } from '../service/service.ts';
import { daysOf, periodsOf } from './fields.ts';
import { spansOf } from './message-moments.ts';
import { type SlotDate, writtenDate } from './slots.ts';

/** `sentence` ends with a colon when `moments` follow; `passedOver`: why a chosen day is later than one would think. */
export type Announcement = { sentence: string; moments: string[]; passedOver: string[] };

/** What is said of the dates of a request, when its number ends with some digits, if they are known. */
export function announce(
  dates: readonly SlotDate[],
  ending: string | undefined,
  opening: Opening,
): Announcement {
  const called = ending ? `le numéro finissant par ${ending}` : 'le numéro que vous avez indiqué';
  const moments = isAnyMoment(dates, opening) ? [anyMoment(dates, opening)] : momentsOf(dates);
  const [only] = moments;
  const passedOver = passedOverIn(dates);
  if (moments.length === 1)
    return { sentence: `Nous appellerons ${called}, ${only}.`, moments: [], passedOver };
  return { sentence: `Nous appellerons ${called}, à l’un de ces moments :`, moments, passedOver };
}

/** Dates as moments, the parts of a day that follow each other in one: `lundi 30 novembre entre 9 h et 14 h`. */
export function momentsOf(dates: readonly SlotDate[]): string[] {
  return spansOf(dates).map(writtenSpan);
}

/** A moment on a Paris clock, without its year: `lundi 30 novembre à 9 h`. */
export function writtenInstant(at: Date): string {
  return `${dayOf(at)} à ${timeOf(at)}`;
}

function writtenSpan({ from, to, isBegun }: ReturnType<typeof spansOf>[number]): string {
  const times = isBegun
    ? `à partir de ${timeOf(from)}, jusqu’à ${timeOf(to)}`
    : `entre ${timeOf(from)} et ${timeOf(to)}`;
  return `${dayOf(from)} ${times}`;
}

// Each of the week, on its own day: nothing is left out or put off.
function isAnyMoment(dates: readonly SlotDate[], opening: Opening): boolean {
  const all = daysOf(opening).length * periodsOf(opening).length;
  return dates.length === all && !dates.some(({ insteadOf }) => insteadOf);
}

function anyMoment(dates: readonly SlotDate[], { opensAt, closesAt }: Opening): string {
  const [first, last] = [dates.at(0), dates.at(-1)];
  if (!first || !last) return '';
  const [start, end] = [dayUnlessAt(opensAt, first.from), dayUnlessAt(closesAt, last.to)];
  const hours = `entre ${writtenTime(opensAt)} et ${writtenTime(closesAt)}`;
  return `à un moment d’ouverture, du ${start} au ${end}, ${hours}`;
}

// A day that is not whole says from when, or until when.
function dayUnlessAt(usual: number, at: Date): string {
  return parisTime(at).minutes === usual ? dayOf(at) : writtenInstant(at);
}

function passedOverIn(dates: readonly SlotDate[]): string[] {
  const sentences = dates.flatMap(({ insteadOf, date, from }) => {
    if (!insteadOf) return [];
    const isHoliday = weeksBefore(date).some(
      (day) => writtenDate(parisInstant(day, 0)) === insteadOf && holidayName(day),
    );
    const reason = isHoliday ? 'est férié' : 'n’est pas possible à ce moment';
    return [`Le ${withoutYear(insteadOf)} ${reason} : ce sera le ${dayOf(from)}.`];
  });
  return [...new Set(sentences)];
}

const mostWeeks = 3;

function weeksBefore(date: string): string[] {
  return Array.from({ length: mostWeeks }, (_, week) => daysAfter(date, -7 * (week + 1)));
}

function dayOf(at: Date): string {
  return withoutYear(writtenDate(at));
}

function withoutYear(written: string): string {
  return written.replace(/ \d{4}$/, '');
}

function timeOf(at: Date): string {
  return writtenTime(parisTime(at).minutes);
}
