// Messages of forms, for tests: received on Monday 23 November 2026 at 9:05 unless they say otherwise.
import assert from 'node:assert/strict';
import { type Opening, opening } from '../service/service.ts';
import type { Tongue } from '../service/tongues.ts';
import { formOf, idOf } from './effects.fake.ts';
import { fields, type Slot, slotsOf } from './fields.ts';
import { type Message, messageFor, type Stamp, tooLate } from './message.ts';
import { cancellationByReference, cancellationOf } from './message-cancellation.ts';
import { asExercise } from './message-example.ts';
import { mostListed } from './outbox.ts';
import { parserFor } from './rappel.ts';
import { type SlotDate, slotDatesFor } from './slots.ts';

const receivedAt = new Date('2026-11-23T08:05:00Z');

/** Every answer, in Latin letters. */
export const everything = {
  tel: '01 99 00 56 78',
  quand: ['lun-matin', 'mar-midi', 'jeu-midi', 'jeu-apres-midi'],
  eviter: 'mercredi toute la journée',
  tiers: 'autre',
  tiers_phrase: 'C’est pour le jardin partagé',
  message: 'nom',
  essais: '2',
  mot: 'hirondelle',
  prenom: 'Zoé',
};

/** The e-mail for a form with some answers, read in a language. */
export function messageOf(
  answers: Record<string, string | string[]> = {},
  { tongue, ...stamp }: Partial<Stamp> & { tongue?: Tongue } = {},
  hours: Opening = opening,
): Message {
  const parsed = parserFor(hours)(formOf(answers), tongue);
  assert.ok(parsed.ok);
  const at = stamp.receivedAt ?? receivedAt;
  const dates = datesOf(parsed.rappel.slots, at, hours);
  return messageFor(parsed.rappel, dates, {
    ...{ id: idOf(1), receivedAt: at, mailbox: 'equipe@example.org' },
    ...stamp,
  });
}

/** The dates of some slots for a form received then. */
export function datesOf(slots: readonly Slot[], at = receivedAt, hours: Opening = opening): SlotDate[] {
  return slotDatesFor(hours)(slots, at);
}

/** Messages of every size: the shortest request, the fullest replacement with its two calendars, what is said in their place. */
export function fromShortestToFullest(): Message[] {
  const limits = Object.entries(fields).flatMap(([name, field]) =>
    'limit' in field ? [[name, '🌿'.repeat(field.limit)]] : [],
  );
  const fullest = {
    ...Object.fromEntries(limits),
    ...{ tel: '06 39 98 12 34', tiers: 'autre', message: 'nom', essais: '2' },
  };
  const slots = slotsOf(opening);
  const mostSpans = slots.filter((slot) => !slot.endsWith('-midi') || slot.endsWith('-apres-midi'));
  const at = new Date('2026-12-23T12:00:00Z'); // two holidays stand in the way
  const others = Array(mostListed.others).fill(idOf(3));
  const both = [slots, mostSpans].flatMap((quand) => {
    const stamp = {
      ...{ receivedAt: at, mailbox: 'equipe-de-la-ligne-un-premier-pas@departement-du-val-de-marne.example' },
      replaces: { id: idOf(2), dates: datesOf(quand, at), lost: ['avoid', 'codeWord'] as const },
      ...{ others, isUnverified: true },
    };
    const twice = { ...stamp, given: Array(mostListed.given).fill(idOf(4)) };
    return [messageOf({ ...fullest, quand }, stamp), messageOf({ ...fullest, quand }, twice)];
  });
  const withdrawn = { id: idOf(1), receivedAt: at, dates: datesOf(mostSpans, at) };
  return [
    messageOf(),
    ...both.flatMap((one) => [one, tooLate(one), asExercise(one)]),
    cancellationOf({ ...withdrawn, dates: [] }, at, []),
    cancellationOf(withdrawn, at, others),
    cancellationByReference('croissant-pamplemousse 99', '34', at),
  ];
}
