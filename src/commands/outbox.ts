// `npm run boite`: the outbox, for the person on duty, beside a site that runs or not. Prints counts and codes, never a word.
import { setTimeout as pause } from 'node:timers/promises';
import { exerciseSteps, keepExercise } from '../rappel/exercise.ts';
import { codeOf } from '../rappel/journal.ts';
import { liftRefusal, standingRefusal } from '../rappel/refusal.ts';
import { sendBack } from '../rappel/send-back.ts';
import { keepTestRequest } from '../rappel/test-request.ts';
import { yearlyReport } from '../rappel/yearly-report.ts';
import { type Core, openCore } from '../server/application.ts';
import { trustSystemAuthorities } from '../server/authorities.ts';
import { stateOf } from '../server/monitoring/alarms.ts';
import { healthOf } from '../server/monitoring/health.ts';
import { journal } from '../server/monitoring/journal.ts';
import { mailLines } from '../server/monitoring/mail-lines.ts';
import { isMorningTestLost } from '../server/monitoring/test-request-timer.ts';
import { copyOutbox } from '../server/outbox/backup.ts';
import { outboxFile } from '../server/outbox/disk.ts';
import { openOutbox } from '../server/outbox/open.ts';
import { ask } from '../server/preflight/ask.ts';
import { addressOf, stateIn } from '../server/preflight/proxy.ts';
import { refuse, SettingError } from '../settings/setting-error.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { version } from '../settings/version.ts';

const patienceSeconds = 90;

type Command = (settings: Settings) => Promise<boolean>;

const commands = new Map<string, Command>([
  ['etat', inCore(etat)],
  ['relancer', inCore(relancer)],
  ['verifier', inCore(verifier)],
  ['essai', inCore(essai)],
  ['exercice', exercice],
  ['bilan', bilan],
  ['sauvegarder', sauvegarder],
]);

const usage = `npm run boite                  combien de demandes attendent, depuis quand, et les alarmes
npm run boite -- relancer      tout réessayer maintenant
npm run boite -- verifier      relire la boîte d’envoi entière
npm run boite -- essai         envoyer une demande d’essai et attendre que le serveur de courriel l’accepte
npm run boite -- exercice      envoyer à TEST_TO cinq demandes inventées, pour apprendre à les lire
npm run boite -- bilan ANNÉE   les nombres d’une année, mois par mois, sans personne dedans (CSV)
npm run boite -- sauvegarder FICHIER   copier la boîte d’envoi, site en marche ou non
npm run boite -- --version     la version installée
Code de fin : 0, tout va bien ; 1, il faut agir ; 2, commande ou réglage faux.`;

const unreadable =
  'Illisibles : des demandes ne s’ouvrent pas avec cet OUTBOX_SECRET. Remettre celui qui les a fermées, redémarrer.';
const otherSecret = 'OUTBOX_SECRET n’est pas celui avec lequel cette boîte d’envoi a servi.';
const forOthers =
  'fermées pour une clé qui n’est plus dans PGP_PUBLIC_KEY_FILE : elles partent ainsi, et s’ouvrent avec l’ancienne clé.';
const forExercises =
  'obligatoire pour un exercice, et autre que MAIL_TO : la boîte de l’équipe ne reçoit que de vraies demandes';
const toRead = `${exerciseSteps.length} courriels EXERCICE, à lire avec docs/equipe.md :
- une demande simple ;
- une demande dans une autre langue : elle se prépare avant l’appel ;
- une demande, puis ANNULÉE avec la même référence : ne plus appeler ;
- une demande, puis celle qui la REMPLACE, à un autre numéro : seule la seconde compte ;
- TROP TARD : ne pas appeler.`;

if (process.argv[2] === '--version') {
  console.log(version);
  process.exit(0); // before any setting is read: a wrong one hides nothing
}
trustSystemAuthorities(); // of the database
const command = commands.get(process.argv[2] ?? 'etat');
if (!command) end(2, usage);
try {
  process.exit((await command(readSettings(process.env))) ? 0 : 1);
} catch (error) {
  if (error instanceof SettingError) end(2, error.message);
  end(1, `La boîte d’envoi ne répond pas (${codeOf(error)}).`);
}

function inCore(work: (core: Core) => Promise<boolean>): Command {
  return async (settings) => {
    const core = await openCore(settings, await openOutbox(settings, journal));
    const isWell = await work(core);
    await core.outbox.close();
    return isWell;
  };
}

async function etat(core: Core): Promise<boolean> {
  const health = await healthOf({
    ...core,
    morningTestIsLost: () => isMorningTestLost(core.effects),
    isBehindUnknownProxy: () => false, // only a running site sees its visitors
    now: Date.now,
  });
  const siteAlarms = await alarmsOfSite(core.settings);
  const alarms = [...new Set([...health.alarms, ...(siteAlarms ?? [])])];
  const state = stateOf(alarms);
  console.log(`État : ${state}${alarms.length ? ` (${alarms.join(', ')})` : ''}`);
  console.log(`Site : ${siteAlarms ? 'il répond' : 'il ne répond pas sur cette machine'}`);
  console.log(`En attente : ${health.waiting ?? 'inconnu'}`);
  console.log(`La plus ancienne attend depuis ${health.oldestUnsentMinutes ?? '?'} min`);
  for (const line of mailLines(health)) console.log(line);
  if (alarms.includes('REQUEST_UNREADABLE')) console.log(unreadable);
  console.log(`Place libre : ${health.freeMegabytes} Mo`);
  console.log(`Clé de l’équipe : ${keyLine(health.sealing, health.keyExpiresInDays)}`);
  return state !== 'red';
}

