// The pages of the built site, found where they are.
import { globSync } from 'node:fs';

/** The folder of the built pages. */
export const built = new URL('../../dist/client/', import.meta.url).pathname;

// Other languages are made alike: four scripts stand for the page of each, that which is read from the right and that with the
// tallest letters for what each has besides; tests/journeys/other-languages.spec.ts opens all of them.
const stand =
  /^langues\/((anglais|arabe|chinois|tamoul)\.html|(arabe|tamoul)\/(rappel|traces)\.html|arabe\/trop\.html)$/;
const isLikeAnother = (file: string) => file.startsWith('langues/') && !stand.test(file);

/**
 * Every built page, as a file of that folder. Not those that only live inside another: the verification
 * (`tests/journeys/verification.spec.ts` visits it) and the frames of partners (`tests/partners/frame.test.ts`).
 */
export const files = globSync('**/*.html', {
  cwd: built,
  exclude: ['contact/verification.html', 'encart.html', 'encart/*', 'encart/*/*'],
})
  .filter((file) => !isLikeAnother(file))
  .sort();

/** The address of a built page. */
export function addressOf(file: string): string {
  return `/${file.replace(/(index)?\.html$/, '')}`;
}

// Answers to something else than their own address.
const answers = /(^|\/)(404|500|refus|trop)\.html$/;

/** The addresses of the built pages, then an unknown one and one that came too late. */
export const addresses = [
  ...files.filter((file) => !answers.test(file)).map(addressOf),
  ...['/inconnue', '/contact/suite?jeton=x'],
];
