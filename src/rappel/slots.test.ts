import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysAfter, holidayName, parisInstant, parisTime } from '../service/calendar.ts';
import { type Opening, opening } from '../service/service.ts';
import { type Slot, slotsOf } from './fields.ts';
import { leastLeftMs, type SlotDate, slotDatesFor, writtenDate } from './slots.ts';

const ours = {
  ...opening,
  ...{ weekdays: [1, 2, 3, 4, 5], opensAt: 9 * 60, closesAt: 17 * 60 },
  ...{ closedOnHolidays: false, holidaysToConfirm: true, exceptionalClosures: [], closedSlots: [] },
} satisfies Opening;
const everySlot = slotsOf(ours);

/** A Paris wall clock, written as people do: `2026-11-23 9:05`. */
function paris(written: string): Date {
  const [date = '', time = ''] = written.split(' ');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return parisInstant(date, hour * 60 + minute);
}

/** The only date of a slot. */
function dateOf(slot: Slot, at: Date, rule: Opening = ours): SlotDate | undefined {
  const [date, ...others] = slotDatesFor(rule)([slot], at);
  assert.deepEqual(others, []);
  return date;
}

/** The day of a slot, as an ISO date. */
function dayOf(slot: Slot, written: string, rule: Opening = ours): string | undefined {
  return dateOf(slot, paris(written), rule)?.date;
}

test('a part of the day that has begun counts for today until an hour of it is left, then for next week', () => {
  for (const [slot, last, first] of [
    ['lun-matin', '2026-11-23 11:00', '2026-11-23 11:01'],
    ['lun-midi', '2026-11-23 13:00', '2026-11-23 13:01'],
    ['lun-apres-midi', '2026-11-23 16:00', '2026-11-23 16:01'],
  ] as const) {
    assert.equal(dayOf(slot, last), '2026-11-23', slot);
    assert.equal(dayOf(slot, first), '2026-11-30', slot);
  }
});

test('the minute at which the hour is whole counts to its end', () => {
  const eleven = paris('2026-11-23 11:00').getTime();
  assert.equal(dateOf('lun-matin', new Date(eleven + 59_999))?.date, '2026-11-23');
  assert.equal(dateOf('lun-matin', new Date(eleven + 60_000))?.date, '2026-11-30');
});

test('Friday at four is the last moment of a week: a minute later nothing is left of it', () => {
  assert.equal(dayOf('ven-apres-midi', '2026-11-27 16:00'), '2026-11-27');
  assert.equal(dayOf('ven-apres-midi', '2026-11-27 16:01'), '2026-12-04');
  const dates = slotDatesFor(ours)(everySlot, paris('2026-11-27 16:01'));
  assert.deepEqual([dates[0]?.date, dates.at(-1)?.date, dates.length], ['2026-11-30', '2026-12-04', 15]);
});

test('what has begun is allowed from the present minute on, and says from when to when', () => {
  const begun = dateOf('lun-matin', new Date(paris('2026-11-30 9:05').getTime() + 30_000));
  assert.deepEqual(begun, {
    slot: 'lun-matin',
    date: '2026-11-30',
    from: paris('2026-11-30 9:05'),
    to: paris('2026-11-30 12:00'),
    isBegun: true,
    written: 'lundi 30 novembre 2026, matin, à partir de 9 h 05, jusqu’à 12 h',
  });
});

test('at the minute at which it begins, and before, a part of the day is whole', () => {
  for (const time of ['2026-11-30 0:00', '2026-11-30 8:59', '2026-11-30 9:00']) {
    const { isBegun, from, written } = dateOf('lun-matin', paris(time)) ?? {};
    assert.deepEqual(
      [isBegun, from, written],
      [false, paris('2026-11-30 9:00'), 'lundi 30 novembre 2026, matin, 9 h – 12 h'],
    );
  }
});

test('midnight belongs to the new day', () => {
  assert.equal(dateOf('lun-matin', new Date(paris('2026-11-24 0:00').getTime() - 1))?.date, '2026-11-30');
  assert.equal(dayOf('mar-matin', '2026-11-24 0:00'), '2026-11-24');
  assert.equal(dayOf('lun-matin', '2026-11-30 0:00'), '2026-11-30');
});

test('dates come in the order of time, each slot once, whatever the order they were ticked in', () => {
  const dates = slotDatesFor(ours)(
    ['lun-matin', 'ven-matin', 'jeu-matin', 'jeu-midi', 'jeu-apres-midi'],
    paris('2026-11-26 13:30'),
  );
  assert.deepEqual(
    dates.map(({ slot, date }) => [slot, date]),
    [
      ['jeu-apres-midi', '2026-11-26'],
      ['ven-matin', '2026-11-27'],
      ['lun-matin', '2026-11-30'],
      ['jeu-matin', '2026-12-03'],
      ['jeu-midi', '2026-12-03'],
    ],
  );
});

