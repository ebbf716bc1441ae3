// `un-premier-pas relancer`: everything that waits is tried again now.
import { liftRefusal } from '../rappel/refusal.ts';
import { sendBack } from '../rappel/send-back.ts';
import { besideSite } from './outbox/beside.ts';

/** Takes back the waits that refusals have left, and what came back; the running site does the rest. */
export const run = besideSite(async ({ outbox, courierState }) => {
  await liftRefusal(outbox, courierState);
  for (const line of await sendBack(outbox)) console.log(line);
  const { count } = await outbox.waiting();
  console.log(`${count} en attente : le site les réessaie dans la seconde, s’il tourne.`);
  return true;
});
