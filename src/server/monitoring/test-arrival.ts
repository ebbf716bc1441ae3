// The test of the morning, looked for in the mailbox where it goes: accepted is not arrived.
import type { ReceiveEffects } from '../../rappel/effects.ts';
import { codeOf } from '../../rappel/journal.ts';
import { findTestRequest } from '../../rappel/test-request.ts';

/** What looks for the test of a day. */
export type ArrivalWatch = {
  /** Looks once, unless it was found, or has not left yet. Never rejects. */
  look(day: string): Promise<void>;
  /** Whether the test of a day was accepted, and was not there a quarter of an hour later, as far as the last look tells. */
  isAbsent(day: string | undefined): boolean;
  /** Whether the mailbox could not be read at the last look. */
  isBlind(): boolean;
};

/** How long a test may be on its way before it is missed. */
export const patienceMs = 15 * 60_000;

/** Watches the mailbox of tests; one look at a time. `hasArrived` asks it for a message, and rejects when it does not answer. */
export function watchArrival(
  hasArrived: (id: string) => Promise<boolean>,
  effects: ReceiveEffects,
): ArrivalWatch {
  const { now, outbox, journal } = effects;
  let arrivedOn = '';
  let absentOn = '';
  let trouble = '';
  let isLooking = false;

  const lookNow = async (day: string) => {
    const sent = await findTestRequest(day, effects);
    if (!sent || (await outbox.holds(sent.id))) return;
    const isThere = await hasArrived(sent.id);
    trouble = '';
    if (isThere) arrivedOn = day;
    else if (absentOn !== day && now().getTime() - sent.receivedAt > patienceMs) {
      absentOn = day;
      journal('morning-test-absent', {});
    }
  };
  return {
    async look(day) {
      if (arrivedOn === day || isLooking) return;
      isLooking = true;
      try {
        await lookNow(day);
      } catch (error) {
        const code = codeOf(error);
        if (trouble !== code) journal('mailbox-unread', { name: 'TEST_IMAP', code });
        trouble = code;
      } finally {
        isLooking = false;
      }
    },
    isAbsent: (day) => day !== undefined && absentOn === day && arrivedOn !== day,
    isBlind: () => trouble !== '',
  };
}
