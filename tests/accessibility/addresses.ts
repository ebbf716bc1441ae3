// The pages of the built site, found where they are.
import { globSync } from 'node:fs';

/** The folder of the built pages. */
export const built = new URL('../../dist/client/', import.meta.url).pathname;

// Other languages are made alike: that which is read from the right and that with the tallest letters stand for what each of
// them has; tests/journeys/other-languages.spec.ts opens all of them.
const likeAnother = /^langues\/(bengali|persan|polonais|russe|vietnamien|(?!arabe|tamoul)\w+\/)/;

/**
 * Every built page, as a file of that folder. Not those that only live inside another: the verification
 * (`tests/journeys/verification.spec.ts` visits it) and the frames of partners (`tests/partners/frame.test.ts`).
 */
export const files = globSync('**/*.html', {
  cwd: built,
  exclude: ['contact/verification.html', 'encart.html', 'encart/*', 'encart/*/*'],
})
  .filter((file) => !likeAnother.test(file))
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
