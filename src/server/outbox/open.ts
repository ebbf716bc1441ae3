// The outbox of the settings: a file on one machine, a database for several.
import type { Outbox } from '../../rappel/outbox.ts';
import type { Settings } from '../../settings/settings.ts';
import { checkRoom, keepPrivate, outboxFile } from './disk.ts';
import type { SharedOutbox } from './postgres.ts';
import { openSqliteOutbox } from './sqlite.ts';
import { quietly } from './sqlite-open.ts';

/** An outbox, with the database behind it when there is one. */
export type OpenOutbox = Outbox & Partial<Pick<SharedOutbox, 'pool'>>;

type Journal = (event: string, details: Record<string, string>) => void;

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
  return openSqliteOutbox(outboxFile(dataDir), { journal, checkRoom: () => checkRoom(dataDir) });
}
