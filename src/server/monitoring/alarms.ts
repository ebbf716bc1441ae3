// The alarms of health, a row each: the state that it makes, and when it is raised. `docs/exploitation.md` explains every one.
import type { Refusal } from '../../rappel/refusal.ts';
import { keyNoticeDays } from '../mail/team-keys.ts';
import { floorBytes, lowBytes } from '../outbox/disk.ts';

/** `red`: somebody must act now. `degraded`: it works, less well or less safely than it should. */
export type State = 'ok' | 'degraded' | 'red';

/** All that alarms are decided from, at one moment; lengths of time in milliseconds. */
export type Sight = {
  isOutboxUsable: boolean;
  setAside: number;
  freeBytes: number;
  /** The age of the oldest message that waits; 0 when none does. */
  oldestMs: number;
  refusal: Pick<Refusal, 'isAnswer'> | undefined;
  unreadable: number;
  /** Messages that came back and have no way left; those that came back and were sent to the second mailbox, of late. */
  bounced: number;
  sentAgain: number;
  isMailboxUnread: boolean;
  isSecretOther: boolean;
  hasTeamKey: boolean;
  /** Until the first of the team's keys ends. */
  keyMs: number;
  isCopyLate: boolean;
  isMailToFolder: boolean;
  isTestLost: boolean;
  isTestAbsent: boolean;
  isBehindUnknownProxy: boolean;
  isFlood: boolean;
  isJournalLost: boolean;
  isLoopSlow: boolean;
  hasFaulted: boolean;
};

type Alarm = { code: string; state: Exclude<State, 'ok'>; when(sight: Sight): boolean };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** From here on, mail is late: the page that confirms a request says so. */
export const lateMs = 5 * minuteMs;

const stuckMs = 60 * minuteMs;
const keyNoticeMs = keyNoticeDays * dayMs;

/** Every alarm there is, in the order in which they are told. */
export const alarms: Alarm[] = [
  { code: 'OUTBOX_UNREADABLE', state: 'red', when: (sight) => !sight.isOutboxUsable },
  { code: 'OUTBOX_SET_ASIDE', state: 'red', when: (sight) => sight.setAside > 0 },
  { code: 'DISK_FULL', state: 'red', when: ({ freeBytes }) => freeBytes < floorBytes },
  {
    code: 'DISK_LOW',
    state: 'degraded',
    when: ({ freeBytes }) => freeBytes >= floorBytes && freeBytes < lowBytes,
  },
  { code: 'MAIL_STUCK', state: 'red', when: ({ oldestMs }) => oldestMs > stuckMs },
  { code: 'MAIL_LATE', state: 'degraded', when: (sight) => sight.oldestMs <= stuckMs && isLate(sight) },
  { code: 'MAIL_REFUSED', state: 'degraded', when: ({ refusal }) => refusal?.isAnswer === true },
  { code: 'MAIL_BOUNCED', state: 'red', when: ({ bounced }) => bounced > 0 },
  { code: 'MAIL_SENT_AGAIN', state: 'degraded', when: ({ sentAgain }) => sentAgain > 0 },
  { code: 'MAILBOX_UNREAD', state: 'degraded', when: (sight) => sight.isMailboxUnread },
  { code: 'REQUEST_UNREADABLE', state: 'red', when: ({ unreadable }) => unreadable > 0 },
  { code: 'SECRET_CHANGED', state: 'red', when: (sight) => sight.isSecretOther },
  { code: 'NO_TEAM_KEY', state: 'degraded', when: (sight) => !sight.hasTeamKey },
  { code: 'KEY_EXPIRED', state: 'red', when: ({ keyMs }) => keyMs <= 0 },
  { code: 'KEY_EXPIRES_SOON', state: 'degraded', when: ({ keyMs }) => keyMs > 0 && keyMs < keyNoticeMs },
  { code: 'COPY_LATE', state: 'degraded', when: (sight) => sight.isCopyLate },
  { code: 'MAIL_TO_FOLDER', state: 'degraded', when: (sight) => sight.isMailToFolder },
  { code: 'MORNING_TEST_LOST', state: 'red', when: (sight) => sight.isTestLost },
  { code: 'MORNING_TEST_ABSENT', state: 'red', when: (sight) => sight.isTestAbsent },
  { code: 'PROXY_UNKNOWN', state: 'degraded', when: (sight) => sight.isBehindUnknownProxy },
  { code: 'FLOOD', state: 'degraded', when: (sight) => sight.isFlood },
  { code: 'JOURNAL_LOST', state: 'degraded', when: (sight) => sight.isJournalLost },
  { code: 'LOOP_SLOW', state: 'degraded', when: (sight) => sight.isLoopSlow },
  { code: 'RESTARTED_AFTER_FAULT', state: 'degraded', when: (sight) => sight.hasFaulted },
];

/** The codes of the alarms that a sight raises. */
export function alarmsIn(sight: Sight): string[] {
  return alarms.filter(({ when }) => when(sight)).map(({ code }) => code);
}

/** The state that some codes make. */
export function stateOf(codes: string[]): State {
  if (alarms.some(({ code, state }) => state === 'red' && codes.includes(code))) return 'red';
  return codes.length > 0 ? 'degraded' : 'ok';
}

function isLate({ oldestMs, refusal }: Sight): boolean {
  return oldestMs > lateMs || (refusal !== undefined && !refusal.isAnswer);
}
