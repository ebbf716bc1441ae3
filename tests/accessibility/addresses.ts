// The pages of the built site, found where they are.
import { globSync } from 'node:fs';

/** The folder of the built pages. */
export const built = new URL('../../dist/client/', import.meta.url).pathname;

/**
 * Every built page, as a file of that folder. Not those that only live inside another: the verification
 * (`tests/journeys/verification.spec.ts` visits it) and the frames of partners (`tests/partners/frame.test.ts`).
 */
export const files = globSync('**/*.html', {
  cwd: built,
  exclude: ['contact/verification.html', 'encart.html', 'encart/*'],
}).sort();

/** The address of a built page. */
export function addressOf(file: string): string {
  return `/${file.replace(/(index)?\.html$/, '')}`;
}

// Answers to something else than their own address.
const answers = ['404.html', '500.html', 'refus.html', 'trop.html'];

/** The addresses of the built pages, then an unknown one and one that came too late. */
export const addresses = [
  ...files.filter((file) => !answers.includes(file)).map(addressOf),
  ...['/inconnue', '/contact/suite?jeton=x'],
];
