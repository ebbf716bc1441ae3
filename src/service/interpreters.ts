// Days of the week in the language of who reads: when an interpreter can translate a call.
import { hourWritten } from './hours-in-language.ts';
import type { Tongue } from './tongues.ts';
import { datesOf, sentenceIn } from './words.ts';

/** When an interpreter of a language can translate a call, as a sentence of it. Weekdays are ISO; minutes count in Paris. */
export function interpretedIn(
  tongue: Tongue,
  { weekdays, from, to }: { weekdays: readonly number[]; from: number; to: number },
): string {
  const format = new Intl.DateTimeFormat(datesOf(tongue), { weekday: 'long', timeZone: 'UTC' });
  const days = weekdays.map((weekday) => format.format(new Date(Date.UTC(2024, 0, weekday)))); // a Monday
  return sentenceIn(tongue, 'page.interprete', {
    jours: new Intl.ListFormat(datesOf(tongue)).format(days),
    debut: hourWritten(tongue, from),
    fin: hourWritten(tongue, to),
  });
}
