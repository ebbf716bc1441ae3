import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  holidayName,
  holidaysOf,
  isOpen,
  isOpeningDay,
  isToConfirm,
  nextOpening,
  parisInstant,
  parisTime,
  parisWritten,
} from './calendar.ts';
import { opening } from './service.ts';

/** A Paris wall clock, written as people do: `2026-07-06 16:59`. */
function paris(written: string): Date {
  const [date = '', time = ''] = written.split(' ');
  const [hour, minute] = time.split(':').map(Number);
  return parisInstant(date, (hour ?? 0) * 60 + (minute ?? 0));
}

const strict = { ...opening, closedOnHolidays: true };

test('the line opens at 9:00 and closes at 17:00 in Paris, summer and winter', () => {
  for (const day of ['2026-07-06', '2026-12-07']) {
    assert.equal(isOpen(paris(`${day} 08:59`), opening), false);
    assert.equal(isOpen(paris(`${day} 09:00`), opening), true);
    assert.equal(isOpen(paris(`${day} 16:59`), opening), true);
    assert.equal(isOpen(paris(`${day} 17:00`), opening), false);
  }
});

test('nine in Paris is seven in UTC in summer and eight in winter', () => {
  assert.equal(paris('2026-07-06 09:00').toISOString(), '2026-07-06T07:00:00.000Z');
  assert.equal(paris('2026-12-07 09:00').toISOString(), '2026-12-07T08:00:00.000Z');
});

test('Saturday and Sunday are closed, and Friday evening leads to Monday', () => {
  assert.equal(isOpen(paris('2026-11-28 10:00'), opening), false);
  assert.equal(isOpen(paris('2026-11-29 10:00'), opening), false);
  assert.deepEqual(nextOpening(paris('2026-11-27 17:00'), opening), paris('2026-11-30 09:00'));
});

test('the weekend of each clock change leads to nine on the Monday clock', () => {
  assert.deepEqual(nextOpening(paris('2027-03-26 18:00'), strict), new Date('2027-03-30T07:00:00Z'));
  assert.deepEqual(nextOpening(paris('2027-03-26 18:00'), opening), new Date('2027-03-29T07:00:00Z'));
  assert.deepEqual(nextOpening(paris('2026-10-23 18:00'), opening), new Date('2026-10-26T08:00:00Z'));
});

test('both readings of the repeated hour in October belong to the same closed Sunday', () => {
  for (const instant of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']) {
    assert.deepEqual(parisTime(new Date(instant)), { date: '2026-10-25', weekday: 7, minutes: 150 });
  }
});

test('midnight belongs to the new day', () => {
  assert.equal(parisTime(paris('2026-11-24 00:00')).weekday, 2);
  assert.equal(parisTime(new Date(paris('2026-11-24 00:00').getTime() - 1)).weekday, 1);
  assert.deepEqual(nextOpening(paris('2026-11-24 00:00'), opening), paris('2026-11-24 09:00'));
});

test('during the hours, the next opening is the following working day', () => {
  assert.deepEqual(nextOpening(paris('2026-11-23 09:00'), opening), paris('2026-11-24 09:00'));
  assert.deepEqual(nextOpening(paris('2026-11-23 08:59'), opening), paris('2026-11-23 09:00'));
});

test('the clock of the machine changes nothing', () => {
  const before = process.env.TZ;
  try {
    for (const zone of ['Pacific/Auckland', 'America/Los_Angeles', 'Asia/Kolkata', 'UTC']) {
      process.env.TZ = zone;
      assert.equal(isOpen(new Date('2026-11-23T08:00:00Z'), opening), true);
      assert.equal(isOpen(new Date('2026-11-23T16:00:00Z'), opening), false);
    }
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

test('the holidays of 2026, 2027 and 2028 are those of the fact sheet', () => {
  const moving = {
    2026: ['04-06', '05-14', '05-25'],
    2027: ['03-29', '05-06', '05-17'],
    2028: ['04-17', '05-25', '06-05'],
  };
  const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
  for (const [year, days] of Object.entries(moving)) {
    assert.deepEqual(
      holidaysOf(Number(year)),
      [...fixed, ...days].sort().map((day) => `${year}-${day}`),
    );
  }
});

test('the rule goes on beyond the table: Easter Monday from 2029 to 2038', () => {
  const mondays = [
    '2029-04-02',
    '2030-04-22',
    '2031-04-14',
    '2032-03-29',
    '2033-04-18',
    '2034-04-10',
    '2035-03-26',
    '2036-04-14',
    '2037-04-06',
    '2038-04-26',
  ];
  for (const monday of mondays) assert.equal(holidayName(monday), 'lundi de Pâques');
});

test('Good Friday and 26 December are ordinary days in Val-de-Marne', () => {
  assert.equal(holidayName('2026-04-03'), undefined);
  assert.equal(holidayName('2026-12-26'), undefined);
});

test('a holiday is open unless the Département says that the line closes', () => {
  assert.equal(isOpeningDay('2026-12-25', opening), true);
  assert.equal(isOpeningDay('2026-12-25', strict), false);
  assert.deepEqual(nextOpening(paris('2026-12-24 17:00'), strict), paris('2026-12-28 09:00'));
});

test('a holiday is to be confirmed only on a day of work, and while nobody has said', () => {
  const unsaid = { ...opening, closedOnHolidays: false, holidaysToConfirm: true };
  assert.equal(isToConfirm('2026-12-25', unsaid), true);
  assert.equal(isToConfirm('2026-12-24', unsaid), false);
  assert.equal(isToConfirm('2026-08-15', unsaid), false); // a Saturday
  assert.equal(isToConfirm('2026-12-25', { ...unsaid, exceptionalClosures: ['2026-12-25'] }), false);
  assert.equal(isToConfirm('2026-12-25', { ...unsaid, holidaysToConfirm: false }), false);
});

test('an instant is written with the offset of Paris, summer and winter', () => {
  assert.equal(parisWritten(paris('2026-07-06 09:00')), '2026-07-06T09:00:00+02:00');
  assert.equal(parisWritten(paris('2026-12-07 09:00')), '2026-12-07T09:00:00+01:00');
});

test('an exceptional closure is skipped', () => {
  const closed = { ...opening, exceptionalClosures: ['2026-11-24', '2026-11-25'] };
  assert.equal(isOpen(paris('2026-11-24 10:00'), closed), false);
  assert.deepEqual(nextOpening(paris('2026-11-23 17:00'), closed), paris('2026-11-26 09:00'));
});

test('a line that never opens says so instead of searching for ever', () => {
  assert.equal(nextOpening(paris('2026-11-23 10:00'), { ...opening, weekdays: [] }), undefined);
});
