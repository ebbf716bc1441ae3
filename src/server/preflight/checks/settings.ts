// The settings as a whole: names well spelt, the rules of production, a test each morning.
import { misspellingsIn } from '../../../settings/misspellings.ts';
import { type Finding, fine, toCorrect, toSee } from '../finding.ts';
import type { Machine } from '../machine.ts';

const what = 'Réglages';

/** What reading each setting cannot tell. */
export async function checkSettings({ environment, settings }: Machine): Promise<Finding[]> {
  const slips = misspellingsIn(environment);
  if (slips.length > 0) return [toSee(what, slips.join(' '))];
  if (environment.NODE_ENV !== 'production')
    return [toCorrect(what, 'NODE_ENV n’est pas production : un oubli n’arrêterait pas le démarrage.')];
  if (!settings.morningTest)
    return [toSee(what, 'pas d’essai le matin : une boîte muette ne se verrait pas. Régler MORNING_TEST.')];
  return [fine(what, 'lus, avec les règles de la production.')];
}
