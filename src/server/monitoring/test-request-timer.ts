// Before the line opens, one request of our own goes the whole way: somebody learns of a silent mailbox before the team waits.

import type { ReceiveEffects } from '../../rappel/effects.ts';
import { codeOf } from '../../rappel/journal.ts';
import { findTestRequest, keepTestRequest } from '../../rappel/test-request.ts';
import { isOpeningDay, parisTime } from '../../service/calendar.ts';
import type { Opening } from '../../service/service.ts';
import { type ArrivalWatch, patienceMs } from './test-arrival.ts';

export type MorningTest = {
  /** Whether today's test could not leave, or is not accepted after a quarter of an hour. */
  isLost(): Promise<boolean>;
  stop(): void;
};

const startsAt = 8 * 60; // minutes: an hour before the line opens
const everyMs = 60_000;

/**
 * Watches the clock; sends the test of each opening day once, whatever the number of machines. `arrival`: looks whether it is
 * in its mailbox too.
 */
export function startMorningTest(effects: ReceiveEffects, arrival?: ArrivalWatch): MorningTest {
  let failedOn = '';
  let reportedOn = '';
  const isLost = async () => {
    const day = testDay(effects.now(), effects.opening);
    return day !== undefined && (day === failedOn || (await isMorningTestLost(effects)));
  };
  const tick = async () => {
    const day = testDay(effects.now(), effects.opening);
    if (!day) return;
    void arrival?.look(day);
    try {
      if (!(await findTestRequest(day, effects))) await keepTestRequest(day, effects);
      failedOn = '';
    } catch (error) {
      failedOn = day;
      effects.journal('morning-test-failed', { code: codeOf(error) });
    }
    if (reportedOn === day || !(await isLost())) return;
    reportedOn = day;
    effects.journal('morning-test-lost', {});
  };
  const safely = () =>
    tick().catch((error) => effects.journal('morning-test-failed', { code: codeOf(error) }));
  const timer = setInterval(safely, everyMs);
  void safely();
  return {
    isLost,
    stop: () => clearInterval(timer),
  };
}

/** Whether the test of the day was kept more than a quarter of an hour ago and still waits. */
export async function isMorningTestLost(effects: ReceiveEffects): Promise<boolean> {
  const day = testDay(effects.now(), effects.opening);
  const sent = day && (await findTestRequest(day, effects));
  if (!sent || effects.now().getTime() - sent.receivedAt <= patienceMs) return false;
  return effects.outbox.holds(sent.id);
}

/** The ISO date whose test is due at an instant: an opening day, from eight o'clock until the line closes. */
export function testDay(at: Date, opening: Opening): string | undefined {
  const { date, minutes } = parisTime(at);
  if (!isOpeningDay(date, opening) || minutes < startsAt || minutes >= opening.closesAt) return undefined;
  return date;
}
