// The dates of the facts that we say of the line, from the facts that state it.
import facts from '../content/faits/service.json' with { type: 'json' };

/** The date of the newest source of the number and of the hours, or of the team's last review: a year, a month or a day. */
export const knownAsOf = { number: dateOf('ligne-numero'), hours: dateOf('ligne-horaires') } as const;

function dateOf(key: 'ligne-numero' | 'ligne-horaires'): string {
  const fact: { date: string; revu?: string } = facts[key];
  return fact.revu ?? fact.date;
}
