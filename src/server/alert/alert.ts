// One look of the alert: the health of the site, what changed since somebody was told, the telling.
import { codeOf } from '../../rappel/journal.ts';
import type { AlertSettings } from '../../settings/alert.ts';
import { afterFailure, afterTelling, changeOf, isDue } from './change.ts';
import { readMemory, saveMemory } from './memory.ts';
import { type AlertMessage, messageOf } from './message.ts';
import { type Ask, look } from './seen.ts';

/** What a look is made with; `file` keeps its memory, `say` writes a line for the journal. */
export type AlertEffects = {
  file: string;
  ask: Ask;
  tell(message: AlertMessage): Promise<void>;
  now(): number;
  say(line: string): void;
};

const lookMs = 60_000;
const looksWithoutMemory = 15;

/** Looks once and tells a change once. Resolves with whether nobody is left untold: a telling that failed is for the next look. */
export async function watchOnce(settings: AlertSettings, effects: AlertEffects): Promise<boolean> {
  const { file, tell, now, say } = effects;
  const memory = readMemory(file);
  const seen = await look(settings, effects.ask);
  const change = changeOf(memory, seen, now());
  if (!change) return true;
  if (!isDue(memory, now())) return untold(say, 'nouvel essai d’ici un quart d’heure');
  // Written before it is told: what cannot be remembered would be told at every look.
  const isKept = saveMemory(file, afterFailure(memory, now()));
  if (!isKept && Math.floor(now() / lookMs) % looksWithoutMemory !== 0)
    return untold(say, 'son dossier ne s’écrit pas ; sans mémoire, une alerte par quart d’heure');
  try {
    await tell(messageOf(change, seen, settings));
  } catch (error) {
    return untold(say, codeOf(error));
  }
  say(`Alerte dite : ${[seen.state, ...seen.alarms].join(' ')}.`);
  return saveMemory(file, afterTelling(memory, seen, change, now()));
}

function untold(say: AlertEffects['say'], why: string): false {
  say(`Alerte non dite (${why}).`);
  return false;
}
