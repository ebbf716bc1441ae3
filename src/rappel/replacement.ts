// A request that takes the place of another: what the team must take out of its agenda, and what the new one forgets.
import type { ReceiveEffects } from './effects.ts';
import type { FieldName } from './fields.ts';
import type { Stamp } from './message.ts';
import type { Lost } from './message-related.ts';
import type { Outcome } from './outcome.ts';
import type { Rappel } from './rappel.ts';

// What was asked for, and would be followed less strictly once it is forgotten.
const losses = [
  { field: 'eviter', loss: 'avoid' },
  { field: 'mot', loss: 'codeWord' },
] as const satisfies { field: FieldName; loss: Lost }[];

/**
 * What the e-mail says of the request whose place another takes. Of the one that its page shows (`changed`), the token knows
 * the moments, and whether a ban was typed; of one that took that one's place meanwhile, nobody here does.
 */
export function replacedBy(
  rappel: Rappel,
  { id, changed }: { id: string; changed: Outcome | undefined },
  { slotDates }: Pick<ReceiveEffects, 'slotDates'>,
): NonNullable<Stamp['replaces']> {
  if (changed?.id !== id) return { id };
  const lost = lostFrom(changed, rappel);
  return {
    id,
    dates: slotDates(changed.slots, new Date(changed.receivedAt)),
    lost: losses.filter(({ field }) => lost.includes(field)).map(({ loss }) => loss),
  };
}

/** The fields whose loss matters, filled in for the first request and empty in the one that takes its place. */
export function lostFrom(changed: Outcome | undefined, rappel: Rappel): FieldName[] {
  return losses
    .filter(({ field, loss }) => changed?.typed.includes(field) && !rappel[loss])
    .map(({ field }) => field);
}
