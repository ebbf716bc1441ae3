// Five invented requests, sent the whole way to the mailbox for tests: the team learns there to read the true ones.
import type { ReceiveEffects } from './effects.ts';
import type { Slot } from './fields.ts';
import { type Message, messageFor, type Stamp, tooLate } from './message.ts';
import { cancellationOf } from './message-cancellation.ts';
import { asExercise } from './message-example.ts';
import type { Rappel } from './rappel.ts';
import type { SlotDate } from './slots.ts';

/** What the exercise is made of, an e-mail each: in this order they leave. */
export const exerciseSteps = [
  'simple',
  'other-language',
  'to-cancel',
  'cancelled',
  'to-replace',
  'replaced',
  'late',
] as const;

type Step = (typeof exerciseSteps)[number];

// Kept for fiction: these numbers ring at nobody's.
const forms: Record<
  'simple' | 'other-language' | 'to-cancel' | 'to-replace' | 'replacing' | 'late',
  string[][]
> = {
  simple: [['tel', '01 99 00 10 01']],
  'other-language': [
    ['tel', '06 39 98 10 02'],
    ['langue', 'tamoul'],
    ['message', 'neutre'],
  ],
  'to-cancel': [
    ['tel', '01 99 00 10 03'],
    ['eviter', 'à 16 h 30'],
    ['essais', '2'],
  ],
  'to-replace': [
    ['tel', '01 99 00 10 04'],
    ['mot', 'hirondelle'],
    ['eviter', 'vendredi midi'],
  ],
  replacing: [['tel', '01 99 00 10 05']],
  late: [
    ['tel', '01 99 00 10 06'],
    ['tiers', 'erreur'],
  ],
};

const dayMs = 24 * 3_600_000;

// Longer ago than the farthest date that a request can have: all its moments have passed.
const longAgoMs = 28 * dayMs;

/** Keeps the e-mails of an exercise and gives their ids. Nothing of it is counted. Throws when a step of the way is broken. */
export async function keepExercise(effects: ReceiveEffects): Promise<string[]> {
  const at = effects.now();
  const messages = exercise(at, effects);
  const ids: string[] = [];
  for (const [n, step] of exerciseSteps.entries()) {
    const receivedAt = at.getTime() - (exerciseSteps.length - n) * 1000; // the order in which they leave
    ids.push(await keep(messages[step], receivedAt, effects));
  }
  effects.wake();
  return ids;
}

// The mail of a request bears its id, by which those that follow it tie in.
type Mail = { id: string; message: Message };

function exercise(at: Date, effects: ReceiveEffects): Record<Step, Mail> {
  const write = (form: keyof typeof forms, stamp: Partial<Stamp> = {}) => {
    const id = effects.newId();
    const { receivedAt = at } = stamp;
    const { rappel, dates } = read(form, receivedAt, effects);
    const message = messageFor(rappel, dates, { ...stamp, id, receivedAt, mailbox: effects.mailbox });
    return { id, receivedAt, dates, message };
  };
  const late = write('late', { receivedAt: new Date(at.getTime() - longAgoMs) });
  const toCancel = write('to-cancel');
  const toReplace = write('to-replace');
  const { id, dates } = toReplace;
  return {
    simple: write('simple'),
    'other-language': write('other-language'),
    'to-cancel': toCancel,
    cancelled: { id: effects.newId(), message: cancellationOf(toCancel, at, []) },
    'to-replace': toReplace,
    replaced: write('replacing', { replaces: { id, dates, lost: ['avoid', 'codeWord'] } }),
    late: { ...late, message: tooLate(late.message) },
  };
}

function read(
  name: keyof typeof forms,
  at: Date,
  { parse, slotDates }: ReceiveEffects,
): { rappel: Rappel; dates: SlotDate[] } {
  const form = new FormData();
  for (const [field = '', answer = ''] of forms[name]) form.set(field, answer);
  for (const slot of slots) form.append('quand', slot);
  const parsed = parse(form);
  if (!parsed.ok) throw new Error('The form of the exercise is refused');
  return { rappel: parsed.rappel, dates: slotDates(parsed.rappel.slots, at) };
}

const slots: Slot[] = ['lun-matin', 'jeu-apres-midi'];

// Each by itself: what takes the place of another would otherwise keep it from leaving.
async function keep({ id, message }: Mail, receivedAt: number, effects: ReceiveEffects): Promise<string> {
  const envelope = { id, receivedAt, isTest: true };
  const sealed = await effects.seal(asExercise(message), envelope);
  await effects.outbox.put({ ...envelope, sealed, form: { content: id, changeableSince: 0 } });
  return id;
}
