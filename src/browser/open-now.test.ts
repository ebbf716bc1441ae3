import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openingRule } from '../components/rules-for-scripts.ts';
import { holidaysOf, isOpen, isOpeningDay, nextOpening, parisInstant } from '../service/calendar.ts';
import { type Opening, opening } from '../service/service.ts';
import { type Rule, sentence, stateAt } from './open-now.ts';

const { tongue, words } = openingRule(opening, '2026-11-01', 'francais');
const closed = ['2026-12-24', '2027-03-29'];

for (const closedOnHolidays of [false, true]) {
  test(`the phone and the server agree every half hour for two years (holidays closed: ${closedOnHolidays})`, () => {
    const service: Opening = { ...opening, closedOnHolidays, exceptionalClosures: closed };
    const holidays = [2026, 2027, 2028, 2029].flatMap(holidaysOf);
    const rule: Rule = {
      weekdays: [...service.weekdays],
      opensAt: service.opensAt,
      closesAt: service.closesAt,
      closed: [...closed, ...holidays.filter((date) => !isOpeningDay(date, service))].join(' '),
      ...{ holidays: '', tongue, words },
    };
    for (let at = Date.UTC(2026, 9, 20); at < Date.UTC(2028, 9, 31); at += 30 * 60_000) {
      const state = stateAt(new Date(at), rule);
      assert.equal(state.open, isOpen(new Date(at), service), new Date(at).toISOString());
      const next = state.next && parisInstant(state.next.day, rule.opensAt);
      assert.deepEqual(next, nextOpening(new Date(at), service), new Date(at).toISOString());
    }
  });
}

const rule: Rule = {
  weekdays: [1, 2, 3, 4, 5],
  opensAt: 540,
  closesAt: 1020,
  closed: '2026-12-28 2026-12-29 2026-12-30 2026-12-31 2027-01-04 2027-01-05',
  holidays: '2026-12-25 2027-01-01',
  ...{ tongue, words },
};

for (const [at, said] of [
  ['2026-11-30T09:00', 'Ouvert maintenant, jusqu’à 17 h'],
  ['2026-11-30T08:59', 'La ligne est fermée jusqu’à 9 h.'],
  ['2026-11-30T17:00', 'La ligne est fermée jusqu’à demain 9 h.'],
  ['2026-11-27T17:00', 'La ligne est fermée jusqu’à lundi 9 h.'],
  ['2026-12-25T10:00', 'Jour férié : la ligne peut être fermée.'],
  [
    '2026-12-24T18:00',
    'La ligne est fermée jusqu’à demain 9 h. Ce jour-là est férié : elle peut rester fermée.',
  ],
  ['2027-01-01T17:00', 'La ligne est fermée jusqu’à mercredi 9 h.'],
] as const) {
  test(`at ${at} the line says « ${said} »`, () => {
    const state = stateAt(new Date(`${at}:00+01:00`), rule);
    assert.equal(sentence(state, rule).replaceAll('\u00a0', ' '), said);
  });
}

test('an opening a week away or more has its date, and the first of a month its name', () => {
  const closed = '2026-11-24 2026-11-25 2026-11-26 2026-11-27 2026-11-30';
  const said = sentence(stateAt(new Date('2026-11-23T17:00:00+01:00'), { ...rule, closed }), rule);
  assert.equal(said, 'La ligne est fermée jusqu’à mardi 1er décembre, 9\u00a0h.');
});

test('a line that opens no more within a year says no day', () => {
  const never = { ...rule, weekdays: [] };
  assert.equal(
    sentence(stateAt(new Date('2026-11-23T17:00:00Z'), never), never),
    'La ligne est fermée en ce moment.',
  );
});
