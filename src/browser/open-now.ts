// Open or closed right now, in Paris time, whatever the zone of the phone. Without this script the plain hours stay, which
// are never wrong.
import { rewrite } from './elements.ts';
import { keepTrue } from './minutes.ts';
import { dayAfter, inWords, parisClock, weekdayOf } from './paris-clock.ts';

/** When the line answers. Minutes since midnight in Paris; ISO weekdays (Monday is 1); ISO dates, in one text. */
export type Rule = {
  weekdays: number[];
  opensAt: number;
  closesAt: number;
  closed: string;
  /** Days on which nobody has said whether it answers. */
  holidays: string;
  /** The tag under which its days are written. */
  tongue: string;
  words: StateWords;
};

/** What is said of each state; `{jour}` stands for a day. `doubt` follows an opening that may not be. */
type StateWords = {
  open: string;
  holiday: string;
  closed: string;
  today: string;
  tomorrow: string;
  day: string;
  date: string;
  doubt: string;
};

/** The line at an instant: open or not, and the next opening, `inDays` from today in Paris. Days are ISO dates. */
type State = { open: boolean; today: string; next: { day: string; inDays: number } | undefined };

/** Says the present state in each place that carries a rule, and turns the face that goes with it to who reads. */
export function start(): void {
  keepTrue('[data-opening]', fill);
}

// On a holiday that nobody has settled, the closed face: a call may not be answered, and another number is.
function fill(place: HTMLElement): void {
  const rule = JSON.parse(place.dataset.opening as string) as Rule;
  const state = stateAt(new Date(), rule);
  const isSure = state.open && !rule.holidays.includes(state.today);
  rewrite(place.querySelector('.state'), sentence(state, rule));
  place.classList.toggle('open', isSure);
  place.classList.toggle('closed', !isSure);
  place.dataset.jour = String(weekdayOf(state.today));
}

/** The state of the line at an instant, by its rule. */
export function stateAt(at: Date, { weekdays, opensAt, closesAt, closed }: Rule): State {
  const { today, minutes } = parisClock(at);
  const works = (day: string) => weekdays.includes(weekdayOf(day)) && !closed.includes(day);
  const open = works(today) && minutes >= opensAt && minutes < closesAt;
  let next: State['next'];
  for (let inDays = minutes < opensAt ? 0 : 1; !next && inDays <= 366; inDays += 1) {
    const day = dayAfter(today, inDays);
    if (works(day)) next = { day, inDays };
  }
  return { open, today, next };
}

/** The state in words. That it is open is never said of a holiday that nobody has settled. */
export function sentence({ open, today, next }: State, { holidays, tongue, words }: Rule): string {
  if (open) return holidays.includes(today) ? words.holiday : words.open;
  if (!next) return words.closed;
  const { day, inDays } = next;
  const date = { day: 'numeric', month: 'long' } as const;
  const isNear = inDays < 7; // « lundi » is the next one; further away, a day has its date
  const said = [words.today, words.tomorrow][inDays] || (isNear ? words.day : words.date);
  const jour = inWords(day, { weekday: 'long', ...(isNear ? {} : date) }, tongue);
  return said.replace('{jour}', jour) + (holidays.includes(day) ? ` ${words.doubt}` : '');
}
