// Calendars of a request's moments. Slots and reference only: a calendar is often shared and shown on a screen. Its time
// stays free, since a call fills a few minutes of it.
import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { spansOf } from './message-moments.ts';
import { referenceOf } from './reference.ts';
import type { SlotDate } from './slots.ts';

/** A calendar file (iCalendar): moments to put into an agenda, or to take out of it. */
export type Calendar = { method: 'PUBLISH' | 'CANCEL'; file: string };

/**
 * The moments of a request kept under an id, to put into an agenda, or, by the same names, to take out of it. The METHOD of a
 * file is that of the type it travels under (RFC 6047, 2.4). `at`: when it is written.
 */
export function calendarOf(
  method: Calendar['method'],
  dates: readonly SlotDate[],
  { id, at }: { id: string; at: Date },
): Calendar {
  const calendar = ical({
    prodId: { company: 'agenda', product: 'creneaux', language: 'FR' },
    method: ICalCalendarMethod[method],
  });
  for (const { date, from, to, parts } of spansOf(dates))
    calendar.createEvent({
      id: `${id}-${date.replaceAll('-', '')}-${parts[0]}`,
      start: from,
      end: to,
      stamp: at,
      summary: `Créneau réf. ${referenceOf(id)}`,
      transparency: ICalEventTransparency.TRANSPARENT,
      ...(method === 'CANCEL' ? cancelled : published),
    });
  return { method, file: calendar.toString() };
}

const published = {
  sequence: 0,
  description: { plain: 'Relire la boîte avant d’appeler : la demande a pu être annulée.' },
};
const cancelled = { sequence: 1, status: ICalEventStatus.CANCELLED };
