// The version of the site: written once, in package.json.
import { readFileSync } from 'node:fs';

/** The version that is installed, as CHANGELOG.md names it. */
export const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);
