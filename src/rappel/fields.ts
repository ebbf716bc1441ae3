// The questions of the callback form: names, answers, limits. Shared by the form, the parser and the e-mail;
// free of any library, because the components may know it.
import { dayParts, writtenTime } from '../service/calendar.ts';
import type { Opening } from '../service/service.ts';

/**
 * A question of the form: its words are those of `champ.` and its name (service/words.ts). `property`: what a checked request
 * calls its answer. `limit`: characters (code points) of a cleaned answer in free text.
 */
type Field = { property: string; limit?: number };

/** Every question, by the name its answer travels under, in the order of the form: a fingerprint of a request keeps it. */
export const fields = {
  tel: { property: 'phone' },
  quand: { property: 'slots' },
  eviter: { property: 'avoid', limit: 120 },
  tiers: { property: 'otherAnswer' },
  tiers_phrase: { property: 'otherPhrase', limit: 60 },
  message: { property: 'voicemail' },
  essais: { property: 'tries' },
  mot: { property: 'codeWord', limit: 30 },
  prenom: { property: 'firstName', limit: 40 },
  langue: { property: 'language', limit: 40 },
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof fields;

/** Every question, in the order of the form. */
export const fieldNames = Object.keys(fields) as FieldName[];

/** The answers of a form, by what a checked request calls them. */
export type ByProperty<Answers extends Record<FieldName, unknown>> = {
  [Name in FieldName as (typeof fields)[Name]['property']]: Answers[Name];
};

/** Answers that came under the names of the form, as a checked request calls them, in the same order. */
export function byProperty<Answers extends Record<FieldName, unknown>>(
  answers: Answers,
): ByProperty<Answers> {
  const entries = fieldNames.map((name) => [fields[name].property, answers[name]]);
  return Object.fromEntries(entries) as ByProperty<Answers>;
}

/** What a checked request holds under its own names, as the form calls it. */
export function byField(request: { [Name in FieldName as (typeof fields)[Name]['property']]?: unknown }) {
  return fieldNames.map((name) => ({ name, answer: request[fields[name].property] }));
}

/** What travels beside the answers, by the name it travels under. */
export const hidden = {
  /** The sealed token of the request that a form changes or takes back, or that a page shows. */
  token: 'jeton',
  /** Drawn by the page: the same form sent twice is one request. */
  pageKey: 'cle',
  /** How many seconds the page was open. */
  seconds: 'duree',
  /** A line that nobody sees: whoever fills it in is a machine. */
  trap: 'objet',
  /** What hCaptcha gave. */
  proof: 'preuve',
  /** Whether hCaptcha can be asked, or is not wanted. */
  verification: 'verification',
  /** Where the form stood: `origins` has what it may say, and counts it; anything else is a page of ours. */
  origin: 'par',
} as const;

/** Where a form may stand but on a page of ours: in the frame of a partner. */
export const origins = { frame: 'encart' } as const;

/** The two fields of a cancellation by reference, by the names they travel under. */
export const byReference = { reference: 'reference', ending: 'fin' } as const;

/** What travels under a name, '' when it is missing. */
export function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

const week = [
  { key: 'lun', label: 'lundi', weekday: 1 },
  { key: 'mar', label: 'mardi', weekday: 2 },
  { key: 'mer', label: 'mercredi', weekday: 3 },
  { key: 'jeu', label: 'jeudi', weekday: 4 },
  { key: 'ven', label: 'vendredi', weekday: 5 },
] as const;

/** A weekday on which a call may be asked for; `weekday` is ISO (Monday is 1). */
export type Day = (typeof week)[number];

/** Those of a line. */
export function daysOf({ weekdays }: Opening): Day[] {
  return week.filter(({ weekday }) => weekdays.includes(weekday));
}

/** The parts of a day of a line; `from` and `to` are minutes since midnight in Europe/Paris. */
export function periodsOf({ opensAt, closesAt }: Opening) {
  const [morning, midday, afternoon] = dayParts;
  const [noon, two] = [12 * 60, 14 * 60];
  const [opens, closes] = [writtenTime(opensAt), writtenTime(closesAt)];
  return [
    { key: 'matin', label: morning, hours: `${opens} – 12 h`, from: opensAt, to: noon },
    { key: 'midi', label: midday, hours: '12 h – 14 h', from: noon, to: two },
    { key: 'apres-midi', label: afternoon, hours: `14 h – ${closes}`, from: two, to: closesAt },
  ] as const;
}

/** A part of a day that may be ticked. */
export type Slot = `${Day['key']}-${ReturnType<typeof periodsOf>[number]['key']}`;

/** Every slot that a line offers, in the order of the form. */
export function slotsOf(opening: Opening): Slot[] {
  return daysOf(opening).flatMap((day) =>
    periodsOf(opening)
      .filter((period) => !isClosedOn(day.label, period, opening))
      .map(({ key }): Slot => `${day.key}-${key}`),
  );
}

/** Slots in a few words of French, for the team: `lundi, mardi matin`. */
export function writtenSlots(chosen: readonly Slot[], opening: Opening): string {
  const periods = periodsOf(opening);
  const days = daysOf(opening).flatMap((day) => {
    const parts = periods.filter(({ key }) => chosen.includes(`${day.key}-${key}`));
    if (parts.length === periods.length) return [day.label];
    return parts.map(({ label }) => `${day.label} ${label}`);
  });
  return days.join(', ');
}

/** What ticks every slot at once. */
export const anySlot = 'tous';

/** Whether the team calls nobody in a part of a day: on an ISO date, or each week on a day that is named. */
export function isClosedOn(day: string, { label }: { label: string }, { closedSlots }: Opening): boolean {
  return closedSlots.includes(`${day} ${label}`);
}

/** What we may do when somebody else answers. Their words are those of `choix.`. */
export const otherAnswers = ['raccrocher', 'erreur', 'autre'] as const;

/** What we may leave on an answering machine. */
export const voicemails = ['aucun', 'neutre', 'nom'] as const;

/** How many times we may try. */
export const tries = ['1', '2'] as const;

export type OtherAnswer = (typeof otherAnswers)[number];
export type Voicemail = (typeof voicemails)[number];
export type Tries = (typeof tries)[number];
