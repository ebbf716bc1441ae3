// What the page that confirms a request shows: when we call, and what it can still do.
import type { Tongue } from '../service/tongues.ts';
import { type Announcement, announce, writtenInstant } from './announce.ts';
import { cancellableUntil, writeCancellable } from './cancellable.ts';
import type { ReceiveEffects } from './effects.ts';
import { endingOf } from './ending.ts';
import { isChangeable, type Outcome } from './outcome.ts';
import { referenceOf } from './reference.ts';

/**
 * `replaced`: the reference of the request whose place it took. `cancellation`: what takes it back, and until when, in words;
 * undefined once that is over.
 */
export type Confirmation = {
  reference: string;
  replaced: string | undefined;
  announcement: Announcement;
  isChangeable: boolean;
  cancellation: { token: string; until: string } | undefined;
};

/** The page of a request as it is now, in a language. */
export async function confirmationOf(
  outcome: Outcome,
  tongue: Tongue,
  effects: ReceiveEffects,
): Promise<Confirmation> {
  const { id, receivedAt, slots, replaces } = outcome;
  const now = effects.now();
  const dates = effects.slotDates(slots, new Date(receivedAt));
  const request = { id, receivedAt, dates };
  const until = cancellableUntil(request);
  const token = now <= until ? writeCancellable(request, effects.cancellations) : undefined;
  return {
    reference: referenceOf(id),
    replaced: replaces && referenceOf(replaces),
    announcement: announce(dates, await endingOf(id, effects), { opening: effects.opening, tongue }),
    isChangeable: isChangeable(outcome, now),
    cancellation: token ? { token, until: writtenInstant(until, tongue) } : undefined,
  };
}
