// The alert: is somebody told outside when something is wrong, and by another way than the site's own mail?
import { isAlertGiven, readAlertSettings } from '../../../settings/alert.ts';
import { type Finding, fine, toCorrect, toSee } from '../finding.ts';
import type { Machine } from '../machine.ts';

const what = 'Alerte';

/** Reads the settings of the alert, which are not the site's. Throws `SettingError` when they cannot be used. */
export async function checkAlert({ environment, settings }: Machine): Promise<Finding[]> {
  if (!isAlertGiven(environment)) return [toSee(what, none)];
  const { way } = readAlertSettings(environment);
  const { mail } = settings;
  if (way.by === 'mail' && 'host' in mail && way.host === mail.host) return [toCorrect(what, same)];
  return [fine(what, `par ${way.by}. Ensuite : ${trial}.`)];
}

const trial = 'systemctl start un-premier-pas-alerte@essai';
const none = 'personne n’est prévenu hors du journal. La régler : docs/alertes.md.';
const same =
  'ALERT_SMTP_HOST est le serveur du site : en panne, il ne dirait rien. Un autre serveur, ou une autre voie.';
