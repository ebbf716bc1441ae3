// Takes a request back by its reference, from anywhere: the page is gone, the reference is remembered. Nothing here looks
// whether a request has it: the team compares, and whoever guesses learns nothing.
import type { Word } from '../service/words.ts';
import type { ReceiveEffects } from './effects.ts';
import { byReference, textIn } from './fields.ts';
import { codeOf } from './journal.ts';
import { cancellationByReference } from './message-cancellation.ts';
import { rememberedMs } from './outbox.ts';
import { isRecent } from './outcome.ts';
import { plainDigits } from './phone.ts';
import { readReference } from './reference.ts';
import { readOpaque, writeOpaque } from './seal.ts';

/** A reference of ours, and two digits. */
export type Referred = { reference: string; ending: string };

/** What is to correct: a key of the words of every language. */
export type ReferenceProblem = {
  field: keyof typeof byReference;
  word: Extract<Word, 'erreur.reference' | 'erreur.chiffres'>;
};

/** Reads the form: its two answers, or what is to correct. */
export function readReferred(
  form: FormData,
): { ok: true; referred: Referred } | { ok: false; problems: ReferenceProblem[] } {
  const reference = readReference(plainDigits(textIn(form, byReference.reference)));
  const ending = readEnding(textIn(form, byReference.ending));
  if (reference && ending) return { ok: true, referred: { reference, ending } };
  const problems = [...(reference ? [] : [notOurs]), ...(ending ? [] : [notTwoDigits])];
  return { ok: false, problems };
}

const notOurs: ReferenceProblem = { field: 'reference', word: 'erreur.reference' };
const notTwoDigits: ReferenceProblem = { field: 'ending', word: 'erreur.chiffres' };

const longestTyped = 40;

// Whoever writes the whole number has written its end.
function readEnding(typed: string): string | undefined {
  if (typed.length > longestTyped) return undefined;
  const digits = plainDigits(typed.normalize('NFKC')).replace(/\D/g, '');
  return digits.length === 2 || digits.length >= 8 ? digits.slice(-2) : undefined;
}

/** What became of it. `token` opens the page that says so. */
export type ReferredKept = { kind: 'noted'; token: string } | { kind: 'not-kept' };

/**
 * Tells the team, once in two days for the same answers. Whether a request has that reference, and whether the team was told
 * before, makes no difference that could be seen.
 */
export async function cancelByReference(
  referred: Referred,
  effects: ReceiveEffects,
  { isUnverified }: { isUnverified: boolean },
): Promise<ReferredKept> {
  const { reference, ending } = referred;
  const at = effects.now();
  const key = effects.digest(`annulation:${reference} ${ending}`);
  const own = { key, since: at.getTime() - rememberedMs };
  const envelope = { id: effects.newId(), receivedAt: at.getTime() };
  try {
    const sealed = await effects.seal(cancellationByReference(reference, ending, at), envelope);
    const form = { content: key, own, changeableSince: 0 };
    const put = await effects.outbox.put({
      ...envelope,
      ...{ sealed, isUnverified, form },
      counts: ['cancelled-by-reference'],
    });
    if (put.kind === 'kept') effects.wake();
    const noted: Noted = { reference, writtenAt: at.getTime() };
    return { kind: 'noted', token: writeOpaque({ noted }, effects.tokens) };
  } catch (error) {
    effects.journal('cancellation-not-kept', { code: codeOf(error) });
    return { kind: 'not-kept' };
  }
}

type Noted = { reference: string; writtenAt: number };

/** The reference of which the team was told, from the address of the page that says so: for thirty minutes. */
export function readNoted(
  token: string,
  { now, tokens }: Pick<ReceiveEffects, 'now' | 'tokens'>,
): string | undefined {
  const noted = readOpaque<{ noted?: Noted }>(token, tokens)?.noted;
  return noted && isRecent(noted.writtenAt, now()) ? noted.reference : undefined;
}
