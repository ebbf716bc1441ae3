// `un-premier-pas sauvegarder FICHIER`: the copy of the outbox of one machine.
import { resolve } from 'node:path';
import type { Given } from '../command-line/command.ts';
import { codeOf } from '../rappel/journal.ts';
import { copyOutbox } from '../server/outbox/backup.ts';
import { outboxFile } from '../server/outbox/disk.ts';
import { SettingError } from '../settings/setting-error.ts';
import { readSettings } from '../settings/settings.ts';

/** Opens no room: opening the outbox could bring it to a newer version, and the copy must be of what is there. */
export async function run({ argument, environment }: Given): Promise<boolean> {
  const { dataDir, databaseUrl } = readSettings(environment);
  if (databaseUrl)
    throw new SettingError('La boîte d’envoi est dans PostgreSQL : pg_dump, voir docs/sauvegarder.md.');
  try {
    const count = copyOutbox(outboxFile(dataDir), resolve(environment.INIT_CWD ?? '', argument));
    console.log(`${count} demandes en attente copiées dans ${argument}, toujours fermées.`);
    return true;
  } catch (error) {
    console.log(`La copie n’est pas faite (${codeOf(error)}) ; la précédente, s’il y en a une, est intacte.`);
    return false;
  }
}
