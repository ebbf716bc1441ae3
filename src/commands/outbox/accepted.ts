// Messages that a command keeps for the running site to send: it waits until the mail server has accepted them.
import { setTimeout as pause } from 'node:timers/promises';
import { liftRefusal, standingRefusal } from '../../rappel/refusal.ts';
import type { Core } from '../../server/application.ts';

const patienceSeconds = 90;

/** Keeps messages, and waits until none of them is there any more; prints how long it took, or gives up after a minute and a half. */
export async function isAccepted(
  { effects, outbox, courierState }: Core,
  keep: (effects: Core['effects']) => Promise<string[]>,
): Promise<boolean> {
  const start = Date.now();
  if (await standingRefusal(outbox, courierState)) await liftRefusal(outbox, courierState); // else the site might wait for minutes
  const ids = await keep(effects);
  for (const id of ids)
    while (await outbox.holds(id)) {
      if (Date.now() - start > patienceSeconds * 1000) {
        console.log(
          `Pas accepté après ${patienceSeconds} s : le site tourne-t-il ? le serveur de courriel répond-il ?`,
        );
        return false;
      }
      await pause(200);
    }
  console.log(`Accepté par le serveur de courriel en ${((Date.now() - start) / 1000).toFixed(1)} s.`);
  return true;
}
