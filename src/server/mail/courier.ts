// The courier: it wakes `deliver` when something has just been kept, and every second for what was postponed.
import { type DeliveryEffects, deliver } from '../../rappel/deliver.ts';
import { codeOf } from '../../rappel/journal.ts';
import { rememberedMs, watchedMs } from '../../rappel/outbox.ts';

/** What makes messages leave, until it is stopped. */
export type Courier = { wake(): void; stop(): Promise<void> };

const everyMs = 1000;
const tidyMs = 3_600_000;

/** Starts delivering. `stop` resolves once the message being sent, if any, has an answer. */
export function startCourier(effects: DeliveryEffects): Courier {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const report = (error: unknown) => effects.journal('outbox-failed', { code: codeOf(error) });
  const wake = () => {
    again = true;
    if (stopped || running) return;
    again = false;
    running = once().finally(() => {
      running = undefined;
      if (again) wake(); // asked for during the round, or left over by a long one
    });
  };
  const once = async () => {
    if (await deliver(effects, () => stopped).catch(report)) again = true;
  };
  const tidy = () => void forgetOld(effects).catch(report);
  const timers = [setInterval(wake, everyMs), setInterval(tidy, tidyMs)];
  wake();
  tidy();
  return {
    wake,
    async stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      await running;
    },
  };
}

// What has left is kept no longer than was said, whenever this runs in the hour; without anybody to read bounces, not at all.
async function forgetOld({ outbox, now, keepMs }: DeliveryEffects): Promise<void> {
  const at = now();
  await outbox.forget(at - rememberedMs);
  const [bytes, ids] = keepMs > 0 ? [at - keepMs + tidyMs, at - watchedMs] : [at, at];
  await outbox.forgetSent({ bytes, ids });
}
