import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Opening } from '../service/service.ts';
import { opening } from '../service/service.ts';
import { announce, momentsOf, writtenInstant } from './announce.ts';
import { type Slot, slotsOf } from './fields.ts';
import { slotDatesFor } from './slots.ts';

type Asking = { at: string; slots: readonly Slot[]; line?: Opening; ending?: string };

/** What the page says of a request sent at an instant. */
function said({ at, slots, line = opening, ending = '34' }: Asking) {
  return announce(slotDatesFor(line)(slots, new Date(at)), ending, { opening: line, tongue: 'francais' });
}

const sunday = '2026-11-29T10:00:00Z';

test('one moment is one sentence: the end of the number, the day and the hours', () => {
  assert.deepEqual(said({ at: sunday, slots: ['lun-matin'] }), {
    sentence: 'Nous appellerons le numéro finissant par 34, lundi 30 novembre entre 9 h et 12 h.',
    moments: [],
    passedOver: [],
  });
  const { sentence } = said({ at: sunday, slots: ['mar-matin', 'mar-midi', 'mar-apres-midi'] });
  assert.equal(
    sentence,
    'Nous appellerons le numéro finissant par 34, mardi 1er décembre entre 9 h et 17 h.',
  );
});

test('without the end of the number, it is the one that she gave', () => {
  const dates = slotDatesFor(opening)(['lun-matin'], new Date(sunday));
  assert.equal(
    announce(dates, undefined, { opening, tongue: 'francais' }).sentence,
    'Nous appellerons le numéro que vous avez indiqué, lundi 30 novembre entre 9 h et 12 h.',
  );
});

test('several moments follow in a short list, the parts of a day that touch in one', () => {
  assert.deepEqual(said({ at: sunday, slots: ['lun-matin', 'lun-midi', 'mer-matin', 'mer-apres-midi'] }), {
    sentence: 'Nous appellerons le numéro finissant par 34, à l’un de ces moments :',
    moments: [
      'lundi 30 novembre entre 9 h et 14 h',
      'mercredi 2 décembre entre 9 h et 12 h',
      'mercredi 2 décembre entre 14 h et 17 h',
    ],
    passedOver: [],
  });
});

test('any moment at all is one sentence, from the first day to the last', () => {
  const { sentence, moments } = said({ at: sunday, slots: slotsOf(opening) });
  assert.equal(
    sentence,
    'Nous appellerons le numéro finissant par 34, à un moment d’ouverture, du lundi 30 novembre au vendredi 4 décembre, entre 9 h et 17 h.',
  );
  assert.deepEqual(moments, []);
});

test('a part of the day that had begun counts from that minute on', () => {
  const monday = '2026-11-30T08:05:00Z';
  assert.equal(
    said({ at: monday, slots: ['lun-matin'] }).sentence,
    'Nous appellerons le numéro finissant par 34, lundi 30 novembre à partir de 9 h 05, jusqu’à 12 h.',
  );
  assert.equal(
    said({ at: monday, slots: ['lun-matin', 'lun-midi'] }).sentence,
    'Nous appellerons le numéro finissant par 34, lundi 30 novembre à partir de 9 h 05, jusqu’à 14 h.',
  );
  assert.match(
    said({ at: monday, slots: slotsOf(opening) }).sentence,
    /à un moment d’ouverture, du lundi 30 novembre à 9 h 05 au vendredi 4 décembre, entre 9 h et 17 h\.$/,
  );
});

test('any moment ends where a last day that is not whole ends, and begins where the first does', () => {
  assert.match(
    said({ at: '2026-11-30T14:00:00Z', slots: slotsOf(opening) }).sentence,
    /du lundi 30 novembre à 15 h au lundi 7 décembre à 14 h, entre 9 h et 17 h\.$/,
  );
  assert.match(
    said({ at: '2026-11-30T10:30:00Z', slots: slotsOf(opening) }).sentence,
    /du lundi 30 novembre à 12 h au lundi 7 décembre à 12 h, entre 9 h et 17 h\.$/,
  );
});

test('a public holiday is said once, with the day that takes its place; any moment is then a list', () => {
  const thursday = '2026-12-24T07:00:00Z';
  const { sentence, passedOver } = said({ at: thursday, slots: ['ven-matin', 'ven-midi'] });
  assert.match(sentence, /vendredi 8 janvier entre 9 h et 14 h\.$/);
  assert.deepEqual(passedOver, ['Le vendredi 25 décembre est férié : ce sera le vendredi 8 janvier.']);
  const all = said({ at: thursday, slots: slotsOf(opening) });
  assert.deepEqual(all.moments.slice(-2), [
    'mercredi 30 décembre entre 9 h et 17 h',
    'vendredi 8 janvier entre 9 h et 17 h',
  ]);
  assert.deepEqual(all.passedOver, passedOver);
});

test('a day closed for another reason is not called a holiday', () => {
  const line = { ...opening, closedSlots: ['2026-12-03 après-midi'] };
  const { sentence, passedOver } = said({ at: sunday, slots: ['jeu-apres-midi'], line });
  assert.match(sentence, /, jeudi 10 décembre entre 14 h et 17 h\.$/);
  assert.deepEqual(passedOver, [
    'Le jeudi 3 décembre n’est pas possible à ce moment : ce sera le jeudi 10 décembre.',
  ]);
});

test('an instant is written as the clock in Paris shows it, in winter and in summer', () => {
  assert.equal(writtenInstant(new Date('2026-12-01T08:00:00Z'), 'francais'), 'mardi 1er décembre à 9 h');
  assert.equal(writtenInstant(new Date('2027-07-05T07:30:00Z'), 'francais'), 'lundi 5 juillet à 9 h 30');
});

test('the fifteen moments of a week are never more than one a day', () => {
  for (let day = 0; day < 366; day += 1) {
    const at = new Date(Date.parse('2026-01-01T11:30:00Z') + day * 86_400_000);
    const moments = momentsOf(slotDatesFor(opening)(slotsOf(opening), at), 'francais');
    assert.ok(moments.length >= 5 && moments.length <= 6, `${at.toISOString()} ${moments.length}`);
  }
});

test('in another language, the sentence, the day and the hours are its own; the hours keep their order from right to left', () => {
  const dates = slotDatesFor(opening)(['lun-matin', 'mer-midi'], new Date(sunday));
  const { sentence, moments } = announce(dates, '34', { opening, tongue: 'arabe' });
  assert.match(sentence, /\p{Script=Arab}/u);
  assert.ok(sentence.includes('\u206634\u2069'));
  assert.equal(moments.length, 2);
  for (const moment of moments) assert.match(moment, /\u2066\d+:\d\d\u2069/);
  const far = slotDatesFor(opening)(['ven-matin'], new Date('2026-12-24T07:00:00Z'));
  const [passedOver = ''] = announce(far, undefined, { opening, tongue: 'anglais' }).passedOver;
  assert.match(passedOver, /Friday,? 25 December.*Friday,? 8 January/);
  assert.equal(
    writtenInstant(new Date('2026-12-01T08:00:00Z'), 'anglais').replaceAll('\u00a0', ' ').includes('9 am'),
    true,
  );
});
