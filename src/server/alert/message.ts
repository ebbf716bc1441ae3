// What is told: a state, codes of alarms, what to do, a version, the name of the machine. Nothing of anybody.
import type { AlertSettings } from '../../settings/alert.ts';
import { advice } from '../monitoring/advice.ts';
import type { Change } from './change.ts';
import type { Seen } from './seen.ts';

/** A message to who watches over the site; `facts`: the same for a program. */
export type AlertMessage = { subject: string; text: string; facts: Record<string, string | string[]> };

const states: Record<Seen['state'], string> = {
  ok: 'tout va bien de nouveau',
  degraded: 'à voir',
  red: 'agir maintenant',
  silent: 'le site ne répond pas',
};

/** The message of a change. */
export function messageOf(change: Change, seen: Seen, { name }: Pick<AlertSettings, 'name'>): AlertMessage {
  const { state, version, code } = seen;
  const { started, standing, ended, isOften } = change;
  const text = [
    `Machine : ${name}`,
    ...(version ? [`Version : ${version}`] : []),
    `État : ${state} (${states[state]})`,
    ...(code ? [`Raison : ${code}`] : []),
    ...list('Nouvelles alarmes', started.map(adviceLine)),
    ...list('Toujours là', standing.map(adviceLine)),
    ...list('Terminées', ended),
    ...(state !== 'ok' && seen.alarms.length === 0 ? ['', unnamed] : []),
    ...(isOften ? ['', often] : []),
    ...(state === 'ok' ? [] : ['', guide]),
  ].join('\n');
  const codes = started.length > 0 ? ` : ${started.join(', ')}` : '';
  return {
    subject: `[${name}] ${states[state]}${codes}`,
    text,
    facts: { machine: name, version: version ?? '', state, started, standing, ended },
  };
}

/** The message that a person asks for, to see that alerts arrive. */
export function trialMessage({ name }: Pick<AlertSettings, 'name'>): AlertMessage {
  return {
    subject: `[${name}] essai d’alerte`,
    text: `Machine : ${name}\nC’est un essai : rien à faire. Les alertes du site arrivent ici.`,
    facts: { machine: name, state: 'essai' },
  };
}

const guide = 'Le guide : docs/exploitation.md (sur la machine du site, dans /srv/un-premier-pas/actuelle).';
const often =
  'Cela change souvent. Pendant une heure, seule une alarme nouvelle sera dite ; ensuite, ce qui aura changé.';
const unnamed =
  'Les alarmes ne se lisent pas d’ici : régler ALERT_HEALTH_TOKEN, ou « un-premier-pas etat » sur la machine.';

function adviceLine(code: string): string {
  return `${code} : ${advice[code] ?? 'voir le guide'}`;
}

function list(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title} :`, ...lines.map((line) => `- ${line}`)];
}
