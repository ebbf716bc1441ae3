// `npm run verifier`: is this machine ready to open? Looks and asks, changes nothing, sends nothing; a line for each thing.

import { trustSystemAuthorities } from '../server/authorities.ts';
import { ask } from '../server/preflight/ask.ts';
import { checkBuilt } from '../server/preflight/built.ts';
import { checkCaptcha } from '../server/preflight/captcha.ts';
import { checkClock, distanceTo, distanceToDatabase } from '../server/preflight/clock.ts';
import { checkExit } from '../server/preflight/exit.ts';
import {
  countFor,
  type Finding,
  findingsOf,
  fine,
  lineFor,
  toCorrect,
  toSee,
} from '../server/preflight/finding.ts';
import { checkDisk, checkFolder } from '../server/preflight/folder.ts';
import { checkKey } from '../server/preflight/key.ts';
import { checkMail } from '../server/preflight/mail.ts';
import { checkOrigin } from '../server/preflight/origin.ts';
import { checkStore } from '../server/preflight/store.ts';
import { opening } from '../service/service.ts';
import { misspellingsIn } from '../settings/misspellings.ts';
import { SettingError } from '../settings/setting-error.ts';
import { readSettings, type Settings } from '../settings/settings.ts';

trustSystemAuthorities();
const settings = productionSettings();
const found: Finding[] = [];
for (const started of checksOf(settings)) {
  for (const finding of await started) {
    console.log(lineFor(finding));
    found.push(finding);
  }
}
console.log(`\n${countFor(found)}`);
process.exit(found.some(({ state }) => state === 'fail') ? 1 : 0); // a server that says nothing does not hold us

// The rules of production hold here, whatever the environment says: that is what the machine is checked for.
function productionSettings(): Settings {
  try {
    return readSettings({ ...process.env, NODE_ENV: 'production' });
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

// All start at once, and are told in this order.
function checksOf(settings: Settings): Promise<Finding[]>[] {
  const { dataDir, databaseUrl, exitUrl } = settings;
  const exit = ask(exitUrl).catch((error: unknown) => ({ error }));
  const distances = async () => {
    const asked = await exit;
    const fromExit = 'error' in asked ? undefined : distanceTo(new URL(exitUrl).host, asked);
    return [fromExit, databaseUrl ? await distanceToDatabase(databaseUrl) : undefined];
  };
  return [
    findingsOf('Réglages', async () => [checkMode(process.env, settings)]),
    findingsOf('Pages construites', () => checkBuilt(settings, process.env)),
    findingsOf('Dossier des demandes', () => checkFolder(dataDir)),
    findingsOf('Place sur le disque', () => checkDisk(dataDir)),
    findingsOf('Boîte d’envoi', () => checkStore(settings)),
    findingsOf('Clé de l’équipe', () => checkKey(settings, Date.now)),
    findingsOf('Serveur de courriel', () => checkMail(settings, Date.now)),
    findingsOf('Horloge', async () => checkClock(await distances(), new Date())),
    findingsOf('Adresse de sortie', async () => checkExit(settings, await exit)),
    findingsOf('Adresse publique', () => checkOrigin(settings, ask, Date.now)),
    findingsOf('hCaptcha', () => checkCaptcha(settings)),
    findingsOf('Jours fériés', async () => [checkHolidays()]),
  ];
}

function checkMode(environment: NodeJS.ProcessEnv, { morningTest }: Settings): Finding {
  const what = 'Réglages';
  const slips = misspellingsIn(environment);
  if (slips.length > 0) return toSee(what, slips.join(' '));
  if (environment.NODE_ENV !== 'production')
    return toCorrect(what, 'NODE_ENV n’est pas production : un oubli n’arrêterait pas le démarrage.');
  if (!morningTest)
    return toSee(what, 'pas d’essai le matin : une boîte muette ne se verrait pas. Régler MORNING_TEST.');
  return fine(what, 'lus, avec les règles de la production.');
}

function checkHolidays(): Finding {
  const what = 'Jours fériés';
  if (!opening.holidaysToConfirm) return fine(what, 'on sait si la ligne répond.');
  return toSee(what, 'personne n’a dit si la ligne répond : docs/a-valider.md.');
}
