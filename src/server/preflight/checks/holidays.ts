// Public holidays: does anybody know whether the line answers?
import { type Finding, fine, toSee } from '../finding.ts';
import type { Machine } from '../machine.ts';

const what = 'Jours fériés';

/** Whether the Département has said it. */
export async function checkHolidays({ opening }: Machine): Promise<Finding[]> {
  if (!opening.holidaysToConfirm) return [fine(what, 'on sait si la ligne répond.')];
  return [toSee(what, 'personne n’a dit si la ligne répond : docs/a-valider.md.')];
}
