// The dates that a phone shows are those that the server keeps: over a year of moments, from the rule that a page holds
// since it was built.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datesAt } from '../src/browser/slot-dates.ts';
import { slotRule } from '../src/components/rules-for-scripts.ts';
import { slotsOf } from '../src/rappel/fields.ts';
import { slotDatesFor } from '../src/rappel/slots.ts';
import { daysAfter, parisInstant } from '../src/service/calendar.ts';
import { type Opening, opening } from '../src/service/service.ts';
import { seeded } from './support/seeded-random.ts';

const builtOn = '2026-11-29';
const ours = {
  ...opening,
  ...{ weekdays: [1, 2, 3, 4, 5], opensAt: 9 * 60, closesAt: 17 * 60 },
  ...{ closedOnHolidays: false, holidaysToConfirm: true, exceptionalClosures: [], closedSlots: [] },
} satisfies Opening;
const closures = [0, 7, 14, 21, 28].map((days) => daysAfter('2027-02-02', days)); // five Tuesdays

const lines: [string, Opening][] = [
  ['as nobody has settled its holidays', ours],
  ['that works on holidays', { ...ours, holidaysToConfirm: false }],
  ['that closes on holidays', { ...ours, holidaysToConfirm: false, closedOnHolidays: true }],
  [
    'of other days and hours',
    { ...ours, weekdays: [1, 3, 4], opensAt: 10 * 60 + 30, closesAt: 16 * 60 + 15 },
  ],
  [
    'that closes days and slots',
    {
      ...ours,
      exceptionalClosures: closures,
      closedSlots: ['jeudi après-midi', '2027-03-29 midi', '2027-04-05 matin', '2026-12-03 matin'],
    },
  ],
];

/** Instants of a year, to the second, and those around every change of every kind of day. */
function* instants(): Generator<Date> {
  const [start, random] = [parisInstant(builtOn, 0).getTime(), seeded(20)];
  for (let nth = 0; nth < 1500; nth += 1) yield new Date(start + Math.floor(random() * 365 * 86_400) * 1000);
  for (const day of ['2026-11-30', '2026-12-24', '2027-03-26', '2027-03-28', '2027-10-29', '2027-10-31'])
    for (const minute of [0, 540, 541, 660, 661, 720, 780, 781, 960, 961, 1439])
      for (const second of [-1, 0, 59]) yield new Date(parisInstant(day, minute).getTime() + second * 1000);
}

for (const [what, rule] of lines) {
  test(`a line ${what}: phone and server agree on the day of every moment, and on what has begun`, () => {
    const [held, slotDates, every] = [slotRule(rule, builtOn, 'francais'), slotDatesFor(rule), slotsOf(ours)];
    const counts = { begun: 0, none: 0, instead: 0 };
    for (const at of instants()) {
      const kept = slotDates(every, at);
      assert.deepEqual(
        new Map(datesAt(at, held).map(({ slot, date, isBegun }) => [slot, `${date} ${isBegun}`])),
        new Map(kept.map(({ slot, date, isBegun }) => [slot, `${date} ${isBegun}`])),
        at.toISOString(),
      );
      counts.begun += kept.some(({ isBegun }) => isBegun) ? 1 : 0;
      counts.none += kept.length < slotsOf(rule).length ? 1 : 0;
      counts.instead += kept.some(({ insteadOf }) => insteadOf) ? 1 : 0;
    }
    assert.ok(counts.begun > 10, JSON.stringify(counts));
    assert.equal(counts.none > 0, rule.exceptionalClosures.length > 3);
    assert.equal(counts.instead > 0, rule.holidaysToConfirm || rule.closedOnHolidays);
  });
}
