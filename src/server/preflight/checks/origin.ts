// The site as visitors reach it: by its public name, with its certificate, from an address in clear too.
import type { Ask, Reply } from '../ask.ts';
import { type Trouble, troubleOf } from '../connection-error.ts';
import { type Finding, fine, toCorrect, toSee } from '../finding.ts';
import type { Machine } from '../machine.ts';
import { checkProxy, stateIn } from '../proxy.ts';
import { certificateNoticeDays, daysUntil } from '../renewal.ts';

const what = 'Adresse publique';

/** Looks from outside, then compares. A site that is not up yet is something to come back to, not a fault. */
export async function checkOrigin({ settings, ask, now }: Machine): Promise<Finding[]> {
  const { publicOrigin } = settings;
  if (!publicOrigin.startsWith('https:'))
    return [toCorrect(what, `${publicOrigin} n’est pas en https. Régler PUBLIC_ORIGIN.`)];
  let health: Reply;
  let home: Reply;
  try {
    [health, home] = await Promise.all([ask(`${publicOrigin}/sante`), ask(`${publicOrigin}/`)]);
  } catch (error) {
    return [notThere(publicOrigin, troubleOf(error))];
  }
  if ([502, 503, 504].includes(health.status) && !isOurs(health))
    return [toSee(what, `le mandataire répond, le site derrière lui pas encore. ${startThen}`)];
  if (!isOurs(health) || home.status !== 200)
    return [toCorrect(what, `${publicOrigin} répond (${home.status}), mais ce n’est pas notre site.`)];
  return [
    fine(what, `${publicOrigin} s’ouvre.`),
    certificateOf(home, now()),
    ...(await redirectionOf(publicOrigin, ask)),
    ...(await checkProxy(settings, { health, home }, ask)),
  ];
}

const startThen = 'Démarrer le site et son mandataire, puis relancer un-premier-pas verifier.';

function notThere(publicOrigin: string, { words, isCertificate }: Trouble): Finding {
  if (isCertificate) return toCorrect(what, `${publicOrigin} : ${words}. Le renouveler.`);
  return toSee(what, `${publicOrigin} n’est pas encore joignable : ${words}. ${startThen}`);
}

function isOurs({ body }: Reply): boolean {
  return stateIn(body).state !== undefined;
}

function certificateOf({ certificateEnds }: Reply, at: number): Finding {
  const days = daysUntil(certificateEnds ?? Number.NaN, at);
  const left = `il vaut encore ${days} j`;
  if (days >= certificateNoticeDays) return fine('Certificat', `${left}.`);
  return toCorrect('Certificat', `${left}. Réparer son renouvellement.`);
}

// An address with a port of its own has no twin in clear.
async function redirectionOf(publicOrigin: string, ask: Ask): Promise<Finding[]> {
  const { port, hostname } = new URL(publicOrigin);
  if (port) return [];
  const inClear = 'Adresse en clair';
  try {
    const { status, headers } = await ask(`http://${hostname}/`);
    if (status >= 301 && status <= 308 && headers.location?.startsWith(`${publicOrigin}/`))
      return [fine(inClear, 'http:// mène à https://.')];
    return [toCorrect(inClear, `http:// ne renvoie pas vers https:// (${status}) : régler le mandataire.`)];
  } catch (error) {
    const { words } = troubleOf(error);
    return [toSee(inClear, `http:// ne renvoie pas vers https:// : ${words}.`)];
  }
}
