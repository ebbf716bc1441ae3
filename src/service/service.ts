// What the line is: its name, its number, its hours, from the one file where the Département changes them. The checks
// of src/writing/ hold that file to its shape before any page is built.
import facts from '../content/faits/ligne.json' with { type: 'json' };
import { unbroken } from './typography.ts';

/** The facts of a line, as their file gives them. */
export type LineFacts = {
  nom: string;
  proprietaire: string;
  numero: string;
  jours: string[];
  ouvre: string;
  ferme: string;
  jours_feries: string;
  fermetures: string[];
  creneaux_fermes: string[];
  numero_affiche: string;
  message_neutre: string;
  appel_hors_horaires: string;
  interpretes: { langue: string; jours: string[]; ouvre: string; ferme: string }[];
};

/**
 * When the line is open. Minutes count from midnight in Europe/Paris; weekdays are ISO (Monday is 1);
 * `exceptionalClosures` are ISO dates (`2027-05-07`). `closedSlots`: parts of a day in which the line answers and the team
 * calls nobody, as it writes them: `2026-12-03 après-midi`, or `jeudi après-midi` for every week.
 */
export type Opening = {
  weekdays: readonly number[];
  opensAt: number;
  closesAt: number;
  closedOnHolidays: boolean;
  /** No source says yet whether the line answers on public holidays: pages say so on these days. */
  holidaysToConfirm: boolean;
  exceptionalClosures: readonly string[];
  closedSlots: readonly string[];
};

/** A line as it is shown everywhere. */
export type Line = {
  /** As people name it. */
  service: { name: string; owner: string };
  /** One form to read (no-break spaces), one to dial (E.164), and what a call costs. */
  phone: { written: string; dialled: string; cost: string };
  /** When it opens and closes, as people write it. */
  clock: { opens: string; closes: string };
  /** The hours as they are written everywhere, and what is known of public holidays. */
  hours: { written: string; short: string; onHolidays: string };
  opening: Opening;
  /**
   * What only the Département can say of calls, each a sentence: the number that a phone shows when the team calls, what it
   * leaves on a machine, what a call meets while the line is closed. '' while nobody has said; the message has a neutral one.
   */
  callbacks: { callerId: string; voicemail: string; closedCall: string };
  /** When an interpreter can translate a call, by language: ISO weekdays, minutes from midnight in Paris. */
  interpreters: Map<string, { weekdays: number[]; from: number; to: number }>;
};

const neutralVoicemail = 'Bonjour, je rappellerai.';

const week = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];

/** The line in force, and its parts. */
export const line = lineFrom(facts);
export const { service, phone, clock, hours, opening, callbacks, interpreters } = line;

/** The line that some facts make. */
export function lineFrom({ jours, ouvre, ferme, jours_feries, ...facts }: LineFacts): Line {
  const [opens, closes] = [unbroken(ouvre), unbroken(ferme)];
  return {
    service: { name: facts.nom, owner: facts.proprietaire },
    phone: {
      written: unbroken(facts.numero),
      dialled: `+33${facts.numero.replaceAll(' ', '').slice(1)}`,
      cost: 'Appel non surtaxé',
    },
    clock: { opens: ouvre, closes: ferme },
    hours: {
      written: `${daysWritten(jours, { from: 'du ', to: ' au ', each: 'le ' })}, de ${opens} à ${closes}`,
      short: `${daysWritten(jours, { from: '', to: ' – ', each: '' })}, ${opens} – ${closes}`,
      onHolidays: jours_feries,
    },
    opening: {
      weekdays: numbered(jours),
      opensAt: minutesOf(ouvre),
      closesAt: minutesOf(ferme),
      closedOnHolidays: jours_feries === 'fermé',
      holidaysToConfirm: jours_feries === 'à confirmer',
      exceptionalClosures: facts.fermetures,
      closedSlots: facts.creneaux_fermes,
    },
    callbacks: {
      callerId: facts.numero_affiche,
      voicemail: facts.message_neutre || neutralVoicemail,
      closedCall: facts.appel_hors_horaires,
    },
    interpreters: new Map(
      facts.interpretes.map(({ langue, jours, ouvre, ferme }) => [
        langue,
        { weekdays: numbered(jours), from: minutesOf(ouvre), to: minutesOf(ferme) },
      ]),
    ),
  };
}

type Span = { from: string; to: string; each: string };

// Days that follow each other are a span; others are listed.
function daysWritten(days: string[], { from, to, each }: Span): string {
  const isSpan = days.length > 2 && week.join().includes(days.join());
  if (isSpan) return `${from}${days[0]}${to}${days.at(-1)}`;
  return new Intl.ListFormat('fr').format(days.map((day) => `${each}${day}`));
}

function numbered(days: string[]): number[] {
  return days.map((day) => week.indexOf(day) + 1);
}

function minutesOf(written: string): number {
  const [hour = 0, minute = 0] = written.split('h').map(Number);
  return hour * 60 + minute;
}