// What only the running site sees; undefined when it does not answer here, or does not tell us.
async function alarmsOfSite(settings: Settings): Promise<string[] | undefined> {
  const headers = settings.healthToken ? { authorization: `Bearer ${settings.healthToken}` } : {};
  try {
    return stateIn((await ask(`${addressOf(settings)}/sante`, { headers })).body).alarms;
  } catch {
    return undefined; // that is the answer: it does not run, or not here
  }
}

function keyLine(sealing: string, days: number | null): string {
  if (sealing === 'secret') return 'aucune';
  return days === null ? 'sans date de fin' : `expire dans ${days} j`;
}

async function relancer({ outbox, courierState }: Core): Promise<boolean> {
  await liftRefusal(outbox, courierState);
  for (const line of await sendBack(outbox)) console.log(line);
  const { count } = await outbox.waiting();
  console.log(`${count} en attente : le site les réessaie dans la seconde, s’il tourne.`);
  return true;
}

async function verifier({ outbox, sealer, secret, team }: Core): Promise<boolean> {
  let whole = 0;
  let closedForOthers = 0;
  const broken: string[] = [];
  for await (const { id, sealed, late } of outbox.all()) {
    const parts = [sealed, ...(late ? [late.sealed] : [])];
    const isWhole = (await Promise.all(parts.map(sealer.isWhole))).every(Boolean);
    if (isWhole) whole += 1;
    else broken.push(id);
    if (isWhole && team && !(await team.opens(sealed))) closedForOthers += 1;
  }
  console.log(
    `${whole} demandes entières, ${broken.length} illisibles${broken.map((id) => `\n- ${id}`).join('')}`,
  );
  if (broken.length > 0) console.log(unreadable);
  if (await secret.isOther()) console.log(otherSecret);
  if (closedForOthers > 0) console.log(`${closedForOthers} ${forOthers}`);
  return broken.length === 0;
}

async function essai(core: Core): Promise<boolean> {
  return isAccepted(core, async (effects) => [
    await keepTestRequest(`à la main ${effects.newId()}`, effects),
  ]);
}

// What an exercise says must reach nobody who would act on it.
async function exercice(settings: Settings): Promise<boolean> {
  const { mail } = settings;
  if ('to' in mail && mail.testTo.toLowerCase() === mail.to.toLowerCase()) refuse('TEST_TO', forExercises);
  return inCore(async (core) => {
    const isDone = await isAccepted(core, keepExercise);
    if (isDone) console.log('folder' in mail ? `Dans ${mail.folder} :\n${toRead}` : toRead);
    return isDone;
  })(settings);
}

async function isAccepted(
  { effects, outbox, courierState }: Core,
  keep: (effects: Core['effects']) => Promise<string[]>,
): Promise<boolean> {
  const start = Date.now();
  if (await standingRefusal(outbox, courierState)) await liftRefusal(outbox, courierState); // else the site might wait for minutes
  const ids = await keep(effects);
  for (const id of ids)
    while (await outbox.holds(id)) {
      if (Date.now() - start > patienceSeconds * 1000) {
        console.log(
          `Pas accepté après ${patienceSeconds} s : le site tourne-t-il ? le serveur de courriel répond-il ?`,
        );
        return false;
      }
      await pause(200);
    }
  console.log(`Accepté par le serveur de courriel en ${((Date.now() - start) / 1000).toFixed(1)} s.`);
  return true;
}

async function bilan(settings: Settings): Promise<boolean> {
  const year = process.argv[3] ?? '';
  if (!/^20\d\d$/.test(year))
    return end(2, 'Quelle année ? En quatre chiffres : npm run boite -- bilan 2026');
  return inCore(async ({ outbox }) => {
    process.stdout.write(yearlyReport(await outbox.report(Number(year))));
    return true;
  })(settings);
}

// Opens no room: opening the outbox could bring it to a newer version, and the copy must be of what is there.
async function sauvegarder({ dataDir, databaseUrl }: Settings): Promise<boolean> {
  const file = process.argv[3];
  if (!file) return end(2, usage);
  if (databaseUrl)
    return end(2, 'La boîte d’envoi est dans PostgreSQL : pg_dump, voir docs/exploitation.md.');
  try {
    const count = copyOutbox(outboxFile(dataDir), file);
    console.log(`${count} demandes en attente copiées dans ${file}, toujours fermées.`);
    return true;
  } catch (error) {
    console.log(`La copie n’est pas faite (${codeOf(error)}) ; la précédente, s’il y en a une, est intacte.`);
    return false;
  }
}

function end(code: number, words: string): never {
  console.error(words);
  process.exit(code);
}
