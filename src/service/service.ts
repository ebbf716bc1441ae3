// What the line is: its name, its number, its hours, from the one file where the Département changes them. The checks
// of src/writing/ hold that file to its shape before any page is built.
import line from '../content/faits/ligne.json' with { type: 'json' };
import { unbroken } from './typography.ts';

const week = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];

/** The line as people name it. */
export const service = { name: line.nom, owner: line.proprietaire } as const;

/** The number of the line: one form to read (no-break spaces), one to dial (E.164), and what a call costs. */
export const phone = {
  written: unbroken(line.numero),
  dialled: `+33${line.numero.replaceAll(' ', '').slice(1)}`,
  cost: 'Appel non surtaxé',
} as const;

/** When the line opens and closes, as people write it. */
export const clock = { opens: line.ouvre, closes: line.ferme } as const;

/** The hours as they are written everywhere, and what is known of public holidays. */
export const hours = {
  written: `${daysWritten('du ', ' au ', 'le ')}, de ${unbroken(clock.opens)} à ${unbroken(clock.closes)}`,
  short: `${daysWritten('', ' – ', '')}, ${unbroken(clock.opens)} – ${unbroken(clock.closes)}`,
  onHolidays: line.jours_feries,
} as const;

/**
 * When the line is open. Minutes count from midnight in Europe/Paris; weekdays are ISO (Monday is 1);
 * `exceptionalClosures` are ISO dates (`2027-05-07`).
 */
export type Opening = {
  weekdays: readonly number[];
  opensAt: number;
  closesAt: number;
  closedOnHolidays: boolean;
  /** No source says yet whether the line answers on public holidays: pages say so on these days. */
  holidaysToConfirm: boolean;
  exceptionalClosures: readonly string[];
};

/** The opening rule in force. */
export const opening: Opening = {
  weekdays: line.jours.map((day) => week.indexOf(day) + 1),
  opensAt: minutesOf(line.ouvre),
  closesAt: minutesOf(line.ferme),
  closedOnHolidays: line.jours_feries === 'fermé',
  holidaysToConfirm: line.jours_feries === 'à confirmer',
  exceptionalClosures: line.fermetures,
};

// Days that follow each other are a span; others are listed.
function daysWritten(from: string, to: string, each: string): string {
  const days = line.jours;
  const isSpan = days.length > 2 && week.join().includes(days.join());
  if (isSpan) return `${from}${days[0]}${to}${days.at(-1)}`;
  return new Intl.ListFormat('fr').format(days.map((day) => `${each}${day}`));
}

function minutesOf(written: string): number {
  const [hour = 0, minute = 0] = written.split('h').map(Number);
  return hour * 60 + minute;
}
