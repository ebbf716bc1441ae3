// Before the line opens, one request of our own goes the whole way: somebody learns of a silent mailbox before the team waits.

import type { Desk } from '../../rappel/effects.ts';
import { codeOf } from '../../rappel/journal.ts';
import { findCanary, releaseCanary } from '../../rappel/test-request.ts';
import { isOpeningDay, parisTime } from '../../service/calendar.ts';
import type { Opening } from '../../service/service.ts';

export type MorningTest = {
  /** Whether today's test could not leave, or is not accepted after a quarter of an hour. */
  isLost(): Promise<boolean>;
  stop(): void;
};

const startsAt = 8 * 60; // minutes: an hour before the line opens
const patienceMs = 15 * 60_000;
const everyMs = 60_000;

/** Watches the clock; sends the test of each opening day once, whatever the number of machines. */
export function startMorningTest(desk: Desk): MorningTest {
  let failedOn = '';
  let reportedOn = '';
  const isLost = async () => {
    const day = testDay(desk.now(), desk.opening);
    return day !== undefined && (day === failedOn || (await isMorningTestLost(desk)));
  };
  const tick = async () => {
    const day = testDay(desk.now(), desk.opening);
    if (!day) return;
    try {
      if (!(await findCanary(day, desk))) await releaseCanary(day, desk);
      failedOn = '';
    } catch (error) {
      failedOn = day;
      desk.journal('morning-test-failed', { code: codeOf(error) });
    }
    if (reportedOn === day || !(await isLost())) return;
    reportedOn = day;
    desk.journal('morning-test-lost', {});
  };
  const safely = () => tick().catch((error) => desk.journal('morning-test-failed', { code: codeOf(error) }));
  const timer = setInterval(safely, everyMs);
  void safely();
  return {
    isLost,
    stop: () => clearInterval(timer),
  };
}

/** Whether the test of the day was kept more than a quarter of an hour ago and still waits. */
export async function isMorningTestLost(desk: Desk): Promise<boolean> {
  const day = testDay(desk.now(), desk.opening);
  const sent = day && (await findCanary(day, desk));
  if (!sent || desk.now().getTime() - sent.receivedAt <= patienceMs) return false;
  return desk.outbox.holds(sent.id);
}

/** The ISO date whose test is due at an instant: an opening day, from eight o'clock until the line closes. */
export function testDay(at: Date, opening: Opening): string | undefined {
  const { date, minutes } = parisTime(at);
  if (!isOpeningDay(date, opening) || minutes < startsAt || minutes >= opening.closesAt) return undefined;
  return date;
}
