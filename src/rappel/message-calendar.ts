// Calendar of a request's moments. Slots and reference only: a calendar is often shared and shown on a screen. Its time
// stays free, since a call fills a few minutes of it.
import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';
import { referenceOf } from './reference.ts';
import type { SlotDate } from './slots.ts';

/**
 * The calendar file of a request, kept under an id at a time. Its METHOD is that of the type it travels under (RFC 6047, 2.4).
 */
export function calendarOf(dates: SlotDate[], { id, receivedAt }: { id: string; receivedAt: Date }): string {
  const calendar = ical({
    prodId: { company: 'agenda', product: 'creneaux', language: 'FR' },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const [index, { from, to, written }] of spansOf(dates).entries())
    calendar.createEvent({
      id: `${id}-${index + 1}`,
      start: from,
      end: to,
      stamp: receivedAt,
      summary: `Créneau réf. ${referenceOf(id)}${written.match(/ \(jour férié.*\)$/)?.[0] ?? ''}`,
      description: { plain: 'Relire la boîte avant d’appeler : la demande a pu être annulée.' },
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  return calendar.toString();
}

// Parts of a day that follow each other are one span: ten at most, so that the fullest request keeps its length.
function spansOf(dates: SlotDate[]): SlotDate[] {
  const spans: SlotDate[] = [];
  for (const date of dates) {
    const last = spans.at(-1);
    if (last?.to.getTime() === date.from.getTime()) spans.splice(-1, 1, { ...last, to: date.to });
    else spans.push(date);
  }
  return spans;
}
