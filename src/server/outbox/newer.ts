// Whether this version of the site can use the outbox that is there, asked without opening it: that would bring it forward.
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { SettingError } from '../../settings/setting-error.ts';
import type { Settings } from '../../settings/settings.ts';
import { outboxFile } from './disk.ts';
import { schemaVersion } from './sqlite/schema.ts';

const askingMs = 5000;

/**
 * Rejects with `SettingError` when the outbox was written by a newer version of the site, as its opening would. An outbox that
 * cannot be asked now is no fault of the settings: a site waits for it.
 */
export async function refuseNewer({ dataDir, databaseUrl }: Settings): Promise<void> {
  const name = databaseUrl ? 'DATABASE_URL' : 'DATA_DIR';
  const isNewer = databaseUrl ? await isDatabaseNewer(databaseUrl) : isFileNewer(outboxFile(dataDir));
  if (isNewer)
    throw new SettingError(
      `Réglage ${name} : la boîte d’envoi a été écrite par une version plus récente du site.`,
    );
}

function isFileNewer(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    const db = new DatabaseSync(file, { readOnly: true, timeout: 1000 });
    const version = Number(db.prepare('PRAGMA user_version').get()?.user_version);
    db.close();
    return version > schemaVersion;
  } catch {
    return false; // damaged or busy: the site says so, and starts
  }
}

async function isDatabaseNewer(connectionString: string): Promise<boolean> {
  const { Client } = await import('pg');
  const { schemaVersion: ours } = await import('./postgres/schema.ts');
  const client = new Client({ connectionString, connectionTimeoutMillis: askingMs, query_timeout: askingMs });
  client.on('error', () => {}); // the statement under way tells it
  try {
    await client.connect();
    const { rows } = await client.query('SELECT version FROM demandes.version');
    return rows[0]?.version > ours;
  } catch {
    return false; // away, or never opened: the site waits, or makes it
  } finally {
    await client.end().catch(() => {}); // it may never have been open
  }
}
