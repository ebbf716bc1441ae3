// The outbox of the settings: a file on one machine, a database for several.
import type { Journal } from '../../rappel/journal.ts';
import type { Outbox } from '../../rappel/outbox.ts';
import type { Settings } from '../../settings/settings.ts';
import { checkRoom, keepPrivate, outboxFile } from './disk.ts';
import type { SharedDatabase } from './postgres/database.ts';
import { quietly } from './sqlite/open.ts';
import { openSqliteOutbox } from './sqlite.ts';

/** An outbox. `shared`: what its machines may count together in, when it is in a database. */
export type OpenOutbox = { outbox: Outbox; shared: SharedDatabase | undefined };

/**
 * Opens the outbox of the settings. Throws `SettingError` when it was written by a newer version of the site, and what the
 * disk or the database answered when that is what is in the way.
 */
export async function openOutbox({ dataDir, databaseUrl }: Settings, journal: Journal): Promise<OpenOutbox> {
  quietly(() => keepPrivate(dataDir)); // `verifier` says what could not be
  if (databaseUrl) {
    const { openPostgresOutbox } = await import('./postgres.ts'); // a fifth of the memory, for several machines only
    return openPostgresOutbox(databaseUrl, journal);
  }
  const effects = { journal, checkRoom: () => checkRoom(dataDir) };
  return { outbox: openSqliteOutbox(outboxFile(dataDir), effects), shared: undefined };
}
