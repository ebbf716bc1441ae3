// A time of day as each language writes it: « 9 h » is French, and says nothing to who reads Tamil.

import { writtenTime } from './calendar.ts';
import type { Tongue } from './tongues.ts';
import { datesOf } from './words.ts';

const wide = '\u00a0';

/** A time of day, in minutes since midnight, as people who read a language (BCP 47) write it. No line parts it. */
export function hourIn(language: string, minutes: number): string {
  const [hour, rest] = [Math.floor(minutes / 60), minutes % 60];
  const padded = String(rest).padStart(2, '0');
  switch (language.split('-')[0]) {
    case 'fr':
    case 'es':
    case 'pt':
      return `${hour}${wide}h${rest ? `${wide}${padded}` : ''}`;
    case 'en':
      if (minutes === 720) return `12${wide}noon`; // « 12 pm » is taken for midnight
      return `${hour % 12 || 12}${rest ? `:${padded}` : ''}${wide}${hour < 12 ? 'am' : 'pm'}`;
    case 'tr':
      return `${String(hour).padStart(2, '0')}.${padded}`;
    default:
      return `${hour}:${padded}`;
  }
}

/** The same inside of a sentence of the journey. */
export function hourWritten(tongue: Tongue, minutes: number): string {
  return tongue === 'francais' ? writtenTime(minutes) : apart(hourIn(datesOf(tongue), minutes), tongue);
}

/** What is read from left to right, set apart inside of a sentence that may not be. */
export function apart(text: string, tongue: Tongue): string {
  return tongue === 'francais' ? text : `\u2066${text}\u2069`;
}
