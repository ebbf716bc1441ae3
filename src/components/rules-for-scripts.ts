// What the scripts of a page are told of the hours and of the moments for a call. Whatever is over needs no room there.
import { daysOf, periodsOf } from '../rappel/fields.ts';
import { holidaysFrom, isOpeningDay, isSureDay, isToConfirm, weekdayOf } from '../service/calendar.ts';
import { hourWritten } from '../service/hours-in-language.ts';
import type { Opening } from '../service/service.ts';
import type { Tongue } from '../service/tongues.ts';
import { typographyIn } from '../service/typography.ts';
import { datesOf, type Word, wordIn } from '../service/words.ts';

/** When a line answers, from an ISO date on, and how a language says it. */
export function openingRule(opening: Opening, from: string, tongue: Tongue) {
  const { weekdays, opensAt, closesAt } = opening;
  const holidays = workingHolidays(opening, from);
  return {
    ...{ weekdays, opensAt, closesAt },
    closed: closedDays(opening, from, (date) => isOpeningDay(date, opening)).join(' '),
    holidays: holidays.filter((date) => isToConfirm(date, opening)).join(' '),
    tongue: datesOf(tongue),
    words: stateWords(opening, tongue),
  };
}

function stateWords({ opensAt, closesAt }: Opening, tongue: Tongue) {
  const said = (word: Word, minutes: number) =>
    typographyIn(tongue, wordIn(tongue, word).replace('{heure}', hourWritten(tongue, minutes)));
  return {
    open: said('etat.ouvert', closesAt),
    holiday: said('etat.ferie', opensAt),
    closed: said('etat.ferme', opensAt),
    today: said('etat.ferme.jusque', opensAt),
    tomorrow: said('etat.ferme.demain', opensAt),
    day: said('etat.ferme.jour', opensAt),
    date: said('etat.ferme.date', opensAt),
    doubt: said('etat.ferie.ensuite', opensAt),
  };
}

/** The moments at which a line calls back, from an ISO date on, and how a language says them. */
export function slotRule(opening: Opening, from: string, tongue: Tongue) {
  const [days, parts] = [daysOf(opening), periodsOf(opening)];
  const closedSlots = opening.closedSlots.map((written) => {
    const [day = '', label] = written.split(' ');
    const weekday = days.find(({ label }) => label === day);
    return `${weekday ? weekday.key : day}-${parts.find((part) => part.label === label)?.key}`;
  });
  const closed = [...closedDays(opening, from, (date) => isSureDay(date, opening)), ...closedSlots];
  return {
    days: Object.fromEntries(days.map(({ key, weekday }) => [key, weekday])),
    parts: Object.fromEntries(parts.map(({ key, from, to }) => [key, [from, to]])),
    closed: closed.map((one) => `${one} `).join(''),
    tongue: datesOf(tongue),
    none: wordIn(tongue, 'champ.quand.ferme'),
    begun: wordIn(tongue, 'champ.quand.maintenant'),
  };
}

function closedDays(opening: Opening, from: string, isRight: (date: string) => boolean): string[] {
  const holidays = workingHolidays(opening, from).filter((date) => !isRight(date));
  return [...new Set([...opening.exceptionalClosures, ...holidays])].filter((date) => date >= from);
}

function workingHolidays(opening: Opening, from: string): string[] {
  return holidaysFrom(from).filter((date) => date >= from && opening.weekdays.includes(weekdayOf(date)));
}
