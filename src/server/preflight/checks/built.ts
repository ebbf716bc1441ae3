// The built pages: made with the settings of this machine, and saying what the law asks.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingNames, publisherNames } from '../../../settings/publisher.ts';
import { securityContact, securityPath, securityWarning } from '../../../settings/security-contact.ts';
import { builtFolder, leadsTo } from '../../http/built-pages.ts';
import { type Finding, fine, toCorrect, toSee } from '../finding.ts';
import type { Machine } from '../machine.ts';

const again = 'npm run build avec les réglages de cette machine (le paquet : sudo un-premier-pas construire)';

/** Whether pages are there, built with these settings; then what they say of who publishes them, and of whom to warn. */
export async function checkBuilt({ settings, environment }: Machine): Promise<Finding[]> {
  const what = 'Pages construites';
  const folder = join(builtFolder, 'client');
  const pages = new Map(globSync('**/*.html', { cwd: folder }).map((name) => [name, read(folder, name)]));
  const home = pages.get('index.html');
  if (!home) return [toCorrect(what, `il n’y en a pas : ${again}.`)];
  const wrong = [
    ...(leadsTo(home, settings.exitUrl) ? [] : ['EXIT_URL']),
    ...(leadsTo(home, `${settings.publicOrigin}/`) ? [] : ['PUBLIC_ORIGIN']),
  ];
  const built: Finding =
    wrong.length > 0
      ? toCorrect(what, `faites avec un autre réglage ${wrong.join(' et ')} : ${again}.`)
      : fine(what, 'elles mènent à la bonne sortie et connaissent leur adresse.');
  return [built, namesIn([...pages.values()].join(' '), environment), securityIn(folder, environment)];
}

function read(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

function namesIn(html: string, environment: NodeJS.ProcessEnv): Finding {
  const what = 'Mentions légales';
  const missing = missingNames(environment);
  if (missing.length > 0)
    return toCorrect(what, `il manque ${missing.join(', ')} : les régler, puis ${again}.`);
  const text = lettersOf(html.replace(/<[^>]+>|&[^;\s]+;/g, ' '));
  const unsaid = Object.values(publisherNames)
    .map(({ setting }) => setting)
    .filter((setting) => !text.includes(lettersOf(environment[setting] ?? '')));
  if (unsaid.length > 0) return toCorrect(what, `les pages ne disent pas ${unsaid.join(', ')} : ${again}.`);
  return fine(what, 'les pages disent qui publie, qui héberge, et à qui s’adresser.');
}

function securityIn(folder: string, environment: NodeJS.ProcessEnv): Finding {
  const what = 'Faiblesses';
  const contact = securityContact(environment);
  const files = globSync(`.${securityPath}`, { cwd: folder }).map((name) => read(folder, name));
  const warning = securityWarning(environment, new Date());
  if (contact && !files.join('').includes(`Contact: ${contact}\n`))
    return toCorrect(what, `${securityPath} ne dit pas SECURITY_CONTACT : ${again}.`);
  return warning ? toSee(what, warning) : fine(what, `${securityPath} dit où les signaler.`);
}

// A page spaces and punctuates a name in its own way.
function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}