test('a slot keeps its Paris hours after both clock changes, begun or not', () => {
  const spring = dateOf('mar-matin', paris('2027-03-25 10:00'));
  assert.equal(spring?.from.toISOString(), '2027-03-30T07:00:00.000Z');
  assert.equal(spring.to.toISOString(), '2027-03-30T10:00:00.000Z');
  const autumn = dateOf('lun-matin', paris('2026-10-23 10:00'));
  assert.equal(autumn?.from.toISOString(), '2026-10-26T08:00:00.000Z');
  assert.equal(autumn.to.toISOString(), '2026-10-26T11:00:00.000Z');
  const begun = dateOf('lun-matin', new Date('2026-10-26T09:59:00Z'));
  assert.equal(begun?.written, 'lundi 26 octobre 2026, matin, à partir de 10 h 59, jusqu’à 12 h');
});

test('on each Sunday of a clock change the hours that vanish or come twice are before Monday', () => {
  for (const [instants, monday] of [
    [['2027-03-28T00:59:00Z', '2027-03-28T01:00:00Z'], '2027-04-05'], // Easter Monday is the day after
    [['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'], '2026-10-26'],
  ] as const)
    for (const instant of instants) assert.equal(dateOf('lun-matin', new Date(instant))?.date, monday);
});

test('a public holiday for which nobody has said is next week’s day, and names the day it stands for', () => {
  const monday = dateOf('lun-matin', paris('2027-03-26 10:00'));
  assert.deepEqual([monday?.date, monday?.insteadOf], ['2027-04-05', '2027-03-29']);
  assert.equal(monday?.written, 'lundi 5 avril 2027, matin, 9 h – 12 h');
  assert.equal(dateOf('mar-matin', paris('2027-03-26 10:00'))?.insteadOf, undefined);
});

test('Christmas and New Year on the same weekday: three weeks away, in place of the first', () => {
  for (const time of ['2026-12-18 16:01', '2026-12-21 10:00', '2026-12-25 10:00']) {
    const friday = dateOf('ven-apres-midi', paris(time));
    assert.deepEqual([friday?.date, friday?.insteadOf], ['2027-01-08', '2026-12-25'], time);
  }
  const later = dateOf('ven-matin', paris('2026-12-25 11:01'));
  assert.deepEqual([later?.date, later?.insteadOf], ['2027-01-08', '2027-01-01']);
});

test('once the Département has said, a holiday is a day like another, or a closed one', () => {
  const said = { ...ours, holidaysToConfirm: false };
  assert.equal(dayOf('ven-matin', '2026-12-21 10:00', said), '2026-12-25');
  const closed = { ...said, closedOnHolidays: true };
  assert.equal(dayOf('ven-matin', '2026-12-21 10:00', closed), '2027-01-08');
});

test('a day on which the line is closed is next week’s', () => {
  const closed = { ...ours, exceptionalClosures: ['2026-11-24'] };
  const tuesday = dateOf('mar-midi', paris('2026-11-23 10:00'), closed);
  assert.deepEqual([tuesday?.date, tuesday?.insteadOf], ['2026-12-01', '2026-11-24']);
});

test('a day that is closed and over stands for nothing: next week is simply next', () => {
  const closed = { ...ours, exceptionalClosures: ['2026-11-24'] };
  assert.equal(dateOf('mar-matin', paris('2026-11-24 11:00'), closed)?.insteadOf, '2026-11-24');
  assert.equal(dateOf('mar-matin', paris('2026-11-24 11:01'), closed)?.insteadOf, undefined);
});

test('a slot that is closed on a date is next week’s, and the rest of that day is not', () => {
  const closed = { ...ours, closedSlots: ['2026-11-26 après-midi'] };
  const thursday = dateOf('jeu-apres-midi', paris('2026-11-23 10:00'), closed);
  assert.deepEqual([thursday?.date, thursday?.insteadOf], ['2026-12-03', '2026-11-26']);
  assert.equal(dayOf('jeu-midi', '2026-11-23 10:00', closed), '2026-11-26');
});

test('a slot that is closed every week has no date, whoever still asks for it', () => {
  const closed = { ...ours, closedSlots: ['jeudi après-midi'] };
  assert.equal(dateOf('jeu-apres-midi', paris('2026-11-23 10:00'), closed), undefined);
  assert.equal(slotDatesFor(closed)(everySlot, paris('2026-11-23 10:00')).length, 14);
});

