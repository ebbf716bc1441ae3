// The health of the site, for the person on duty: a state, the alarms behind it, counts. Never a word, a name or a number to call.

import type { CourierState } from '../../rappel/deliver.ts';
import { codeOf } from '../../rappel/journal.ts';
import type { Outbox, Returns, Waiting } from '../../rappel/outbox.ts';
import { referenceOf } from '../../rappel/reference.ts';
import { type Refusal, standingRefusal } from '../../rappel/refusal.ts';
import type { Settings } from '../../settings/settings.ts';
import { version } from '../../settings/version.ts';
import type { Flood } from '../admission/flood.ts';
import type { TeamKeys } from '../mail/team-keys.ts';
import { isCopyLate } from '../outbox/copies.ts';
import { diskOf } from '../outbox/disk.ts';
import type { Secret } from '../outbox/secret.ts';
import { alarmsIn, lateMs, type State, stateOf } from './alarms.ts';
import { isSlow, type LoopMinute } from './event-loop.ts';
import { hasFaulted } from './fault.ts';
import { isJournalLost, journal } from './journal.ts';

/** What the person on duty reads, and Prometheus. */
export type Health = {
  version: string;
  state: State;
  /** Each is explained in `docs/exploitation.md`. */
  alarms: string[];
  sealing: 'openpgp' | 'secret';
  store: 'sqlite' | 'postgresql';
  mail: 'smtp' | 'folder';
  waiting: number | null;
  oldestUnsentMinutes: number | null;
  freeMegabytes: number;
  keyExpiresInDays: number | null;
  /** Forms kept by this machine since the hour began, and from how many on it is a flood. */
  formsThisHour: number | null;
  floodMeasure: number | null;
  /** Of the last whole minute. */
  loopBusyShare: number | null;
  loopDelaySeconds: number | null;
  /** What the mail server last refused, or its silence, when nothing has passed since; codes, no words. */
  lastRefusal: { code: string; secondsAgo: number } | null;
  /** The references of what came back and has no way left, the last first. */
  bounced: string[];
};

/** What health is read from. */
export type Watched = {
  settings: Settings;
  outbox: Outbox;
  team: TeamKeys | undefined;
  courierState: CourierState;
  secret: Secret;
  /** Whether the test request of the morning is overdue. */
  morningTestIsLost(): Promise<boolean>;
  /** What only a running site sees: a mailbox that it cannot read, a test of the morning that was accepted and is not there. */
  isMailboxUnread?(): boolean;
  morningTestIsAbsent?(): boolean;
  /** Whether a proxy that nobody named stands before the site. */
  isBehindUnknownProxy(): boolean;
  /** How many forms come, beside what this site is used to: only a running one knows. */
  flood?: Pick<Flood, 'isOn' | 'thisHour' | 'measure'>;
  /** The last whole minute of the event loop, where it is measured. */
  loop?(): LoopMinute | undefined;
  now(): number;
};

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Looks at everything once. Never rejects: what cannot be read is an alarm. */
export async function healthOf(watched: Watched): Promise<Health> {
  const { settings, team, now } = watched;
  const seen = await look(watched);
  const { refusal, waiting } = seen;
  const oldestMs = waiting?.oldestAt === undefined ? 0 : now() - waiting.oldestAt;
  const { room, setAside, isWritable } = diskOf(settings.dataDir);
  const keyMs = nextExpiry(team) - now();
  const loop = watched.loop?.();
  const alarms = alarmsIn({
    isOutboxUsable: waiting !== undefined && (isWritable || settings.databaseUrl !== undefined),
    setAside: setAside.length,
    freeBytes: room,
    oldestMs,
    refusal,
    unreadable: seen.unreadable,
    bounced: seen.returns.bounced.length,
    sentAgain: seen.returns.sentAgain,
    isMailboxUnread: watched.isMailboxUnread?.() ?? false,
    isSecretOther: seen.secretIsOther,
    hasTeamKey: team !== undefined,
    keyMs,
    isCopyLate: isCopyLate(settings.dataDir, { now: now(), since: performance.timeOrigin }),
    isMailToFolder: 'folder' in settings.mail,
    isTestLost: seen.testIsLost,
    isTestAbsent: watched.morningTestIsAbsent?.() ?? false,
    isBehindUnknownProxy: watched.isBehindUnknownProxy(),
    isFlood: watched.flood?.isOn() ?? false,
    isJournalLost: isJournalLost(),
    isLoopSlow: isSlow(loop),
    hasFaulted: hasFaulted(settings.dataDir, now()),
  });
  return {
    version,
    state: stateOf(alarms),
    alarms,
    sealing: team ? 'openpgp' : 'secret',
    store: settings.databaseUrl ? 'postgresql' : 'sqlite',
    mail: 'folder' in settings.mail ? 'folder' : 'smtp',
    waiting: waiting?.count ?? null,
    oldestUnsentMinutes: waiting ? Math.floor(oldestMs / minuteMs) : null,
    freeMegabytes: Math.floor(room / 2 ** 20),
    keyExpiresInDays: Number.isFinite(keyMs) ? Math.floor(keyMs / dayMs) : null,
    formsThisHour: watched.flood?.thisHour() ?? null,
    floodMeasure: watched.flood?.measure() ?? null,
    loopBusyShare: loop?.busyShare ?? null,
    loopDelaySeconds: loop?.delaySeconds.p99 ?? null,
    lastRefusal: refusal
      ? { code: refusal.code, secondsAgo: Math.max(0, Math.round((now() - refusal.at) / 1000)) }
      : null,
    bounced: seen.returns.bounced.map(referenceOf),
  };
}

/** Whether nothing has passed since the mail server last refused or was silent, or something has waited for too long. */
export async function isMailLate({
  outbox,
  courierState,
  now,
}: Pick<Watched, 'outbox' | 'courierState' | 'now'>): Promise<boolean> {
  if (await standingRefusal(outbox, courierState)) return true;
  const { oldestAt } = await outbox.waiting();
  return oldestAt !== undefined && now() - oldestAt > lateMs;
}

/** One look for all who ask while it lasts: strangers who read the state must not hold every connection of a database. */
export function oneAtATime<Seen>(look: () => Promise<Seen>): () => Promise<Seen> {
  let current: Promise<Seen> | undefined;
  return () => {
    current ??= look().finally(() => {
      current = undefined;
    });
    return current;
  };
}

type Seen = {
  waiting: Waiting | undefined;
  unreadable: number;
  returns: Returns;
  refusal: Refusal | undefined;
  secretIsOther: boolean;
  testIsLost: boolean;
};

async function look({ outbox, courierState, secret, morningTestIsLost, now }: Watched): Promise<Seen> {
  try {
    return {
      waiting: await outbox.waiting(),
      unreadable: await outbox.unreadable(),
      returns: await outbox.returns(now() - dayMs),
      refusal: await standingRefusal(outbox, courierState),
      secretIsOther: await secret.isOther(),
      testIsLost: await morningTestIsLost(),
    };
  } catch (error) {
    journal('outbox-unreadable', { code: codeOf(error) });
    const { refusal } = courierState; // what this process knows by itself
    const nothing = { unreadable: 0, returns: { bounced: [], sentAgain: 0 }, secretIsOther: false };
    return { ...nothing, waiting: undefined, refusal, testIsLost: false };
  }
}

function nextExpiry(team: TeamKeys | undefined): number {
  const times = (team?.expiries ?? []).map(({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY);
  return Math.min(Number.POSITIVE_INFINITY, ...times);
}
