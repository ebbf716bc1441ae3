import assert from 'node:assert/strict';
import { test } from 'node:test';
import { floorBytes } from '../outbox/disk.ts';
import { alarms, alarmsIn, type Sight, stateOf } from './alarms.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

const well: Sight = {
  isOutboxUsable: true,
  setAside: 0,
  freeBytes: 4 * floorBytes,
  oldestMs: 0,
  refusal: undefined,
  unreadable: 0,
  bounced: 0,
  sentAgain: 0,
  isMailboxUnread: false,
  isSecretOther: false,
  hasTeamKey: true,
  keyMs: 30 * dayMs,
  isCopyLate: false,
  isMailToFolder: false,
  isTestLost: false,
  isTestAbsent: false,
  isBehindUnknownProxy: false,
  isFlood: false,
  isJournalLost: false,
  isLoopSlow: false,
  hasFaulted: false,
};

const silence = { isAnswer: false };
const answer = { isAnswer: true };

const sights: [Partial<Sight>, string[]][] = [
  [{}, []],
  [{ isOutboxUsable: false }, ['OUTBOX_UNREADABLE']],
  [{ setAside: 1 }, ['OUTBOX_SET_ASIDE']],
  [{ freeBytes: floorBytes - 1 }, ['DISK_FULL']],
  [{ freeBytes: floorBytes }, ['DISK_LOW']],
  [{ freeBytes: Number.NaN }, []], // a disk that cannot be looked at: its outbox is not usable either
  [{ oldestMs: 5 * minuteMs }, []],
  [{ oldestMs: 5 * minuteMs + 1 }, ['MAIL_LATE']],
  [{ refusal: silence }, ['MAIL_LATE']],
  [{ refusal: answer }, ['MAIL_REFUSED']],
  [{ oldestMs: 60 * minuteMs }, ['MAIL_LATE']],
  [{ oldestMs: 60 * minuteMs + 1, refusal: silence }, ['MAIL_STUCK']],
  [{ unreadable: 1 }, ['REQUEST_UNREADABLE']],
  [{ isSecretOther: true }, ['SECRET_CHANGED']],
  [{ hasTeamKey: false, keyMs: Number.POSITIVE_INFINITY }, ['NO_TEAM_KEY']],
  [{ keyMs: 0 }, ['KEY_EXPIRED']],
  [{ keyMs: 30 * dayMs - 1 }, ['KEY_EXPIRES_SOON']],
  [{ isCopyLate: true }, ['COPY_LATE']],
  [{ isMailToFolder: true }, ['MAIL_TO_FOLDER']],
  [{ isTestLost: true }, ['MORNING_TEST_LOST']],
  [{ isTestAbsent: true }, ['MORNING_TEST_ABSENT']],
  [{ bounced: 1, sentAgain: 2 }, ['MAIL_BOUNCED', 'MAIL_SENT_AGAIN']],
  [{ sentAgain: 1 }, ['MAIL_SENT_AGAIN']],
  [{ isMailboxUnread: true }, ['MAILBOX_UNREAD']],
  [{ isBehindUnknownProxy: true }, ['PROXY_UNKNOWN']],
  [{ isFlood: true }, ['FLOOD']],
  [{ isJournalLost: true }, ['JOURNAL_LOST']],
  [{ isLoopSlow: true }, ['LOOP_SLOW']],
  [{ hasFaulted: true }, ['RESTARTED_AFTER_FAULT']],
];

test('each alarm is raised from its threshold on, alone', () => {
  for (const [change, codes] of sights) assert.deepEqual(alarmsIn({ ...well, ...change }), codes);
  const raised = new Set(sights.flatMap(([, codes]) => codes));
  assert.deepEqual([...raised].sort(), alarms.map(({ code }) => code).sort());
});

test('one red alarm makes the state red, others degrade it, none leaves it well', () => {
  assert.equal(stateOf([]), 'ok');
  assert.equal(stateOf(['FLOOD', 'DISK_LOW']), 'degraded');
  assert.equal(stateOf(['FLOOD', 'DISK_FULL']), 'red');
});
