// The folder of the outbox: may we write there, does the disk keep it, who else reads it, how much room is left?
import { closeSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../../rappel/journal.ts';
import { floorBytes, lowBytes, roomIn } from '../../outbox/disk.ts';
import { type Finding, fine, toCorrect, toSee } from '../finding.ts';
import type { Machine } from '../machine.ts';

// Linux's magic numbers of file systems.
const memory = 0x01021994;
const ofContainer = 0x794c7630;
const ofNetwork = [0x6969, 0xff534d42, 0xfe534d42];

/** Writes a file there, waits for the disk, and takes it back. */
export async function checkFolder({ settings }: Machine): Promise<Finding[]> {
  const folder = settings.dataDir;
  const what = 'Dossier des demandes';
  try {
    writeThrough(folder);
  } catch (error) {
    const advice = `${folder} ne s’écrit pas (${codeOf(error)}). Le donner à l’utilisateur du site.`;
    return [toCorrect(what, advice)];
  }
  const { mode, uid } = statSync(folder);
  const { type } = statfsSync(folder);
  if (ofNetwork.includes(type)) return [toCorrect(what, `${folder} ${network}`)];
  const doubts = [
    ...(mode & 0o077 ? [`d’autres utilisateurs y entrent (chmod 700 ${folder})`] : []),
    ...(uid === process.getuid?.() ? [] : [stranger]),
    ...(type === memory ? ['il est en mémoire : une coupure l’effacerait'] : []),
    ...(type === ofContainer ? ['il est dans un conteneur et disparaît avec lui : un volume, plutôt'] : []),
  ];
  if (doubts.length > 0) return [toSee(what, `${doubts.join(' ; ')}.`)];
  return [fine(what, `${folder} s’écrit, le disque répond, personne d’autre n’y entre.`)];
}

const network = 'est sur le réseau : SQLite peut s’y abîmer. Un disque de cette machine, ou DATABASE_URL.';
const stranger = 'il est à un autre utilisateur : relancer cette commande avec celui du site';

function writeThrough(folder: string): void {
  const file = join(folder, `.verifier-${process.pid}`);
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, Buffer.alloc(4096));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
    rmSync(file);
  }
}

/** The room left. */
export async function checkDisk({ settings }: Machine): Promise<Finding[]> {
  const free = roomIn(settings.dataDir);
  const what = 'Place sur le disque';
  const left = `${Math.floor(free / 2 ** 20)} Mo libres`;
  if (free < floorBytes)
    return [toCorrect(what, `${left} : les demandes seraient refusées. Faire de la place.`)];
  if (free < lowBytes) return [toSee(what, `${left} : c’est peu. Faire de la place.`)];
  return [fine(what, `${left}.`)];
}
