// Says whether somebody answers right now, in Paris time, whatever the zone of the phone. Without this script the
// plain hours stay, which are never wrong.

/** When the line answers. Minutes since midnight in Paris; ISO weekdays (Monday is 1); ISO dates, in one text. */
export type Rule = {
  weekdays: number[];
  opensAt: number;
  closesAt: number;
  closed: string;
  holidays: string;
};

/** The line at an instant: open or not, and the date of the next opening, `inDays` from today in Paris. */
type State = { open: boolean; today: string; next: { date: string; inDays: number } | undefined };

/** Writes the present state into the elements that carry a rule, now and when more of the page has come. */
export function start(): void {
  fill();
  addEventListener('contenu', fill);
}

function fill(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-opening][hidden]')) {
    const rule = JSON.parse(place.dataset.opening ?? '') as Rule;
    const state = stateAt(new Date(), rule);
    place.textContent = sentence(state, rule);
    place.classList.toggle('open', state.open);
    place.hidden = false;
  }
}

/** The state of the line at an instant, by its rule. */
export function stateAt(at: Date, rule: Rule): State {
  const now = parisClock(at);
  const works = (date: string, weekday: number) =>
    rule.weekdays.includes(weekday) && !rule.closed.includes(date);
  const open = works(now.date, now.weekday) && now.minutes >= rule.opensAt && now.minutes < rule.closesAt;
  for (let inDays = now.minutes < rule.opensAt ? 0 : 1; inDays <= 366; inDays += 1) {
    const day = new Date(`${now.date}T00:00Z`);
    day.setUTCDate(day.getUTCDate() + inDays);
    const date = day.toISOString().slice(0, 10);
    if (works(date, day.getUTCDay() || 7)) return { open, today: now.date, next: { date, inDays } };
  }
  return { open, today: now.date, next: undefined };
}

// Swedish writes dates as ISO does: `2026-11-25 09:05:00`. A browser that has no Swedish fails here, and the plain hours
// stay.
function parisClock(at: Date): { date: string; weekday: number; minutes: number } {
  const [date = '', time = ''] = at.toLocaleString('sv', { timeZone: 'Europe/Paris' }).split(' ');
  const [hour, minute] = time.split(':');
  const weekday = new Date(`${date}T00:00Z`).getUTCDay() || 7;
  return { date, weekday, minutes: Number(hour) * 60 + Number(minute) };
}

function sentence({ open, today, next }: State, rule: Rule): string {
  const doubt = (date: string) => (rule.holidays.includes(date) ? ' (jour férié\u00a0: à confirmer)' : '');
  if (open) return `Ouvert maintenant, jusqu’à ${clock(rule.closesAt)}${doubt(today)}`;
  if (!next) return 'Fermé en ce moment';
  return `Fermé en ce moment. Prochaine ouverture\u00a0: ${dayName(next)} à ${clock(rule.opensAt)}${doubt(next.date)}`;
}

function dayName({ date, inDays }: { date: string; inDays: number }): string {
  if (inDays === 0) return 'aujourd’hui';
  if (inDays === 1) return 'demain';
  const written = new Intl.DateTimeFormat('fr-FR', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return written.format(new Date(`${date}T00:00Z`)).replace(' 1 ', ' 1er ');
}

function clock(minutes: number): string {
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}\u00a0h${rest ? `\u00a0${rest}` : ''}`;
}
