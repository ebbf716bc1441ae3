// The month of what papers say, printed at their foot: who finds a poster on a wall knows how old it is. When a word of a
// paper changes, a test asks for the month of the change here; a build does not move it.
const year = 2026;
const month = 11;

/** The day that the files carry: a real one would change every file at every build. */
export const versionDay = new Date(Date.UTC(year, month - 1, 1));

/** « Version de novembre 2026 ». */
export const versionWords = `Version ${monthOf(versionDay)}`;

function monthOf(day: Date): string {
  const written = day.toLocaleDateString('fr', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return /^[aeiou]/.test(written) ? `d’${written}` : `de ${written}`;
}
