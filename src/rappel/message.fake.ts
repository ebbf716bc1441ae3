// Messages of forms, for tests: received on Monday 23 November 2026 at 9:05 unless they say otherwise.
import assert from 'node:assert/strict';
import { type Opening, opening } from '../service/service.ts';
import { formOf, idOf } from './effects.fake.ts';
import type { Slot } from './fields.ts';
import { type Message, messageFor, type Stamp } from './message.ts';
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

/** The e-mail for a form with some answers. */
export function messageOf(
  answers: Record<string, string | string[]> = {},
  stamp: Partial<Stamp> = {},
  hours: Opening = opening,
): Message {
  const parsed = parserFor(hours)(formOf(answers));
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
