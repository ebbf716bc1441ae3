import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opening } from '../service/service.ts';
import { formOf } from './effects.fake.ts';
import { daysOf, isClosedOn, periodsOf, slotsOf } from './fields.ts';
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
    problems: [{ field: 'quand', word: 'erreur.quand.pas_propose' }],
  });
  assert.ok(parserFor({ ...withoutWednesday, weekdays: [2, 3] })(form).ok);
});

test('a slot that the team closes every week is not offered, and is refused; one closed on a date is offered', () => {
  const closed = { ...opening, closedSlots: ['jeudi après-midi', '2026-12-01 matin'] };
  const offered = slotsOf(closed);
  assert.deepEqual([offered.length, offered.includes('jeu-apres-midi')], [14, false]);
  const parse = parserFor(closed);
  assert.equal(parse(formOf({ quand: ['mar-matin', 'jeu-apres-midi'] })).ok, false);
  assert.ok(parse(formOf({ quand: 'mar-matin' })).ok);
});

test('a part of a day is closed under the very words that the team writes', () => {
  const closed = { ...opening, closedSlots: ['2026-12-03 après-midi'] };
  const [morning, , afternoon] = periodsOf(closed);
  assert.equal(isClosedOn('2026-12-03', afternoon, closed), true);
  assert.equal(isClosedOn('2026-12-03', morning, closed), false);
  assert.equal(isClosedOn('jeudi', afternoon, closed), false);
});