test('three weeks ahead a slot still has a date, the week after it has none', () => {
  const tuesdays = ['2026-11-24', '2026-12-01', '2026-12-08', '2026-12-15'];
  const at = '2026-11-24 11:00';
  const closedFor = (weeks: number) => ({ ...ours, exceptionalClosures: tuesdays.slice(0, weeks) });
  assert.equal(dayOf('mar-matin', at, closedFor(3)), '2026-12-15');
  assert.equal(dayOf('mar-matin', at, closedFor(4)), undefined);
  assert.equal(dayOf('mar-matin', '2026-11-23 23:59', closedFor(3)), undefined);
  assert.deepEqual(slotDatesFor({ ...ours, weekdays: [] })(everySlot, paris(at)), []);
});

test('an hour of the clock is what is left at least, the same for all', () => {
  for (const minutes of [0, 1, 59, 60, 61, 119, 120, 179]) {
    const at = new Date(paris('2026-11-30 9:00').getTime() + minutes * 60_000);
    const { date, to } = dateOf('lun-matin', at) ?? { date: '', to: at };
    assert.equal(date === '2026-11-30', paris('2026-11-30 12:00').getTime() - at.getTime() >= leastLeftMs);
    assert.ok(to.getTime() - at.getTime() >= leastLeftMs);
  }
});

/** The date of a slot as the rule says it, week by week. */
function expected(slot: Slot, at: Date, rule: Opening): { date?: string; instead?: string } {
  const { date: today, weekday, minutes } = parisTime(at);
  const [short = '', ...part] = slot.split('-');
  const names = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'];
  const index = names.findIndex((name) => name.startsWith(short));
  const ends: Record<string, [number, string]> = {
    matin: [720, 'matin'],
    midi: [840, 'midi'],
    'apres-midi': [1020, 'après-midi'],
  };
  const [end, label] = ends[part.join('-')] ?? [0, ''];
  const ahead = (index + 1 - weekday + 7) % 7;
  const isOver = ahead === 0 && end - minutes < 60;
  const weeks = [0, 7, 14, 21].filter((days) => ahead + days <= 21 && !(days === 0 && isOver));
  const days = weeks.map((week) => daysAfter(today, ahead + week));
  const isFree = (day: string) =>
    !(holidayName(day) || rule.exceptionalClosures.includes(day)) &&
    !rule.closedSlots.includes(`${day} ${label}`) &&
    !rule.closedSlots.includes(`${names[index]} ${label}`);
  const found = days.findIndex(isFree);
  return found < 0 ? {} : { date: days[found] ?? '', ...(found > 0 ? { instead: days[0] ?? '' } : {}) };
}

test('every slot, at minutes of three years: its first sure day, with an hour left of it', () => {
  const rule = {
    ...ours,
    exceptionalClosures: ['2026-05-15', '2027-05-07', '2028-05-26', '2028-06-02', '2028-06-09', '2028-06-16'],
    closedSlots: ['2026-12-03 après-midi', '2027-02-16 matin', 'mercredi midi'],
  };
  const slotDates = slotDatesFor(rule);
  const start = Date.parse('2026-01-01T00:00:00Z');
  let [insteads, begun] = [0, 0];
  for (let minute = 0; minute < 3 * 366 * 1440; minute += 1777) {
    const at = new Date(start + minute * 60_000);
    const dates = slotDates(everySlot, at);
    for (const slot of everySlot) {
      const one = dates.find((date) => date.slot === slot);
      const { date, instead } = expected(slot, at, rule);
      assert.equal(one?.date, date, `${slot} ${at.toISOString()}`);
      assert.equal(one?.insteadOf, instead, `${slot} ${at}`);
      if (one) assert.ok(one.from >= at && one.to.getTime() - one.from.getTime() >= leastLeftMs);
      if (one?.isBegun) assert.deepEqual(one.from, at);
      assert.equal(one?.isBegun, one?.written.includes('à partir de'));
      insteads += instead ? 1 : 0;
      begun += one?.isBegun ? 1 : 0;
    }
    assert.deepEqual(
      [...dates],
      [...dates].sort((a, b) => a.from.getTime() - b.from.getTime()),
    );
  }
  assert.ok(insteads > 100 && begun > 100, `${insteads} ${begun}`);
});

test('a date is written in full, in French, with its part of the day and its hours', () => {
  assert.equal(
    dateOf('mar-matin', paris('2026-11-27 0:00'))?.written,
    'mardi 1er décembre 2026, matin, 9 h – 12 h',
  );
  assert.equal(
    dateOf('mer-midi', paris('2026-11-27 0:00'))?.written,
    'mercredi 2 décembre 2026, midi, 12 h – 14 h',
  );
  assert.equal(writtenDate(parisInstant('2026-12-11', 600)), 'vendredi 11 décembre 2026');
  assert.equal(writtenDate(parisInstant('2027-01-01', 0)), 'vendredi 1er janvier 2027');
});
