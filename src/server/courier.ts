// Wakes `deliver`: when something has just been kept, and every second for what was postponed.
import { codeOf } from '../rappel/code-of.ts';
import { deliver, type Round } from '../rappel/deliver.ts';
import { rememberedMs } from '../rappel/outbox.ts';

export type Courier = { wake(): void; stop(): Promise<void> };

const everyMs = 1000;
const tidyMs = 3_600_000;

/** Starts delivering. `stop` resolves once the message being sent, if any, has an answer. */
export function startCourier(round: Round): Courier {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const report = (error: unknown) => round.journal('outbox-failed', { code: codeOf(error) });
  const wake = () => {
    again = true;
    running ??= untilQuiet().finally(() => {
      running = undefined;
    });
  };
  const untilQuiet = async () => {
    while (again && !stopped) {
      again = false;
      await deliver(round, () => stopped).catch(report);
    }
  };
  const tidy = () => void round.outbox.forget(round.now() - rememberedMs).catch(report);
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
