import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holidaysOf, isOpen, isOpeningDay, nextOpening, parisInstant } from '../service/calendar.ts';
import { type Opening, opening } from '../service/service.ts';
import { type Rule, stateAt } from './open-now.ts';

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
      holidays: '',
    };
    for (let at = Date.UTC(2026, 9, 20); at < Date.UTC(2028, 9, 31); at += 30 * 60_000) {
      const state = stateAt(new Date(at), rule);
      assert.equal(state.open, isOpen(new Date(at), service), new Date(at).toISOString());
      const next = state.next && parisInstant(state.next.day, rule.opensAt);
      assert.deepEqual(next, nextOpening(new Date(at), service), new Date(at).toISOString());
    }
  });
}
