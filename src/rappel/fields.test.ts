import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opening } from '../service/service.ts';
import { formOf } from './effects.fake.ts';
import { daysOf, periodsOf, slotsOf } from './fields.ts';
import { parserFor } from './rappel.ts';

const withoutWednesday = { ...opening, weekdays: [1, 2, 4, 5] };

test('a line offers its own weekdays, and parts of the day that begin and end with its hours', () => {
  assert.deepEqual(
    daysOf(withoutWednesday).map(({ label }) => label),
    ['lundi', 'mardi', 'jeudi', 'vendredi'],
  );
  const periods = periodsOf({ ...opening, opensAt: 10 * 60 + 5, closesAt: 16 * 60 + 30 });
  assert.deepEqual(
    periods.map(({ hours, from, to }) => [hours, from, to]),
    [
      ['10 h 05 – 12 h', 605, 720],
      ['12 h – 14 h', 720, 840],
      ['14 h – 16 h 30', 840, 990],
    ],
  );
  assert.equal(slotsOf(withoutWednesday).length, 12);
});

test('a slot that the line does not offer is refused', () => {
  const [form, parse] = [formOf({ quand: ['mar-matin', 'mer-matin'] }), parserFor(withoutWednesday)];
  assert.deepEqual(parse(form), {
    ok: false,
    problems: [{ field: 'quand', message: 'Choisissez une des réponses proposées.' }],
  });
  assert.ok(parserFor({ ...withoutWednesday, weekdays: [2, 3] })(form).ok);
});
