// A calendar file, read by a third party.
import ICAL from 'ical.js';

/** An opening that a calendar shows. */
export type Shown = { date: string; from: Date; to: Date; summary: string };

/** Every opening of a calendar file, its rule expanded and its exceptions in their place. Throws on a wrong file. */
export function openingsOf(file: string): Shown[] {
  const calendar = new ICAL.Component(ICAL.parse(file));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
  const rule = events.find((event) => event.isRecurring());
  if (!rule) throw new Error('no event recurs');
  for (const event of events) if (event.isRecurrenceException()) rule.relateException(event);
  const shown: Shown[] = [];
  const occurrences = rule.iterator();
  for (let at = occurrences.next(); at; at = occurrences.next()) {
    const { startDate, endDate, item } = rule.getOccurrenceDetails(at);
    shown.push({
      date: startDate.toString().slice(0, 10),
      from: startDate.toJSDate(),
      to: endDate.toJSDate(),
      summary: item.summary,
    });
  }
  return shown;
}
