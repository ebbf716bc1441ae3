// What the line is: its name, its number, its hours. Each of these facts is written here and nowhere else.
// Sources: fact sheet 1.1, 1.3, 1.9, 1.10 and 1.12, to be confirmed for 2026 (docs/a-valider.md).

/** The line as people name it. */
export const service = {
  name: 'Un premier pas',
  owner: 'Département du Val-de-Marne',
} as const;

/** The number of the line: one form to read (no-break spaces), one to dial (E.164). */
export const phone = {
  written: '01\u00a089\u00a011\u00a094\u00a094',
  dialled: '+33189119494',
} as const;

/** The hours as they are written everywhere. */
export const hours = {
  written: 'du lundi au vendredi, de 9\u00a0h à 17\u00a0h',
  short: 'lundi – vendredi, 9\u00a0h – 17\u00a0h',
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
  exceptionalClosures: readonly string[];
};

/**
 * The opening rule in force. No source says whether the line closes on public holidays, so
 * `closedOnHolidays` stays false and pages say « à confirmer » on these days.
 */
export const opening: Opening = {
  weekdays: [1, 2, 3, 4, 5],
  opensAt: 9 * 60,
  closesAt: 17 * 60,
  closedOnHolidays: false,
  exceptionalClosures: [],
};
