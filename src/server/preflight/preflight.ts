// Preflight: is this machine ready to open? Every check, in the order in which it is told.
import { checkAlert } from './checks/alert.ts';
import { checkBuilt } from './checks/built.ts';
import { checkCaptcha } from './checks/captcha.ts';
import { checkClock } from './checks/clock.ts';
import { checkDatabase } from './checks/database.ts';
import { checkExit } from './checks/exit.ts';
import { checkDisk, checkFolder } from './checks/folder.ts';
import { checkHolidays } from './checks/holidays.ts';
import { checkKey } from './checks/key.ts';
import { checkMail } from './checks/mail.ts';
import { checkOrigin } from './checks/origin.ts';
import { checkReturns } from './checks/returns.ts';
import { checkSettings } from './checks/settings.ts';
import { checkStore } from './checks/store.ts';
import { type Finding, findingsOf } from './finding.ts';
import type { Check, Machine } from './machine.ts';

const checks: [what: string, check: Check][] = [
  ['Réglages', checkSettings],
  ['Pages construites', checkBuilt],
  ['Dossier des demandes', checkFolder],
  ['Place sur le disque', checkDisk],
  ['Boîte d’envoi', checkStore],
  ['Base partagée', checkDatabase],
  ['Clé de l’équipe', checkKey],
  ['Serveur de courriel', checkMail],
  ['Retours de courriel', checkReturns],
  ['Alerte', checkAlert],
  ['Horloge', checkClock],
  ['Adresse de sortie', checkExit],
  ['Adresse publique', checkOrigin],
  ['hCaptcha', checkCaptcha],
  ['Jours fériés', checkHolidays],
];

/** Starts every check of a machine at once; what each finds, in order. */
export function startChecks(machine: Machine): Promise<Finding[]>[] {
  return checks.map(([what, check]) => findingsOf(what, () => check(machine)));
}
