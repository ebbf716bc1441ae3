// `un-premier-pas restaurer FICHIER`: a copy takes the place of the outbox of one machine, and what will leave again is told.
import { createWriteStream, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Given } from '../command-line/command.ts';
import { codeOf } from '../rappel/journal.ts';
import { outboxFile } from '../server/outbox/disk.ts';
import { type Restored, restoreOutbox } from '../server/outbox/restore.ts';
import { SettingError } from '../settings/setting-error.ts';
import { readSettings } from '../settings/settings.ts';

/** Well once the copy is in place. A dash for a file: what comes in by the pipe. */
export async function run({ argument, options, environment }: Given): Promise<boolean> {
  const { dataDir, databaseUrl, outboxSecret: secret } = readSettings(environment);
  if (databaseUrl) throw new SettingError(inDatabase);
  const spool = join(dataDir, 'entree.sqlite');
  try {
    if (argument === '-') await pipeline(process.stdin, createWriteStream(spool, { mode: 0o600 }));
    const from = argument === '-' ? spool : resolve(environment.INIT_CWD ?? '', argument);
    const mayReplace = options.includes('--remplacer');
    const restored = restoreOutbox({ from, file: outboxFile(dataDir), secret, mayReplace });
    console.log(wordsFor(restored));
    return restored.kind === 'restored';
  } catch (error) {
    console.log(`La copie n’est pas en place (${codeOf(error)}). ${unchanged}`);
    return false;
  } finally {
    rmSync(spool, { force: true });
  }
}

const inDatabase = `La boîte d’envoi est dans PostgreSQL. Dans une base neuve et vide, site arrêté :
pg_restore --no-owner --exit-on-error --dbname="$DATABASE_URL" FICHIER`;
const unchanged = 'Rien n’a changé.';
const refusals = {
  running: `Le site tourne. L’arrêter d’abord, prise comprise :
sudo systemctl stop un-premier-pas.socket un-premier-pas.service`,
  'not-a-copy': 'Ce fichier n’est pas la copie entière d’une boîte d’envoi.',
  newer: 'Cette copie a été écrite par une version plus récente du site : installer celle-là.',
};

function wordsFor(restored: Restored): string {
  if (restored.kind === 'waiting')
    return `${restored.count} demandes attendent dans la boîte en place. Les laisser partir d’abord (relancer, puis etat).
Ou ajouter --remplacer : elles sont mises de côté, et ne partent pas.\n${unchanged}`;
  if (restored.kind !== 'restored') return `${refusals[restored.kind]}\n${unchanged}`;
  const { count, newest, aside, isOtherSecret } = restored;
  const waiting = `${count} demandes y attendent et partiront au démarrage, la dernière gardée le ${dateOf(newest)}.`;
  return [
    `La copie est en place. ${count > 0 ? waiting : 'Rien n’y attend.'}`,
    ...(count > 0 ? [toTell] : []),
    ...(aside ? [`La boîte d’avant est gardée, avec ce qu’elle tient : ${aside}\n${toRemove}`] : []),
    ...(isOtherSecret
      ? ['OUTBOX_SECRET n’est pas celui de cette copie : remettre le bon avant de démarrer.']
      : []),
    'Ensuite : un-premier-pas relire, puis démarrer le site.',
  ].join('\n');
}

const toTell = `À dire à l’équipe, avec cette heure, avant de démarrer :
- ce qui est parti depuis la copie arrive une seconde fois, sous la même référence ;
- ce qui a été annulé ou corrigé depuis revient tel qu’avant : dans le doute, ne pas appeler ;
- ce qui est arrivé après la copie n’y est pas.`;
const toRemove = 'La retirer quand plus rien n’y manque : même chiffrées, ce sont des demandes.';

function dateOf(at: number): string {
  return new Date(at).toLocaleString('fr-FR', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  });
}
