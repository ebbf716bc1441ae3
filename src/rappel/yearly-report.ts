// The yearly report: a table of counts with nobody in it. A count under five could be somebody: it is not written, and nothing
// that is written gives it back.
import { type Count, type CountName, countNames } from './counts.ts';

const labels: Record<CountName, string> = {
  'kept-form': 'gardées, formulaire du site',
  'kept-frame': 'gardées, encart chez un partenaire',
  'kept-translated': 'gardées, formulaire dans une autre langue',
  'two-tries': 'dont avec deux essais',
  changed: 'remplacées par la personne',
  'cancelled-unread': 'annulées avant le départ du courriel',
  'cancelled-read': 'annulées après le départ du courriel',
  'cancelled-by-reference': 'annulations par référence',
  late: 'parties après le dernier moment choisi',
};

const months = [
  ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août'],
  ...['septembre', 'octobre', 'novembre', 'décembre'],
];

/** The least count that is written. */
export const leastWritten = 5;

/**
 * The counts of a year as CSV, in French: a line for each month that has some, then one for the year. The year is told from
 * what the months show and nothing else, from the least to the most that it can be: whatever a hidden count is, the file is
 * the same. Where one of the requests kept is hidden, what came of them is « 5 ou plus »: nobody takes back more requests
 * than were kept, and the exact number could tell how many these were.
 */
export function yearlyReport(counts: readonly Count[]): string {
  const shown = new Map(months.map((_, index) => [index + 1, rangesOf(index + 1, counts)]));
  const lines = [...shown].filter(([, ranges]) => ranges.some(({ most }) => most > 0));
  const year = countNames.map((_, column) => sumOf(lines.map(([, ranges]) => ranges[column] ?? none)));
  return [
    ['mois', ...countNames.map((name) => labels[name])],
    ...lines.map(([month, ranges]) => [months[month - 1], ...ranges.map(written)]),
    ['année', ...year.map(written)],
  ]
    .map((cells) => `${cells.join(';')}\n`)
    .join('');
}

/** What a count is for whoever reads the report. */
type Range = { least: number; most: number };

const none: Range = { least: 0, most: 0 };

function rangesOf(month: number, counts: readonly Count[]): Range[] {
  const countIn = (name: CountName, when: number) =>
    counts.find((one) => one.month === when && one.name === name)?.count ?? 0;
  const isVeiled = keptNames.some(
    (name) => isHidden(countIn(name, month)) || isHidden(countIn(name, month - 1)),
  );
  return countNames.map((name) => {
    const count = countIn(name, month);
    if (isHidden(count)) return { least: 1, most: leastWritten - 1 };
    if (isVeiled && count > 0 && !keptNames.includes(name))
      return { least: leastWritten, most: Number.POSITIVE_INFINITY };
    return { least: count, most: count };
  });
}

const keptNames = countNames.filter((name) => name.startsWith('kept-'));

function isHidden(count: number): boolean {
  return count > 0 && count < leastWritten;
}

function sumOf(ranges: Range[]): Range {
  return ranges.reduce((sum, { least, most }) => ({ least: sum.least + least, most: sum.most + most }), none);
}

function written({ least, most }: Range): string {
  if (least === most) return String(least);
  if (most < leastWritten) return `< ${leastWritten}`;
  return most === Number.POSITIVE_INFINITY ? `${least} ou plus` : `${least} à ${most}`;
}
