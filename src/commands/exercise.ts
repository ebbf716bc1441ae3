// `un-premier-pas exercice`: invented requests, for the team to learn to read.
import type { Given } from '../command-line/command.ts';
import { exerciseSteps, keepExercise } from '../rappel/exercise.ts';
import { refuse } from '../settings/setting-error.ts';
import { readSettings } from '../settings/settings.ts';
import { isAccepted } from './outbox/accepted.ts';
import { inCore } from './outbox/beside.ts';

const forExercises =
  'obligatoire pour un exercice, et autre que MAIL_TO : la boîte de l’équipe ne reçoit que de vraies demandes';
const toRead = `${exerciseSteps.length} courriels EXERCICE, à lire avec docs/equipe.md :
- une demande simple ;
- une demande dans une autre langue : elle se prépare avant l’appel ;
- une demande, puis ANNULÉE avec la même référence : ne plus appeler ;
- une demande, puis celle qui la REMPLACE, à un autre numéro : seule la seconde compte ;
- TROP TARD : ne pas appeler.`;

/** Well once the mail server has accepted all of it. What an exercise says must reach nobody who would act on it. */
export async function run({ environment }: Given): Promise<boolean> {
  const settings = readSettings(environment);
  const { mail } = settings;
  if ('to' in mail && mail.testTo.toLowerCase() === mail.to.toLowerCase()) refuse('TEST_TO', forExercises);
  const isDone = await inCore(settings, (core) => isAccepted(core, keepExercise));
  if (isDone) console.log('folder' in mail ? `Dans ${mail.folder} :\n${toRead}` : toRead);
  return isDone;
}
