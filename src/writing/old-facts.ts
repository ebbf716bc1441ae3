// Facts that nobody has checked for long: what a source said years ago may have changed.
import type { Fact } from './facts.ts';

/**
 * The facts whose source, and whose last review if there is one, are older than `months` at an instant, oldest first.
 * A date without a day counts from its first.
 */
export function factsOlderThan(months: number, facts: Iterable<Fact>, at: Date): Fact[] {
  const limit = new Date(at);
  limit.setUTCMonth(limit.getUTCMonth() - months);
  return [...facts]
    .filter((fact) => new Date(lastSeen(fact)) < limit)
    .sort((one, other) => lastSeen(one).localeCompare(lastSeen(other)));
}

function lastSeen({ date, reviewed = '' }: Fact): string {
  return reviewed > date ? reviewed : date;
}
