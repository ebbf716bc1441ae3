// The parts of a text: a page that sets something under each of its headings needs them one by one.
import type { Text } from './texts.ts';

/** What stands under each heading of the second rank, the heading with it, as a text whose name is the heading. */
export function sectionsOf<Head>(text: Text<Head>): Text<Head>[] {
  return text.body
    .split(/^(?=## )/m)
    .filter((body) => body.startsWith('## '))
    .map((body) => ({ ...text, id: (body.split('\n')[0] as string).slice(3).trim(), body }));
}
