// Where quick exit leads: it must open, at once, and be nobody's trap.
import { troubleOf } from '../connection-error.ts';
import { type Finding, fine, toCorrect, toSee } from '../finding.ts';
import type { Machine } from '../machine.ts';

const what = 'Adresse de sortie';

/** Judges what the exit address answers to this machine, or why it does not. */
export async function checkExit({ settings, exit }: Machine): Promise<Finding[]> {
  const { exitUrl, publicOrigin } = settings;
  if (!exitUrl.startsWith('https:'))
    return [toCorrect(what, `${exitUrl} n’est pas en https. Changer EXIT_URL, puis npm run build.`)];
  const answer = await exit;
  if ('error' in answer) return [silent(exitUrl, answer.error)];
  const { status, headers } = answer;
  const next = headers.location === undefined ? undefined : URL.parse(headers.location, exitUrl);
  if (next?.protocol === 'http:') return [toCorrect(what, `${exitUrl} renvoie vers une adresse en clair.`)];
  if (next?.origin === publicOrigin) return [toCorrect(what, `${exitUrl} renvoie vers notre site.`)];
  if (status >= 200 && status < 400) return [fine(what, `${exitUrl} s’ouvre (${status}).`)];
  // Some sites refuse programs and welcome people.
  if (status === 403 || status === 429)
    return [toSee(what, `${exitUrl} refuse cette machine (${status}). L’ouvrir depuis un téléphone.`)];
  return [toCorrect(what, `${exitUrl} répond ${status}. Changer EXIT_URL, puis npm run build.`)];
}

// A machine may be kept from the web, while phones are not.
function silent(exitUrl: string, error: unknown): Finding {
  const { code, words, isCertificate } = troubleOf(error);
  if (isCertificate || code === 'ENOTFOUND')
    return toCorrect(what, `${exitUrl} : ${words}. L’ouvrir depuis un téléphone ; sinon changer EXIT_URL.`);
  return toSee(what, `${exitUrl} : ${words}. L’ouvrir depuis un téléphone.`);
}
