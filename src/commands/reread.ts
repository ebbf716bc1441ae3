// `un-premier-pas relire`: everything that waits is read again, to its last byte.
import { besideSite } from './outbox/beside.ts';

/** What to do about requests that do not open. */
export const unreadable =
  'Illisibles : des demandes ne s’ouvrent pas avec cet OUTBOX_SECRET. Remettre celui qui les a fermées, redémarrer.';
const otherSecret = 'OUTBOX_SECRET n’est pas celui avec lequel cette boîte d’envoi a servi.';
const forOthers =
  'fermées pour une clé qui n’est plus dans PGP_PUBLIC_KEY_FILE : elles partent ainsi, et s’ouvrent avec l’ancienne clé.';

/** Well when each of them is whole. */
export const run = besideSite(async ({ outbox, sealer, secret, team }) => {
  let whole = 0;
  let closedForOthers = 0;
  const broken: string[] = [];
  for await (const { id, sealed, late } of outbox.all()) {
    const parts = [sealed, ...(late ? [late.sealed] : [])];
    const isWhole = (await Promise.all(parts.map(sealer.isWhole))).every(Boolean);
    if (isWhole) whole += 1;
    else broken.push(id);
    if (isWhole && team && !(await team.opens(sealed))) closedForOthers += 1;
  }
  console.log(
    `${whole} demandes entières, ${broken.length} illisibles${broken.map((id) => `\n- ${id}`).join('')}`,
  );
  if (broken.length > 0) console.log(unreadable);
  if (await secret.isOther()) console.log(otherSecret);
  if (closedForOthers > 0) console.log(`${closedForOthers} ${forOthers}`);
  return broken.length === 0;
});
