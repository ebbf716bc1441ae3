// The alert: looks at the health of the site once, and tells by another way what changed. Started each minute by
// deploy/un-premier-pas-alerte.timer. `--essai` sends one message, to see that it arrives.
import { join } from 'node:path';
import { codeOf } from '../rappel/journal.ts';
import { watchOnce } from '../server/alert/alert.ts';
import { type AlertMessage, trialMessage } from '../server/alert/message.ts';
import { tell } from '../server/alert/ways.ts';
import { trustSystemAuthorities } from '../server/authorities.ts';
import { ask } from '../server/preflight/ask.ts';
import { type AlertSettings, readAlertSettings } from '../settings/alert.ts';
import { madeFolder } from '../settings/data-folder.ts';
import { misspellingsIn } from '../settings/misspellings.ts';
import { SettingError } from '../settings/setting-error.ts';

const usage = `npm run alerte               regarder l’état une fois, dire ce qui a changé
npm run alerte -- --essai    envoyer un message d’essai
Code de fin : 0, tout est dit ; 1, une alerte n’a pas pu partir ; 2, commande ou réglage faux.`;

const [word = 'regarder', ...more] = process.argv.slice(2);
if (more.length > 0 || !['regarder', 'essai', '--essai'].includes(word)) end(2, usage);
const settings = settingsOrEnd();
if (settings.site.startsWith('https:')) trustSystemAuthorities();
process.exit((await (word === 'regarder' ? watch(settings) : trial(settings))) ? 0 : 1);

function watch(given: AlertSettings): Promise<boolean> {
  return watchOnce(given, {
    file: join(madeFolder(given.folder), 'alerte.json'),
    ask,
    tell: (message) => tellBy(given, message),
    now: Date.now,
    say: console.error,
  });
}

function tellBy({ way }: AlertSettings, message: AlertMessage): Promise<void> {
  trustSystemAuthorities(); // long to read: most looks have nothing to tell
  return tell(message, way);
}

async function trial(given: AlertSettings): Promise<boolean> {
  for (const slip of misspellingsIn(process.env)) console.error(`ATTENTION : ${slip}`);
  try {
    await tellBy(given, trialMessage(given));
    console.error('Essai parti : chercher « essai d’alerte » là où arrivent les alertes.');
    return true;
  } catch (error) {
    console.error(`L’essai n’est pas parti (${codeOf(error)}).`);
    return false;
  }
}

function settingsOrEnd(): AlertSettings {
  try {
    return readAlertSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    return end(2, error.message);
  }
}

function end(code: number, words: string): never {
  console.error(words);
  process.exit(code);
}
