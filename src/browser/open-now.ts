// Open or closed right now, in Paris time, whatever the zone of the phone. Without this script the plain hours stay, which
// are never wrong.
import { onContent } from './content-event.ts';
import { show, write } from './elements.ts';

const minuteMs = 60_000;

/** When the line answers. Minutes since midnight in Paris; ISO weekdays (Monday is 1); ISO dates, in one text. */
export type Rule = {
  weekdays: number[];
  opensAt: number;
  closesAt: number;
  closed: string;
  holidays: string;
};

/** The line at an instant: open or not, and the next opening, `inDays` from today in Paris. Days are ISO dates. */
type State = { open: boolean; today: string; next: { day: string; inDays: number } | undefined };

/**
 * Writes the present state into the elements that carry a rule: now, when more of the page comes or comes back, when the
 * page is looked at again, and at each new minute while it is on screen.
 */
export function start(): void {
  let nextMinute: ReturnType<typeof setTimeout>;
  const writeAll = () => {
    clearTimeout(nextMinute);
    const places = document.querySelectorAll<HTMLElement>('[data-opening]');
    places.forEach(fill);
    if (places.length && !document.hidden)
      nextMinute = setTimeout(writeAll, minuteMs - (Date.now() % minuteMs));
  };
  onContent(writeAll);
  addEventListener('pageshow', writeAll);
  addEventListener('focus', writeAll);
  document.addEventListener('visibilitychange', writeAll);
}

// Written only when it changes: each writing is a new piece of the page, and undoes the work of a translator.
function fill(place: HTMLElement): void {
  const rule = JSON.parse(place.dataset.opening as string) as Rule;
  const state = stateAt(new Date(), rule);
  const wording = sentence(state, rule);
  if (place.dataset.dit === wording) return;
  place.dataset.dit = wording;
  write(place);
  show(place);
  place.classList.toggle('open', state.open);
}

/** The state of the line at an instant, by its rule. */
export function stateAt(at: Date, { weekdays, opensAt, closesAt, closed }: Rule): State {
  // Swedish writes dates as ISO does: `2026-11-25 09:05:00`. A browser that has no Swedish fails here, and the plain
  // hours stay.
  const [today = '', time = ''] = at.toLocaleString('sv', { timeZone: 'Europe/Paris' }).split(' ');
  const [hour, minute] = time.split(':');
  const minutes = Number(hour) * 60 + Number(minute);
  const works = (day: string) => weekdays.includes(new Date(day).getUTCDay() || 7) && !closed.includes(day);
  const open = works(today) && minutes >= opensAt && minutes < closesAt;
  let next: State['next'];
  for (let inDays = minutes < opensAt ? 0 : 1; !next && inDays <= 366; inDays += 1) {
    const day = new Date(Date.parse(today) + inDays * 864e5).toISOString().slice(0, 10);
    if (works(day)) next = { day, inDays };
  }
  return { open, today, next };
}

function sentence({ open, today, next }: State, rule: Rule): string {
  const doubt = (day: string) => (rule.holidays.includes(day) ? ' (jour férié\u00a0: à confirmer)' : '');
  if (open) return `Ouvert maintenant, jusqu’à ${clock(rule.closesAt)}${doubt(today)}`;
  if (!next) return 'Fermé en ce moment';
  const name = ['aujourd’hui', 'demain'][next.inDays] || nameOf(next.day);
  return `Fermé en ce moment. Prochaine ouverture\u00a0: ${name} à ${clock(rule.opensAt)}${doubt(next.day)}`;
}

function nameOf(day: string): string {
  const parts = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return new Date(day).toLocaleDateString('fr', parts).replace(' 1 ', ' 1er ');
}

function clock(minutes: number): string {
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}\u00a0h${rest ? `\u00a0${rest}` : ''}`;
}
