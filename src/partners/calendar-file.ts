// The opening hours for an agenda that others see: a neutral name, no alarm, and time that stays free. It goes no further
// than the public holidays that service.json lists, so that an old copy ends rather than lies.
import ical, {
  type ICalDescription,
  ICalEventRepeatingFreq,
  ICalEventStatus,
  ICalEventTransparency,
  ICalWeekday,
} from 'ical-generator';
import { daysAfter, isOpeningDay, isToConfirm, parisInstant, weekdayOf } from '../service/calendar.ts';
import type { Line, Opening } from '../service/service.ts';
import { spaced } from '../service/typography.ts';

const zone = 'Europe/Paris';
const { MO, TU, WE, TH, FR, SA, SU } = ICalWeekday;
const week = [MO, TU, WE, TH, FR, SA, SU];

/** The calendar of a line on an ISO date: from the start of its year to the end of the next. */
export function calendarFile(line: Line, today: string): string {
  const { service, opening } = line;
  const days = daysOfWork(today, opening);
  const start = (date: string) => wallClock(date, opening.opensAt);
  const closed = days.filter((date) => !isOpeningDay(date, opening)).map(start);
  const words = wordsOf(line);
  const calendar = ical({
    prodId: { company: 'agenda', product: 'horaires', language: 'FR' },
    name: service.name,
    timezone: { name: null, generator: () => daily + parisRules }, // with a name, stamp and end would lose their UTC
  });
  const event = (date: string) => ({
    id: `horaires-${line.phone.dialled.slice(1)}`,
    timezone: zone,
    stamp: parisInstant(today, 0),
    start: start(date),
    end: wallClock(date, opening.closesAt),
    ...words,
    transparency: ICalEventTransparency.TRANSPARENT,
  });
  calendar.createEvent({
    ...event(days[0] ?? today),
    repeating: {
      freq: ICalEventRepeatingFreq.WEEKLY,
      byDay: opening.weekdays.flatMap((weekday) => week[weekday - 1] ?? []),
      until: parisInstant(days.at(-1) ?? today, opening.opensAt),
      ...(closed.length > 0 ? { exclude: closed } : {}),
    },
  });
  for (const date of days.filter((day) => isToConfirm(day, opening)))
    calendar.createEvent({
      ...event(date),
      recurrenceId: start(date),
      summary: `${words.summary} (jour férié : la ligne peut être fermée)`,
      status: ICalEventStatus.TENTATIVE,
    });
  return `${calendar.toString()}\r\n`;
}

function wordsOf({ service, clock, phone, hours }: Line): { summary: string; description: ICalDescription } {
  return {
    summary: `${service.name}, ${clock.opens} - ${clock.closes}`,
    description: { plain: spaced(`${phone.written}, ${hours.written}.`) },
  };
}

// Every day of the two years whose weekday is one of the line's, closed or not.
function daysOfWork(today: string, { weekdays }: Opening): string[] {
  const year = Number(today.slice(0, 4));
  const days: string[] = [];
  for (let date = `${year}-01-01`; date < `${year + 2}-01-01`; date = daysAfter(date, 1))
    if (weekdays.includes(weekdayOf(date))) days.push(date);
  return days;
}

// Not an instant: the zone of the machine that builds changes nothing.
function wallClock(date: string, minutes: number): Temporal.PlainDateTime {
  const time = { hour: Math.floor(minutes / 60), minute: minutes % 60 };
  return Temporal.PlainDate.from(date).toPlainDateTime(time);
}

// The library's own `ttl` comes after the zone, where Outlook ignores it: what is said of the file comes before its parts.
const daily = 'REFRESH-INTERVAL;VALUE=DURATION:P1D\r\nX-PUBLISHED-TTL:P1D\r\n';

// The rule of the European Union since 1996.
const parisRules = `BEGIN:VTIMEZONE
TZID:${zone}
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE`.replaceAll('\n', '\r\n');
