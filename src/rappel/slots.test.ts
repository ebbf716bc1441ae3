import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parisInstant } from '../service/calendar.ts';
import { opening } from '../service/service.ts';
import { type Slot, slotsOf } from './fields.ts';
import { slotDatesFor, writtenDate } from './slots.ts';

const everySlot = slotsOf(opening);
const slotDates = slotDatesFor(opening);

/** The instants at which the dates of some slots begin. */
function begins(slots: Slot[], at: Date, rule = opening): string[] {
  return slotDatesFor(rule)(slots, at).map(({ from }) => from.toISOString());
}

test('a slot that began today is next week’s, to the millisecond', () => {
  const nine = parisInstant('2026-11-23', 9 * 60);
  assert.deepEqual(begins(['lun-matin'], new Date(nine.getTime() - 1)), ['2026-11-23T08:00:00.000Z']);
  assert.deepEqual(begins(['lun-matin'], nine), ['2026-11-30T08:00:00.000Z']);
  assert.deepEqual(begins(['lun-midi'], nine), ['2026-11-23T11:00:00.000Z']);
});

test('dates come in the order of time, each slot once, whatever the order they were ticked in', () => {
  const thursday = parisInstant('2026-11-26', 13 * 60);
  const found = slotDates(['lun-matin', 'ven-matin', 'jeu-matin', 'jeu-apres-midi'], thursday);
  assert.deepEqual(
    found.map(({ slot }) => slot),
    ['jeu-apres-midi', 'ven-matin', 'lun-matin', 'jeu-matin'],
  );
});

test('a slot keeps its Paris hours after both clock changes', () => {
  const [spring] = slotDates(['mar-matin'], parisInstant('2027-03-25', 600));
  assert.equal(spring?.from.toISOString(), '2027-03-30T07:00:00.000Z');
  assert.equal(spring.to.toISOString(), '2027-03-30T10:00:00.000Z');
  const [autumn] = slotDates(['lun-matin'], parisInstant('2026-10-19', 600));
  assert.equal(autumn?.from.toISOString(), '2026-10-26T08:00:00.000Z');
  assert.equal(autumn.to.toISOString(), '2026-10-26T11:00:00.000Z');
});

test('a day on which the line is closed is left out', () => {
  const at = parisInstant('2026-12-23', 600);
  const slots: Slot[] = ['jeu-midi', 'ven-midi'];
  assert.deepEqual(begins(slots, at, { ...opening, closedOnHolidays: true }), ['2026-12-24T11:00:00.000Z']);
  const closed = { ...opening, exceptionalClosures: ['2026-12-24'] };
  assert.deepEqual(begins(slots, at, closed), ['2026-12-25T11:00:00.000Z']);
  assert.deepEqual(begins(slots, at, { ...opening, weekdays: [] }), []);
});

test('a slot that is closed today does not slip to the same day of next week', () => {
  const monday = parisInstant('2026-11-23', 8 * 60);
  const closed = { ...opening, exceptionalClosures: ['2026-11-23'] };
  assert.deepEqual(begins(['lun-matin'], monday, closed), []);
});

test('all fifteen slots have one date each, within seven days of a Paris clock, all year round', () => {
  const start = Date.parse('2026-10-01T00:00:00Z');
  for (let hour = 0; hour < 365 * 24; hour += 31) {
    const at = new Date(start + hour * 3_600_000);
    const weekLater = Temporal.Instant.fromEpochMilliseconds(at.getTime())
      .toZonedDateTimeISO('Europe/Paris')
      .add({ days: 7 }).epochMilliseconds;
    const found = slotDates(everySlot, at);
    assert.deepEqual(found.map(({ slot }) => slot).sort(), [...everySlot].sort());
    assert.ok(
      found.every(({ from }) => from > at && from.getTime() <= weekLater),
      at.toISOString(),
    );
  }
});

test('a date is written in full, in French, with its part of the day and its hours', () => {
  const written = slotDates(['mar-matin', 'mer-midi'], parisInstant('2026-11-27', 0));
  assert.deepEqual(
    written.map((date) => date.written),
    ['mardi 1er décembre 2026, matin, 9 h – 12 h', 'mercredi 2 décembre 2026, midi, 12 h – 14 h'],
  );
  assert.equal(writtenDate(parisInstant('2026-12-11', 600)), 'vendredi 11 décembre 2026');
  assert.equal(writtenDate(parisInstant('2027-01-01', 0)), 'vendredi 1er janvier 2027');
});

test('a public holiday says that the opening is to be confirmed', () => {
  const [christmas] = slotDates(['ven-apres-midi'], parisInstant('2026-12-21', 600));
  assert.equal(
    christmas?.written,
    'vendredi 25 décembre 2026, après-midi, 14 h – 17 h (jour férié : ouverture à confirmer)',
  );
});
