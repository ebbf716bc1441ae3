// When we call, as the pages say it in each language: one sentence, or a sentence and a short list. Of the number, its last two
// digits at most.
import { holidayName, parisInstant, parisTime } from '../service/calendar.ts';
import { apart, hourWritten } from '../service/hours-in-language.ts';
import type { Opening } from '../service/service.ts';
import type { Tongue } from '../service/tongues.ts';
import { datesOf, sentenceIn } from '../service/words.ts';
import { daysOf, periodsOf } from './fields.ts';
import { spansOf } from './message-moments.ts';
import type { SlotDate } from './slots.ts';

/** `sentence` ends with a colon when `moments` follow; `passedOver`: why a chosen day is later than one would think. */
export type Announcement = { sentence: string; moments: string[]; passedOver: string[] };

/** What is said of the dates of a request, when its number ends with some digits, if they are known. */
export function announce(
  dates: readonly SlotDate[],
  ending: string | undefined,
  { opening, tongue }: { opening: Opening; tongue: Tongue },
): Announcement {
  const moments = isAnyMoment(dates, opening)
    ? [anyMoment(dates, { opening, tongue })]
    : momentsOf(dates, tongue);
  const [moment = ''] = moments;
  const passedOver = passedOverIn(dates, tongue);
  const chiffres = apart(ending ?? '', tongue);
  const said = moments.length === 1 ? 'suite.appel' : 'suite.appels';
  const sentence = sentenceIn(tongue, ending ? `${said}.finissant` : said, { moment, chiffres });
  return { sentence, moments: moments.length === 1 ? [] : moments, passedOver };
}

/** Dates as moments, the parts of a day that follow each other in one: `lundi 30 novembre entre 9 h et 14 h`. */
export function momentsOf(dates: readonly SlotDate[], tongue: Tongue): string[] {
  return spansOf(dates).map(({ from, to, isBegun }) =>
    sentenceIn(tongue, isBegun ? 'suite.moment.commence' : 'suite.moment', {
      jour: dayIn(tongue, from),
      debut: timeIn(tongue, from),
      fin: timeIn(tongue, to),
    }),
  );
}

/** A moment on a Paris clock, without its year: `lundi 30 novembre à 9 h`. */
export function writtenInstant(at: Date, tongue: Tongue): string {
  return sentenceIn(tongue, 'suite.instant', { jour: dayIn(tongue, at), heure: timeIn(tongue, at) });
}

// Each of the week, on its own day: nothing is left out or put off.
function isAnyMoment(dates: readonly SlotDate[], opening: Opening): boolean {
  const all = daysOf(opening).length * periodsOf(opening).length;
  return dates.length === all && !dates.some(({ insteadOf }) => insteadOf);
}

function anyMoment(
  dates: readonly SlotDate[],
  { opening, tongue }: { opening: Opening; tongue: Tongue },
): string {
  const { opensAt, closesAt } = opening;
  const [first, last] = [dates.at(0), dates.at(-1)];
  if (!first || !last) return '';
  // A day that is not whole says from when, or until when.
  const dayUnlessAt = (usual: number, at: Date) =>
    parisTime(at).minutes === usual ? dayIn(tongue, at) : writtenInstant(at, tongue);
  return sentenceIn(tongue, 'suite.moment.tous', {
    premier: dayUnlessAt(opensAt, first.from),
    dernier: dayUnlessAt(closesAt, last.to),
    ouvre: hourWritten(tongue, opensAt),
    ferme: hourWritten(tongue, closesAt),
  });
}

function passedOverIn(dates: readonly SlotDate[], tongue: Tongue): string[] {
  const sentences = dates.flatMap(({ insteadOf, from }) => {
    if (!insteadOf) return [];
    const jour = dayIn(tongue, parisInstant(insteadOf, 0));
    const word = holidayName(insteadOf) ? 'suite.ferie' : 'suite.impossible';
    return [sentenceIn(tongue, word, { jour, autre: dayIn(tongue, from) })];
  });
  return [...new Set(sentences)];
}

// Made once: each holds memory outside the reach of the garbage collector's count.
const formats = new Map<Tongue, Intl.DateTimeFormat>();

function dayIn(tongue: Tongue, at: Date): string {
  const parts = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'Europe/Paris' } as const;
  const format = formats.get(tongue) ?? new Intl.DateTimeFormat(datesOf(tongue), parts);
  formats.set(tongue, format);
  const written = format.format(at);
  return tongue === 'francais' ? written.replace(/ 1 /, ' 1er ') : written;
}

function timeIn(tongue: Tongue, at: Date): string {
  return hourWritten(tongue, parisTime(at).minutes);
}
