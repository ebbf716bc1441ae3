// The settings of the hourly copy: where the outbox is, and how old its copy may be.
import { resolve } from 'node:path';
import { z } from 'zod';
import { type Environment, parseGiven } from './environment.ts';

/** The folder of the outbox, and the age in hours that no copy reaches. */
export type CopySettings = { dataDir: string; hours: number };

const error = 'un nombre d’heures, de 1 à 24';

const schema = z.object({
  DATA_DIR: z.string().default('data'),
  COPY_HOURS: z.coerce.number(error).int(error).min(1, error).max(24, error).default(24), // a day: the page /donnees promises it
});

/** Throws `SettingError` when one is ill written. */
export function readCopySettings(environment: Environment): CopySettings {
  const given = parseGiven(schema, { given: environment, faults: new Map() }, []);
  return { dataDir: resolve(given.DATA_DIR), hours: given.COPY_HOURS };
}
