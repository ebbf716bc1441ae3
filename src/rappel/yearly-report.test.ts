import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Count, type CountName, countNames } from './counts.ts';
import { leastWritten, yearlyReport } from './yearly-report.ts';

const count = (month: number, name: CountName, count: number): Count => ({ month, name, count });

/** The cells of a column, from the first month that is written to the year. */
function column(report: string, label: string): string[] {
  const [head = [], ...lines] = report
    .trimEnd()
    .split('\n')
    .map((line) => line.split(';'));
  const index = head.indexOf(label);
  assert.ok(index > 0, label);
  return lines.map((cells) => cells[index] ?? '');
}

test('a month that has something has a line, in the order of the year, whatever the order of the counts', () => {
  const report = yearlyReport([count(11, 'kept-form', 12), count(2, 'late', 7), count(11, 'changed', 5)]);
  assert.equal(
    report,
    `mois;gardées, formulaire du site;gardées, encart chez un partenaire;gardées, formulaire dans une autre langue;dont avec deux essais;remplacées par la personne;annulées avant le départ du courriel;annulées après le départ du courriel;annulations par référence;parties après le dernier moment choisi
février;0;0;0;0;0;0;0;0;7
novembre;12;0;0;0;5;0;0;0;0
année;12;0;0;0;5;0;0;0;7
`,
  );
});

test('a year without anything is a line of zeros', () => {
  assert.match(yearlyReport([]), /^mois;[^\n]+\nannée(;0){9}\n$/);
});

test('a count from one to four is not written; none and five are', () => {
  const counts = [0, 1, 4, 5].map((n, index) => count(index + 1, 'kept-form', n));
  const always = [1, 2, 3, 4].map((month) => count(month, 'late', 5));
  assert.deepEqual(column(yearlyReport([...counts, ...always]), 'gardées, formulaire du site'), [
    ...['0', '< 5', '< 5', '5'],
    '7 à 13',
  ]);
});

test('the year of one hidden count is hidden too, of several it is what they may be', () => {
  const totals = [[3], [3, 3], [2, 20], [20, 30]].map((kept) =>
    column(
      yearlyReport(kept.map((n, index) => count(index + 1, 'kept-frame', n))),
      'gardées, encart chez un partenaire',
    ).at(-1),
  );
  assert.deepEqual(totals, ['< 5', '2 à 8', '21 à 24', '50']);
});

test('where requests kept are hidden, no exact number of what came of them tells how many they were', () => {
  const label = 'dont avec deux essais';
  const reports = [1, 2, 3, 4].map((first) =>
    yearlyReport([
      ...[count(3, 'kept-form', first), count(3, 'kept-frame', 4), count(3, 'two-tries', first + 4)],
      ...[count(4, 'cancelled-read', first + 4), count(5, 'cancelled-read', 8), count(2, 'late', 6)],
    ]),
  );
  assert.equal(new Set(reports).size, 1);
  const [report = ''] = reports;
  assert.deepEqual(column(report, label), ['0', '5 ou plus', '0', '0', '5 ou plus']);
  const cancelled = ['0', '0', '5 ou plus', '8', '13 ou plus']; // those of a month may be of the month before
  assert.deepEqual(column(report, 'annulées après le départ du courriel'), cancelled);
  assert.deepEqual(column(report, 'parties après le dernier moment choisi'), ['6', '0', '0', '0', '6']);
});

/** Every list of that length of counts that are hidden. */
function hiddenLists(length: number): number[][] {
  if (length === 0) return [[]];
  const firsts = Array.from({ length: leastWritten - 1 }, (_, n) => n + 1);
  return hiddenLists(length - 1).flatMap((rest) => firsts.map((first) => [first, ...rest]));
}

test('nothing that is written gives a hidden count back: whatever they are, the file is the same', () => {
  const shown = [
    ...countNames.map((name) => count(6, name, 30)),
    ...[count(1, 'kept-form', 11), count(3, 'two-tries', 5)],
  ];
  const places = [
    ...([3, 4, 12] as const).map((month) => [month, 'kept-form'] as const),
    ...([1, 3] as const).map((month) => [month, 'kept-frame'] as const),
    [6, 'late'] as const,
  ];
  const others = shown.filter(
    (one) => !places.some(([month, name]) => one.month === month && one.name === name),
  );
  const reports = hiddenLists(places.length).map((hidden) =>
    yearlyReport([...others, ...places.map(([month, name], n) => count(month, name, hidden[n] ?? 0))]),
  );
  assert.equal(reports.length, 4 ** 6);
  assert.equal(new Set(reports).size, 1);
});
