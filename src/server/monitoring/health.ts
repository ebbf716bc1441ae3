// How the house is, for the person on duty: a state, the alarms behind it, counts. Never a word, a name or a number to call.

import type { Memory } from '../../rappel/deliver.ts';
import { codeOf } from '../../rappel/journal.ts';
import type { Outbox, Waiting } from '../../rappel/outbox.ts';
import { type Refusal, standingRefusal } from '../../rappel/refusal.ts';
import type { Settings } from '../../settings/settings.ts';
import { version } from '../../settings/version.ts';
import type { Flood } from '../admission/flood.ts';
import type { TeamKeys } from '../mail/team-keys.ts';
import { diskOf, floorBytes } from '../outbox/disk.ts';
import type { Secret } from '../outbox/secret.ts';
import { isSlow, type LoopMinute } from './event-loop.ts';
import { hasFaulted } from './fault.ts';
import { isJournalLost, journal } from './journal.ts';

/** `red`: somebody must act now. `degraded`: it works, less well or less safely than it should. */
export type State = 'ok' | 'degraded' | 'red';

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
};

/** What health is read from. */
export type Watched = {
  settings: Settings;
  outbox: Outbox;
  team: TeamKeys | undefined;
  memory: Memory;
  secret: Secret;
  /** Whether the test request of the morning is overdue. */
  morningTestIsLost(): Promise<boolean>;
  /** Whether a proxy that nobody named stands before the site. */
  isBlind(): boolean;
  /** How many forms come, beside what this site is used to: only a running one knows. */
  flood?: Pick<Flood, 'isOn' | 'thisHour' | 'measure'>;
  /** The last whole minute of the event loop, where it is measured. */
  loop?(): LoopMinute | undefined;
  now(): number;
};

// An alarm that turns the state red; the others degrade it.
const grave = new Set([
  'OUTBOX_UNREADABLE',
  'OUTBOX_SET_ASIDE',
  'DISK_FULL',
  'MAIL_STUCK',
  'KEY_EXPIRED',
  'REQUEST_UNREADABLE',
  'SECRET_CHANGED',
  'MORNING_TEST_LOST',
]);

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Looks at everything once. Never rejects: what cannot be read is an alarm. */
export async function healthOf(watched: Watched): Promise<Health> {
  const { settings, team, now } = watched;
  const seen = await look(watched);
  const { refusal } = seen;
  const oldestMs = seen.waiting?.oldestAt === undefined ? 0 : now() - seen.waiting.oldestAt;
  const { room: free, setAside, isWritable } = diskOf(settings.dataDir);
  const keyMs = nextExpiry(team) - now();
  const loop = watched.loop?.();
  const alarms = [
    ...(seen.waiting && (isWritable || settings.databaseUrl) ? [] : ['OUTBOX_UNREADABLE']),
    ...(setAside.length > 0 ? ['OUTBOX_SET_ASIDE'] : []),
    ...(free < floorBytes ? ['DISK_FULL'] : free < 4 * floorBytes ? ['DISK_LOW'] : []),
    ...(oldestMs > 60 * minuteMs
      ? ['MAIL_STUCK']
      : oldestMs > lateMs || (refusal && !refusal.isAnswer)
        ? ['MAIL_LATE']
        : []),
    ...(refusal?.isAnswer ? ['MAIL_REFUSED'] : []),
    ...(seen.unreadable > 0 ? ['REQUEST_UNREADABLE'] : []),
    ...(seen.secretIsOther ? ['SECRET_CHANGED'] : []),
    ...(team ? [] : ['NO_TEAM_KEY']),
    ...(keyMs <= 0 ? ['KEY_EXPIRED'] : keyMs < 30 * dayMs ? ['KEY_EXPIRES_SOON'] : []),
    ...('folder' in settings.mail ? ['MAIL_TO_FOLDER'] : []),
    ...(seen.testIsLost ? ['MORNING_TEST_LOST'] : []),
    ...(watched.isBlind() ? ['PROXY_UNKNOWN'] : []),
    ...(watched.flood?.isOn() ? ['FLOOD'] : []),
    ...(isJournalLost() ? ['JOURNAL_LOST'] : []),
    ...(isSlow(loop) ? ['LOOP_SLOW'] : []),
    ...(hasFaulted(settings.dataDir, now()) ? ['RESTARTED_AFTER_FAULT'] : []),
  ];
  return {
    version,
    state: stateOf(alarms),
    alarms,
    sealing: team ? 'openpgp' : 'secret',
    store: settings.databaseUrl ? 'postgresql' : 'sqlite',
    mail: 'folder' in settings.mail ? 'folder' : 'smtp',
    waiting: seen.waiting?.count ?? null,
    oldestUnsentMinutes: seen.waiting ? Math.floor(oldestMs / minuteMs) : null,
    freeMegabytes: Math.floor(free / 2 ** 20),
    keyExpiresInDays: Number.isFinite(keyMs) ? Math.floor(keyMs / dayMs) : null,
    formsThisHour: watched.flood?.thisHour() ?? null,
    floodMeasure: watched.flood?.measure() ?? null,
    loopBusyShare: loop?.busyShare ?? null,
    loopDelaySeconds: loop?.delaySeconds.p99 ?? null,
    lastRefusal: refusal
      ? { code: refusal.code, secondsAgo: Math.max(0, Math.round((now() - refusal.at) / 1000)) }
      : null,
  };
}

/** The state that some alarms make. */
export function stateOf(alarms: string[]): State {
  return alarms.some((alarm) => grave.has(alarm)) ? 'red' : alarms.length > 0 ? 'degraded' : 'ok';
}

/** From here on, mail is late: the page that confirms a request says so. */
export const lateMs = 5 * minuteMs;

/** Whether nothing has passed since the mail server last refused or was silent, or something has waited for too long. */
export async function isMailLate({
  outbox,
  memory,
  now,
}: Pick<Watched, 'outbox' | 'memory' | 'now'>): Promise<boolean> {
  if (await standingRefusal(outbox, memory)) return true;
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
  refusal: Refusal | undefined;
  secretIsOther: boolean;
  testIsLost: boolean;
};

async function look({ outbox, memory, secret, morningTestIsLost }: Watched): Promise<Seen> {
  try {
    return {
      waiting: await outbox.waiting(),
      unreadable: await outbox.unreadable(),
      refusal: await standingRefusal(outbox, memory),
      secretIsOther: await secret.isOther(),
      testIsLost: await morningTestIsLost(),
    };
  } catch (error) {
    journal('outbox-unreadable', { code: codeOf(error) });
    const { refusal } = memory; // what this process knows by itself
    return { waiting: undefined, unreadable: 0, refusal, secretIsOther: false, testIsLost: false };
  }
}

function nextExpiry(team: TeamKeys | undefined): number {
  const times = (team?.expiries ?? []).map(({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY);
  return Math.min(Number.POSITIVE_INFINITY, ...times);
}
