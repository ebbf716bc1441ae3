// The dates of the moments that may be ticked, in the order in which they come. Without this script the table keeps its week
// days, and the server counts the dates by the same rule.
import { all, rewrite } from './elements.ts';
import { keepTrue } from './minutes.ts';
import { dayAfter, inWords, parisClock, weekdayOf } from './paris-clock.ts';

const leastLeftMinutes = 60;
const farthestDays = 21;
const never = '9'; // after every date
const short = { weekday: 'short', day: 'numeric', month: 'short' } as const;
const long = { weekday: 'long', day: 'numeric', month: 'long' } as const;

/** What is offered. */
export type SlotRule = {
  /** The ISO weekday (Monday is 1) of each day, by its key: `lun`. */
  days: Record<string, number>;
  /** Where each part of a day begins and ends, in minutes since midnight in Paris, by its key: `matin`. */
  parts: Record<string, number[]>;
  /** What is not offered, each followed by a space: `2026-12-25`, `2026-12-03-midi`, or every week `jeu-midi`. */
  closed: string;
};

/** The tag under which dates are written, and what is said of a part of a day that is closed, or under way. */
type Words = { tongue: string; none: string; begun: string };

/** The next day, an ISO date, of a slot: a day and a part, `lun-matin`. `isBegun`: its part of the day is under way. */
export type SlotDay = { slot: string; date: string; isBegun: boolean };

/**
 * The next day of each slot after an instant, in the order of the rule: today while an hour is left, and never when nobody
 * surely calls: then a week later, three weeks ahead at most. A slot that has none is left out.
 */
export function datesAt(at: Date, { days, parts, closed }: SlotRule): SlotDay[] {
  const { today, minutes } = parisClock(at);
  const found: SlotDay[] = [];
  for (const [key, weekday] of Object.entries(days)) {
    for (const [part, [from = 0, to = 0]] of Object.entries(parts)) {
      const slot = `${key}-${part}`;
      let inDays = (weekday - weekdayOf(today) + 7) % 7;
      if (!inDays && to - minutes < leastLeftMinutes) inDays = 7;
      for (; inDays <= farthestDays; inDays += 7) {
        const date = dayAfter(today, inDays);
        if ([slot, date, `${date}-${part}`].some((one) => closed.includes(`${one} `))) continue;
        found.push({ slot, date, isBegun: !inDays && minutes > from });
        break;
      }
    }
  }
  return found;
}

/** Dates the table, and keeps it true. */
export function start(): void {
  keepTrue('[data-creneaux]', dateTable);
}

function dateTable(table: HTMLElement): void {
  const rule = JSON.parse(table.dataset.creneaux as string) as SlotRule & Words;
  const dates = datesAt(new Date(), rule);
  const rows = all<HTMLElement>(table, 'tbody tr');
  rows.forEach((row) => {
    dateRow(row, dates, rule);
  });
  table.classList.add('dated'); // what is only said of week days is no longer
  const dayOf = (row: HTMLElement) => row.dataset.jour as string;
  const inOrder = rows.slice().sort((one, other) => (dayOf(one) < dayOf(other) ? -1 : 1));
  if (inOrder.some((row, index) => row !== rows[index])) move(inOrder);
}

// A row reads its nearest day; a part that comes later says its own. One that is closed for three weeks comes last.
function dateRow(row: HTMLElement, dates: SlotDay[], words: Words): void {
  const cells = all<HTMLInputElement>(row, 'input').map((box) => ({
    box,
    found: dates.find(({ slot }) => slot === box.value),
  }));
  const [day = never] = cells.map(({ found }) => (found ? found.date : never)).sort();
  row.dataset.jour = day;
  if (day !== never) rewrite(row.querySelector('th'), inWords(day, short, words.tongue));
  cells.forEach(({ box, found }) => {
    const label = box.parentElement as HTMLElement;
    box.disabled = !found;
    if (found) rewrite(label.querySelector('b'), inWords(found.date, long, words.tongue));
    rewrite(label.querySelector('small'), note(found, day, words));
  });
}

function note(found: SlotDay | undefined, day: string, { tongue, none, begun }: Words): string {
  if (!found) return none;
  if (found.date !== day) return inWords(found.date, { ...short, weekday: undefined }, tongue);
  return found.isBegun ? begun : '';
}

// A box that moves keeps its tick, and loses the focus.
function move(rows: HTMLElement[]): void {
  const focused = document.activeElement as HTMLElement;
  rows.forEach((row) => {
    (row.parentElement as HTMLElement).append(row);
  });
  if (focused !== document.activeElement) focused.focus({ preventScroll: true });
}
