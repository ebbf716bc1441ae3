// `un-premier-pas etat`: how many requests wait, since when, and the alarms. Prints counts and codes, never a word.
import { stateOf } from '../server/monitoring/alarms.ts';
import { healthOf } from '../server/monitoring/health.ts';
import { mailLines } from '../server/monitoring/mail-lines.ts';
import { isMorningTestLost } from '../server/monitoring/test-request-timer.ts';
import { ask } from '../server/preflight/ask.ts';
import { addressOf, stateIn } from '../server/preflight/proxy.ts';
import type { Settings } from '../settings/settings.ts';
import { besideSite } from './outbox/beside.ts';
import { unreadable } from './reread.ts';

/** Well unless something is red. */
export const run = besideSite(async (core) => {
  const health = await healthOf({
    ...core,
    morningTestIsLost: () => isMorningTestLost(core.effects),
    isBehindUnknownProxy: () => false, // only a running site sees its visitors
    now: Date.now,
  });
  const siteAlarms = await alarmsOfSite(core.settings);
  const alarms = [...new Set([...health.alarms, ...(siteAlarms ?? [])])];
  const state = stateOf(alarms);
  console.log(`État : ${state}${alarms.length ? ` (${alarms.join(', ')})` : ''}`);
  console.log(`Site : ${siteAlarms ? 'il répond' : 'il ne répond pas sur cette machine'}`);
  console.log(`En attente : ${health.waiting ?? 'inconnu'}`);
  console.log(`La plus ancienne attend depuis ${health.oldestUnsentMinutes ?? '?'} min`);
  for (const line of mailLines(health)) console.log(line);
  if (alarms.includes('REQUEST_UNREADABLE')) console.log(unreadable);
  console.log(`Place libre : ${health.freeMegabytes} Mo`);
  console.log(`Clé de l’équipe : ${keyLine(health.sealing, health.keyExpiresInDays)}`);
  return state !== 'red';
});

// What only the running site sees; undefined when it does not answer here, or does not tell us.
async function alarmsOfSite(settings: Settings): Promise<string[] | undefined> {
  const headers = settings.healthToken ? { authorization: `Bearer ${settings.healthToken}` } : {};
  try {
    return stateIn((await ask(`${addressOf(settings)}/sante`, { headers })).body).alarms;
  } catch {
    return undefined; // that is the answer: it does not run, or not here
  }
}

function keyLine(sealing: string, days: number | null): string {
  if (sealing === 'secret') return 'aucune';
  return days === null ? 'sans date de fin' : `expire dans ${days} j`;
}
