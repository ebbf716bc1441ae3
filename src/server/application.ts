// The application: everything behind the web server, put together once. Keys, outbox and effects, then, for a server,
// courier and morning test.
import { randomBytes } from 'node:crypto';
import { type CourierState, newCourierState } from '../rappel/deliver.ts';
import { byHours, type ReceiveEffects } from '../rappel/effects.ts';
import type { Outbox } from '../rappel/outbox.ts';
import { boxFor, digestFor } from '../rappel/seal.ts';
import { opening } from '../service/service.ts';
import type { Imap } from '../settings/mailboxes.ts';
import type { Settings } from '../settings/settings.ts';
import { type Admission, admissionFor } from './admission/admission.ts';
import { countWork } from './garbage.ts';
import { BounceWatch } from './mail/bounce-watch.ts';
import { startCourier } from './mail/courier.ts';
import { addressesIn, mailerFor } from './mail/mailer.ts';
import { messageId } from './mail/mime.ts';
import { type Sealer, sealerFor } from './mail/sealer.ts';
import { readTeamKeys, type TeamKeys } from './mail/team-keys.ts';
import { watchLoop } from './monitoring/event-loop.ts';
import { type Health, healthOf, isMailLate, oneAtATime } from './monitoring/health.ts';
import { journal } from './monitoring/journal.ts';
import { type ArrivalWatch, watchArrival } from './monitoring/test-arrival.ts';
import { startMorningTest, testDay } from './monitoring/test-request-timer.ts';
import type { OpenOutbox } from './outbox/open.ts';
import { type Secret, secretInUse, secretToCompare } from './outbox/secret.ts';

/** What can keep a request, without sending it. */
export type Core = {
  settings: Settings;
  team: TeamKeys | undefined;
  sealer: Sealer;
  outbox: Outbox;
  shared: OpenOutbox['shared'];
  courierState: CourierState;
  secret: Secret;
  effects: ReceiveEffects;
};

/** A running application: requests are kept and leave. */
export type Application = {
  settings: Settings;
  effects: ReceiveEffects;
  admission: Admission;
  health(): Promise<Health>;
  /** Sends nothing more; resolves once the message being sent, if any, has an answer. Requests are still kept. */
  rest(): Promise<void>;
  /** Releases the outbox: nothing can be kept any more. */
  close(): Promise<void>;
};

/** Opens what stands around an outbox, and sends nothing yet. Throws `SettingError` when the team's keys cannot be used. */
export async function openCore(settings: Settings, { outbox, shared }: OpenOutbox): Promise<Core> {
  const team = settings.teamKeys ? await readTeamKeys(settings.teamKeys, Date.now) : undefined;
  const sealer = sealerFor({
    secret: settings.outboxSecret,
    team,
    addressesOf: (envelope) => addressesIn(settings.mail, envelope),
  });
  const courierState = newCourierState();
  const effects: ReceiveEffects = {
    ...byHours(opening),
    now: () => new Date(),
    newId: () => randomBytes(16).toString('hex'),
    seal: sealer.seal,
    digest: digestFor(settings.outboxSecret, 'empreinte'),
    tokens: boxFor(settings.outboxSecret, 'jeton'),
    cancellations: boxFor(settings.outboxSecret, 'annulation'),
    endings: boxFor(settings.outboxSecret, 'fin'),
    outbox,
    mailbox: addressesIn(settings.mail).to,
    wake: () => {},
    isMailLate: () => isMailLate({ outbox, courierState, now: Date.now }),
    journal,
  };
  const secret = secretToCompare(settings.outboxSecret, outbox);
  return { settings, team, sealer, outbox, shared, courierState, secret, effects };
}

/** Starts what makes requests leave. */
export function startApplication(core: Core): Application {
  const { settings, outbox, courierState } = core;
  const { bounces, mail } = settings;
  const mailer = mailerFor(mail, core.sealer, bounces !== undefined);
  const send: typeof mailer = async (outgoing) => {
    await mailer(outgoing);
    countWork();
  };
  const courier = startCourier({
    outbox,
    send,
    now: Date.now,
    random: Math.random,
    journal,
    state: courierState,
    keepMs: bounces?.keepMs ?? 0,
  });
  const bounceWatch =
    bounces &&
    new BounceWatch({
      imap: bounces.imap,
      hasSecond: 'second' in mail && mail.second !== undefined,
      ...{ outbox, wake: courier.wake, now: Date.now, journal },
    });
  const effects = { ...core.effects, wake: courier.wake };
  const admission = admissionFor(settings, core.shared, { now: Date.now, randomBytes, journal });
  const arrival = settings.testMailbox && arrivalOf(settings.testMailbox, effects, mail);
  const morningTest = settings.morningTest ? startMorningTest(effects, arrival) : undefined;
  const { last: loop } = watchLoop(60_000);
  const morningTestIsLost = async () => (await morningTest?.isLost()) ?? false;
  const secret = secretInUse(settings.outboxSecret, outbox, journal);
  return {
    settings,
    effects,
    admission,
    health: oneAtATime(() =>
      healthOf({
        ...core,
        secret,
        morningTestIsLost,
        morningTestIsAbsent: () => arrival?.isAbsent(testDay(effects.now(), opening)) ?? false,
        isMailboxUnread: () => (bounceWatch?.isBlind() || arrival?.isBlind()) ?? false,
        isBehindUnknownProxy: admission.isBehindUnknownProxy,
        flood: admission.flood,
        loop,
        now: Date.now,
      }),
    ),
    async rest() {
      morningTest?.stop();
      await Promise.all([courier.stop(), bounceWatch?.stop()]);
    },
    close: outbox.close,
  };
}

// IMAP is loaded by those alone who read a mailbox.
function arrivalOf(imap: Imap, effects: ReceiveEffects, mail: Settings['mail']): ArrivalWatch {
  return watchArrival(async (id) => {
    const { hasArrived } = await import('./mail/arrival.ts');
    return hasArrived(messageId(id, addressesIn(mail)), imap);
  }, effects);
}
