// The proxy before the site: what it changes of our answers, and whether the site knows one visitor from another.
import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../../settings/settings.ts';
import type { Ask, Reply } from './ask.ts';
import { troubleOf } from './connection-error.ts';
import { type Finding, fine, toCorrect, toSee } from './finding.ts';

// Each of these would keep something on the phone, or tell somebody else of a visit.
const unwanted = ['set-cookie', 'nel', 'report-to', 'reporting-endpoints', 'refresh'];
const itsOwn = ['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding', 'vary'];

/** Compares what came through the proxy with what the site says to this machine. */
export async function checkProxy(
  settings: Settings,
  outside: { health: Reply; home: Reply },
  ask: Ask,
): Promise<Finding[]> {
  const title = 'Mandataire';
  const here = addressOf(settings);
  let direct: Reply;
  try {
    direct = await ask(`${here}/`);
  } catch (error) {
    const { words } = troubleOf(error);
    return [toSee(title, `non vérifié : le site ne répond pas sur ${here} (${words}).`)];
  }
  const wrong = differences(direct, outside.home);
  const headers: Finding =
    wrong.length > 0
      ? toCorrect(title, `il change nos réponses : ${wrong.join(', ')}. Les laisser passer telles quelles.`)
      : fine(title, 'nos réponses le traversent sans changer.');
  return [headers, await visitorsOf(settings, outside.health, ask)];
}

function differences(direct: Reply, home: Reply): string[] {
  const lost = Object.keys(direct.headers).filter(
    (name) => !itsOwn.includes(name) && !isDeepStrictEqual(direct.headers[name], home.headers[name]),
  );
  const added = unwanted.filter((name) => home.headers[name] && !direct.headers[name]);
  const version = /\d/.test(String(home.headers.server ?? '')) ? ['server, qui dit sa version'] : [];
  return [...lost, ...added, ...version, ...(direct.body === home.body ? [] : ['la page elle-même'])];
}

// An empty form is refused and leaves nothing behind, but the site has seen through whom it came.
async function visitorsOf(settings: Settings, health: Reply, ask: Ask): Promise<Finding> {
  const { publicOrigin, healthToken } = settings;
  const title = 'Visiteurs';
  if (stateIn(health.body).alarms) return toCorrect(title, untold);
  const form = { 'content-type': 'application/x-www-form-urlencoded', origin: publicOrigin };
  const posted = await ask(`${publicOrigin}/contact/envoi`, { method: 'POST', headers: form, body: 'tel=' });
  if (posted.status !== 422)
    return toCorrect(title, `un formulaire n’arrive pas jusqu’au site (${posted.status}).`);
  const headers = healthToken ? { authorization: `Bearer ${healthToken}` } : {};
  const { alarms } = stateIn((await ask(`${addressOf(settings)}/sante`, { headers })).body);
  if (!alarms) return toSee(title, 'le détail de l’état ne se lit pas d’ici : régler HEALTH_TOKEN.');
  if (alarms.includes('PROXY_UNKNOWN')) return toCorrect(title, unknown);
  return fine(title, 'un formulaire arrive, et chacun est compté pour soi.');
}

const untold =
  'le mandataire n’ajoute pas X-Forwarded-For : chacun passe pour cette machine, et lit le détail de l’état.';
const unknown = 'ils comptent tous pour un : ajouter l’adresse du mandataire à TRUSTED_PROXIES, redémarrer.';

/** Where the site listens, said so that this machine can reach it. */
export function addressOf({ host, port }: Settings): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

type State = { state?: string; alarms?: string[] };

/** What an answer of `/sante` tells; nothing when it is not ours. */
export function stateIn(body: string): State {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {}; // a page, not ours
  }
}
