// The clock of Paris on a phone of any zone, and the days of its calendar. A browser that cannot tell fails here, and what
// the page says without a script stays.

/** The day in Paris at an instant, an ISO date, and the minutes since its midnight. */
export function parisClock(at: Date): { today: string; minutes: number } {
  // Swedish writes dates as ISO does: `2026-11-25 09:05:00`.
  const [today = '', time = ''] = at.toLocaleString('sv', { timeZone: 'Europe/Paris' }).split(' ');
  const [hour, minute] = time.split(':');
  return { today, minutes: Number(hour) * 60 + Number(minute) };
}

/** The ISO date some days after another. Throws when it is no date. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 864e5).toISOString().slice(0, 10);
}

/** The ISO weekday of an ISO date (Monday is 1). */
export function weekdayOf(day: string): number {
  return new Date(day).getUTCDay() || 7;
}

/** An ISO date in a language, in the parts that are asked for: `lun. 30 nov.`, `mardi 1er décembre`. */
export function inWords(day: string, parts: Intl.DateTimeFormatOptions, tongue: string): string {
  const written = new Date(day).toLocaleDateString(tongue, { ...parts, timeZone: 'UTC' });
  return tongue === 'fr-FR' ? written.replace(/(^| )1 /, '$11er ') : written;
}
