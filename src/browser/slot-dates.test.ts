import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datesAt, type SlotRule } from './slot-dates.ts';

const rule: SlotRule = {
  days: { lun: 1, mar: 2, ven: 5 },
  parts: { matin: [540, 720], midi: [720, 840] },
  closed: '2026-12-25 2027-01-01 2026-12-01-midi ven-midi ',
};
const paris = (time: string) => new Date(`${time}+01:00`);
const dateOf = (at: string, slot: string) =>
  datesAt(paris(at), rule).find((one) => one.slot === slot) ?? { date: 'none', isBegun: false };

for (const [at, slot, date, isBegun] of [
  ['2026-11-30T08:59:59', 'lun-matin', '2026-11-30', false],
  ['2026-11-30T09:00:30', 'lun-matin', '2026-11-30', false],
  ['2026-11-30T09:01:00', 'lun-matin', '2026-11-30', true],
  ['2026-11-30T11:00:59', 'lun-matin', '2026-11-30', true],
  ['2026-11-30T11:01:00', 'lun-matin', '2026-12-07', false],
  ['2026-11-30T11:01:00', 'lun-midi', '2026-11-30', false],
  ['2026-11-30T23:59:59', 'lun-midi', '2026-12-07', false],
  ['2026-11-29T23:30:00', 'mar-midi', '2026-12-08', false], // this one alone is closed
  ['2026-11-29T23:30:00', 'mar-matin', '2026-12-01', false],
  ['2026-12-19T10:00:00', 'ven-matin', '2027-01-08', false], // two holidays on Fridays
  ['2026-12-18T11:01:00', 'ven-matin', '2027-01-08', false], // three weeks ahead, the last that counts
  ['2026-12-19T10:00:00', 'ven-midi', 'none', false],
] as const) {
  test(`at ${at}, ${slot} is ${date}${isBegun ? ', under way' : ''}`, () => {
    const { date: found, isBegun: begun } = dateOf(at, slot);
    assert.deepEqual({ date: found, isBegun: begun }, { date, isBegun });
  });
}

test('more than three weeks ahead, a slot has no date', () => {
  const closed = '2026-12-25 2027-01-01 2027-01-08 ';
  const dates = datesAt(paris('2026-12-18T11:01:00'), { ...rule, closed });
  assert.ok(dates.every(({ slot }) => slot !== 'ven-matin'));
  assert.ok(dates.some(({ slot }) => slot === 'ven-midi'));
});

test('both nights on which the clock changes, a day stays a day', () => {
  const spring = datesAt(new Date('2027-03-27T23:30:00Z'), rule); // Sunday, 0:30
  assert.equal(spring.find(({ slot }) => slot === 'lun-matin')?.date, '2027-03-29');
  const autumn = datesAt(new Date('2026-10-24T22:30:00Z'), rule); // Sunday, 0:30
  assert.equal(autumn.find(({ slot }) => slot === 'lun-matin')?.date, '2026-10-26');
});
