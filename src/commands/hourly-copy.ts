// The hourly copy of the outbox: old ones go first, whatever happens next, then one takes the place of the last. Started by
// deploy/un-premier-pas-copie.timer.
import { mkdirSync } from 'node:fs';
import { codeOf } from '../rappel/journal.ts';
import { copyOutbox } from '../server/outbox/backup.ts';
import { folderOfCopies, removeOldCopies } from '../server/outbox/copies.ts';
import { outboxFile } from '../server/outbox/disk.ts';
import { readCopySettings } from '../settings/copy.ts';
import { SettingError } from '../settings/setting-error.ts';

const noFile = 'Pas de demandes.sqlite ici. Avec PostgreSQL : pg_dump, voir docs/sauvegarder.md.';

try {
  const { dataDir, hours } = readCopySettings(process.env);
  const folder = folderOfCopies(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const removed = removeOldCopies(folder, { hours, now: Date.now() });
  if (removed > 0) console.log(`${removed} copie trop vieille retirée.`);
  const count = copyOutbox(outboxFile(dataDir), outboxFile(folder));
  console.log(`${count} demandes en attente copiées, toujours fermées.`);
} catch (error) {
  const code = codeOf(error);
  if (error instanceof SettingError) end(2, error.message);
  end(1, code === 'ENOENT' ? noFile : `La copie n’est pas faite (${code}).`);
}

function end(code: number, words: string): never {
  console.error(words);
  process.exit(code);
}
