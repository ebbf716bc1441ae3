// The team's keys: do they close a message, and until when?
import { keyNoticeDays, readTeamKeys, type TeamKeys } from '../../mail/team-keys.ts';
import { type Finding, fine, toCorrect, toSee } from '../finding.ts';
import type { Machine } from '../machine.ts';
import { daysUntil } from '../renewal.ts';

/** Closes a real message for the keys. Throws `SettingError` when they cannot be used. */
export async function checkKey({ settings, now }: Machine): Promise<Finding[]> {
  const { teamKeys } = settings;
  const what = 'Clé de l’équipe';
  if (!teamKeys) return [toSee(what, none)];
  const team = await readTeamKeys(teamKeys, now);
  await team.seal(new TextEncoder().encode('Essai de la clé'));
  const ends = team.expiries.map(({ expiresAt }) =>
    expiresAt === undefined ? Infinity : daysUntil(expiresAt, now()),
  );
  const soonest = Math.min(...ends);
  const keys = team.expiries
    .map((key, each) => `${shortOf(key)} ${endWritten(ends[each] ?? Infinity)}`)
    .join(', ');
  if (soonest < 0) return [toCorrect(what, `${keys}. Changer de clé : docs/cles.md.`)];
  if (soonest < keyNoticeDays) return [toSee(what, `${keys}. Préparer la suivante : docs/cles.md.`)];
  return [fine(what, `un message se ferme pour ${keys}. Comparer ces signes à ceux de l’équipe.`)];
}

const none =
  'aucune : chaque courriel serait lisible en chemin et dans la boîte. Régler PGP_PUBLIC_KEY_FILE.';

function shortOf({ fingerprint }: TeamKeys['expiries'][number]): string {
  return `…${fingerprint.slice(-16)}`;
}

function endWritten(days: number): string {
  if (days < 0) return '(expirée)';
  return days === Infinity ? '(sans date de fin)' : `(expire dans ${days} j)`;
}
