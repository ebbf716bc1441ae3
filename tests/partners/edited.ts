// The data files as they would be after somebody edited the facts: the rooms that make them, in a copy of their own.
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/site.ts';

const root = new URL('../..', import.meta.url).pathname;

/** What makes the data files, with the facts it makes them from. */
export type Makers = Awaited<ReturnType<typeof makers>>;

/** The makers after these fields of `ligne.json` were given another value. */
export async function edited(fields: Record<string, unknown>): Promise<Makers> {
  const copy = temporaryFolder();
  cpSync(join(root, 'package.json'), join(copy, 'package.json'));
  for (const room of ['content/faits', 'service', 'partners', 'server', 'rappel'])
    cpSync(join(root, 'src', room), join(copy, 'src', room), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const file = join(copy, 'src/content/faits/ligne.json');
  const line: unknown = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...(line as object), ...fields }));
  return makers(copy);
}

/** The makers of the project as it is. */
export const asIs = makers(root);

async function makers(folder: string) {
  const load = <Module>(file: string): Promise<Module> => import(join(folder, 'src', file));
  return {
    ...(await load<typeof import('../../src/partners/service-file.ts')>('partners/service-file.ts')),
    ...(await load<typeof import('../../src/partners/text-message.ts')>('partners/text-message.ts')),
    ...(await load<typeof import('../../src/partners/calendar-file.ts')>('partners/calendar-file.ts')),
    ...(await load<typeof import('../../src/partners/now-file.ts')>('partners/now-file.ts')),
    opening: (await load<typeof import('../../src/service/service.ts')>('service/service.ts')).opening,
  };
}
