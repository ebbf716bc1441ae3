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
 * the same.
 */
export function yearlyReport(counts: readonly Count[]): string {
  const countIn = (month: number, name: CountName) =>
    counts.find((one) => one.month === month && one.name === name)?.count ?? 0;
  const written = months
    .map((label, index) => ({ label, counts: countNames.map((name) => countIn(index + 1, name)) }))
    .filter((month) => month.counts.some((count) => count > 0));
  const year = countNames.map((_, column) => writtenTotal(written.map(({ counts }) => counts[column] ?? 0)));
  const lines = [
    ['mois', ...countNames.map((name) => labels[name])],
    ...written.map(({ label, counts }) => [label, ...counts.map(writtenCount)]),
    ['année', ...year],
  ];
  return lines.map((cells) => `${cells.join(';')}\n`).join('');
}

const isHidden = (count: number) => count > 0 && count < leastWritten;

function writtenCount(count: number): string {
  return isHidden(count) ? `< ${leastWritten}` : String(count);
}

function writtenTotal(counts: number[]): string {
  const hidden = counts.filter(isHidden).length;
  const shown = counts.filter((count) => !isHidden(count)).reduce((sum, count) => sum + count, 0);
  if (hidden === 0) return writtenCount(shown);
  const [least, most] = [shown + hidden, shown + hidden * (leastWritten - 1)];
  return most < leastWritten ? `< ${leastWritten}` : `${least} à ${most}`;
}
