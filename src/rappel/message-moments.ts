// The moments of a request, as the team reads them: parts of a day that follow each other are one moment.
import { daysAfter, parisInstant, parisTime, writtenTime } from '../service/calendar.ts';
import { type SlotDate, writtenDate } from './slots.ts';

/** Parts of one day that follow each other; `parts`: their keys, in time order. */
export type Span = Omit<SlotDate, 'slot' | 'written'> & { parts: Part[] };

/** The key of a part of a day. */
export type Part = 'matin' | 'midi' | 'apres-midi';

const labels: Record<Part, string> = { matin: 'matin', midi: 'midi', 'apres-midi': 'après-midi' };

/** Some dates, joined where one ends as the next begins. */
export function spansOf(dates: readonly SlotDate[]): Span[] {
  const spans: Span[] = [];
  for (const { slot, date, from, to, isBegun, insteadOf } of dates) {
    const part = slot.slice(slot.indexOf('-') + 1) as Part;
    const last = spans.at(-1);
    if (last?.to.getTime() === from.getTime() && last.insteadOf === insteadOf)
      spans.splice(-1, 1, { ...last, to, parts: [...last.parts, part] });
    else spans.push({ date, from, to, isBegun, parts: [part], ...(insteadOf ? { insteadOf } : {}) });
  }
  return spans;
}

// More moments than this, without a gap, are said in one sentence.
const mostLines = 4;

/** One line for each moment, or for all that follow each other through the week, with the days that this leaves out. */
export function momentLines(dates: readonly SlotDate[]): string[] {
  const spans = spansOf(dates);
  const usual = spans.filter(({ insteadOf }) => !insteadOf);
  const moved = spans.filter(({ insteadOf }) => insteadOf);
  const all = usual.length > mostLines && isWithoutGap(usual) ? allLines(usual) : usual.map(lineOf);
  return [...all, ...moved.map(lineOf)];
}

// From the first moment to the last, each day that counts is whole.
function isWithoutGap(spans: Span[]): boolean {
  return spans.every(
    ({ date, parts }, index) =>
      date !== spans[index - 1]?.date &&
      (index === 0 || parts[0] === 'matin') &&
      (index === spans.length - 1 || parts.at(-1) === 'apres-midi'),
  );
}

function allLines(spans: Span[]): string[] {
  const [first, second, last] = [spans[0], spans[1], spans.at(-1)] as [Span, Span, Span];
  const out = daysBetween(first.date, last.date).filter((date) => spans.every((span) => span.date !== date));
  return [
    `à tout moment d’ouverture (${hoursOf(second)}), du ${writtenMoment(first.from)} au ${writtenMoment(last.to)}`,
    ...(out.length > 0 ? [`mais pas : ${out.map(dayWritten).join(', ')}`] : []),
  ];
}

// The days between two, these left out.
function daysBetween(first: string, last: string): string[] {
  const days = (Date.parse(last) - Date.parse(first)) / 86_400_000;
  return Array.from({ length: Math.max(0, days - 1) }, (_, n) => daysAfter(first, n + 1));
}

function lineOf(span: Span): string {
  const parts = list.format(span.parts.map((part) => labels[part]));
  const moved = span.insteadOf ? ` (à la place du ${dayWritten(span.insteadOf)}, férié ou fermé)` : '';
  return `${writtenDate(span.from)}, ${parts}, ${hoursOf(span)}${moved}`;
}

function dayWritten(date: string): string {
  return writtenDate(parisInstant(date, 12 * 60));
}

const list = new Intl.ListFormat('fr');

function hoursOf({ from, to, isBegun }: Span): string {
  const [start, end] = [timeOf(from), timeOf(to)];
  return isBegun ? `à partir de ${start}, jusqu’à ${end}` : `${start} – ${end}`;
}

/** A moment on a Paris clock: `lundi 30 novembre 2026 à 12 h`. */
export function writtenMoment(at: Date): string {
  return `${writtenDate(at)} à ${timeOf(at)}`;
}

// Made once: each holds memory outside the reach of the garbage collector's count.
const dayInShort = new Intl.DateTimeFormat('fr-FR', {
  ...{ weekday: 'short', day: 'numeric', month: 'short' },
  timeZone: 'Europe/Paris',
});

/** The same in a few letters, for a subject: `lun. 30 nov. 9 h`. */
export function shortMoment(at: Date): string {
  return `${dayInShort.format(at).replace(/ 1 /, ' 1er ')} ${timeOf(at)}`;
}

function timeOf(at: Date): string {
  return writtenTime(parisTime(at).minutes);
}
