// What is counted of requests, by month, for a yearly report: how many, never who. A count only goes up.
import { parisTime } from '../service/calendar.ts';
import { origins } from './fields.ts';
import type { Rappel } from './rappel.ts';

/**
 * Everything that is counted. `kept-…`: a request, by where its form stood: a page of ours, the frame on a partner's, a form
 * in another language. `two-tries`: one that asks for two. `changed`: one that took the place of another; it is not counted
 * as kept again. `cancelled-unread`, `cancelled-read`: taken back before its mail left, or after. `late`: its mail left after
 * its last moment.
 */
export const countNames = [
  'kept-form',
  'kept-frame',
  'kept-translated',
  'two-tries',
  'changed',
  'cancelled-unread',
  'cancelled-read',
  'cancelled-by-reference',
  'late',
] as const;

export type CountName = (typeof countNames)[number];

/** What was counted in a month, from 1 to 12. */
export type Count = { month: number; name: CountName; count: number };

/** The month of an instant (milliseconds since 1970) on a Paris clock: `2026-11`. */
export function monthOf(at: number): string {
  return parisTime(new Date(at)).date.slice(0, 7);
}

/** What a request counts as, once kept; `origin` is what its form says of where it stood. */
export function countedAs(origin: string, { readIn, tries }: Pick<Rappel, 'readIn' | 'tries'>): CountName[] {
  const elsewhere = origin === origins.frame ? 'kept-frame' : 'kept-form';
  const kept = readIn ? 'kept-translated' : elsewhere;
  return tries === '2' ? [kept, 'two-tries'] : [kept];
}

/** What a request that was just kept counts as. `isChange`: it took the place of one that was counted. A test is nobody's. */
export function countsOf(
  { isTest, counts = [] }: { isTest?: boolean | undefined; counts?: readonly CountName[] | undefined },
  isChange: boolean,
): readonly CountName[] {
  if (isTest) return [];
  return isChange ? ['changed'] : counts;
}
