// due → send → erase, with patience. A request is never dropped: it is tried again for ever.
import type { CountName } from './counts.ts';
import { codeOf, type Journal } from './journal.ts';
import type { Outbox, SealedMessage, SealedRappel } from './outbox.ts';
import { liftRefusal, noRefusal, noteRefusal, type RefusalState, refresh } from './refusal.ts';

/** The effects handed to a delivery round. */
export type DeliveryEffects = {
  outbox: Outbox;
  /** Resolves once the mail server has accepted the message (250). */
  send(message: Outgoing): Promise<void>;
  now(): number;
  /** A number from 0 to 1. */
  random(): number;
  journal: Journal;
  state: CourierState;
  /** For how long what has left is kept, sealed, should it come back; 0: nobody would read that it did. */
  keepMs: number;
};

/** What leaves: the message as it must read now. */
export type Outgoing = Pick<SealedMessage, 'id' | 'receivedAt' | 'sealed' | 'isTest' | 'isSecond'>;

/** What one courier knows from one round to the next, and no disk has to. */
export type CourierState = RefusalState & {
  /** Accepted by the mail server, but the disk refused to forget them: not to be sent again. With what each counts as. */
  accepted: Map<string, readonly CountName[]>;
  /** Whether a first round has made all that waits due: whoever starts us may have mended something. */
  hasBegun: boolean;
};

/** The state of a courier that has just started. */
export function newCourierState(): CourierState {
  return { accepted: new Map(), hasBegun: false, ...noRefusal() };
}

/** Thrown by `send` for a message that cannot be opened: changed on the disk, or closed under another secret. */
export class UnreadableMessage extends Error {
  override name = 'UnreadableMessage';
}

/** Longer than the sum of the mail time-outs (45 s): nobody else sends what is being sent. */
export const leaseMs = 60_000;

const longestWaitMs = 5 * 60_000;

// A courier comes back at once when there was more.
const longestRound = 1000;

// Refused messages in a row before a round ends: enough to reach one that passes behind some that never do.
const mostRefusals = 5;

/**
 * Sends what is due, one after another, until nothing is or `stopped` says so; true when the round ended because it was
 * long, and more may be due. A mail server that is away, turns us away, or still refuses all it is offered ends the round:
 * the next one tries a single message, not each of a thousand. A message that cannot be opened holds nobody.
 */
export async function deliver(effects: DeliveryEffects, stopped: () => boolean): Promise<boolean> {
  if (await isPaused(effects)) return false;
  await begin(effects);
  let refusals = 0;
  for (let turn = 0; turn < longestRound; turn += 1) {
    if (stopped()) return false;
    const sealed = await effects.outbox.due(effects.now(), effects.now() + leaseMs);
    if (!sealed) return false;
    const outcome = await deliverOne(sealed, effects);
    if (outcome === 'passed') refusals = 0;
    if (outcome === 'refused') refusals += 1;
    if (outcome === 'hopeless' || refusals >= mostRefusals) return false;
  }
  return true;
}

async function begin({ state, outbox, journal }: DeliveryEffects): Promise<void> {
  if (state.hasBegun) return;
  state.hasBegun = true;
  // A full disk refuses; what it holds leaves all the same.
  await outbox.hasten().catch((error) => journal('outbox-failed', { code: codeOf(error) }));
}

async function isPaused({ state, outbox, now }: DeliveryEffects): Promise<boolean> {
  await refresh(outbox, state);
  const leftMs = (state.refusal?.pauseUntil ?? 0) - now();
  return leftMs > 0 && leftMs <= longestWaitMs; // more: the clock was set back
}

// `hopeless`: the next message would meet the same.
type Outcome = 'passed' | 'refused' | 'hopeless' | 'unreadable';

// Erased only after the mail server has accepted: a crash in between repeats a mail, never loses one.
async function deliverOne(sealed: SealedRappel, effects: DeliveryEffects): Promise<Outcome> {
  const { id, attempts } = sealed;
  const { state, outbox } = effects;
  const stoodBefore = state.refusal !== undefined;
  try {
    if (!state.accepted.has(id)) await sendOne(sealed, effects);
    await outbox.erase(id, state.accepted.get(id), effects.keepMs > 0 ? effects.now() : undefined);
    state.accepted.delete(id);
    return 'passed';
  } catch (error) {
    const until = effects.now() + waitAfter(attempts, effects.random());
    if (error instanceof UnreadableMessage) {
      effects.journal('request-unreadable', { id, attempts: String(attempts) });
      await outbox.markUnreadable(id, until);
      return 'unreadable';
    }
    const wasAccepted = state.accepted.has(id);
    const event = wasAccepted ? 'erase-failed' : 'delivery-failed';
    effects.journal(event, { id, code: codeOf(error), attempts: String(attempts) });
    const noted = wasAccepted ? undefined : refused(error, id, effects); // shares the wait for the disk
    await Promise.all([outbox.postpone(id, { until, mayHaveLeft: !surelyStayed(error) }), noted]);
    if (wasAccepted) return 'passed';
    return isOfMessage(error) && (!stoodBefore || state.odd.has(id)) ? 'refused' : 'hopeless';
  }
}

async function sendOne(
  { id, receivedAt, sealed, late, isTest, isSecond }: SealedRappel,
  effects: DeliveryEffects,
): Promise<void> {
  const { state } = effects;
  const isLate = late && effects.now() >= late.from;
  await effects.send({ id, receivedAt, sealed: isLate ? late.sealed : sealed, isTest, isSecond });
  state.accepted.set(id, isLate && !isTest && !isSecond ? ['late'] : []); // sent again, it was counted
  state.odd.delete(id);
  effects.journal('delivered', { id, seconds: ((effects.now() - receivedAt) / 1000).toFixed(1) });
  if (state.refusal) await liftRefusal(effects.outbox, state); // it is back: what waited for it leaves now
}

async function refused(error: unknown, id: string, effects: DeliveryEffects): Promise<void> {
  const { state, now, random } = effects;
  const isOfOne = isOfMessage(error);
  if (isOfOne && state.odd.has(id)) return;
  const isTurnedAway = !isOfOne && hasAnswered(error);
  const times = (state.refusal?.times ?? 0) + (isTurnedAway ? 1 : 0);
  const pauseUntil = isTurnedAway ? now() + waitAfter(times, random()) : 0;
  const refusal = { code: codeOf(error), at: now(), isAnswer: hasAnswered(error), pauseUntil, times };
  await noteRefusal(refusal, isOfOne ? id : undefined, effects);
}

// Where nodemailer was when the server said no, before it could speak of a message.
const ofLink = ['ECONNECTION', 'EPROTOCOL', 'ETLS', 'EAUTH'];

// A no to its sender, its recipient or its content. 421 closes the link: too many, or going down.
function isOfMessage(error: unknown): boolean {
  const { code, responseCode } = Object(error) as { code?: unknown; responseCode?: unknown };
  return hasAnswered(error) && responseCode !== 421 && !ofLink.includes(String(code));
}

// The mail server was never reached, or it clearly said no. A broken link or a silence may hide a yes: `command: 'CONN'`
// proves nothing, nodemailer writes it on a link cut after the last byte of the message too.
function surelyStayed(error: unknown): boolean {
  const { syscall } = Object(error) as { syscall?: unknown };
  return syscall === 'connect' || syscall === 'getaddrinfo' || hasAnswered(error);
}

// A server without TLS, or with a login that fails, has answered even where nodemailer keeps no number.
function hasAnswered(error: unknown): boolean {
  const { code, command, responseCode } = Object(error) as Record<string, unknown>;
  return Number(responseCode) >= 400 || code === 'EAUTH' || (code === 'ETLS' && command === 'STARTTLS');
}

/** Milliseconds to wait after a failed attempt: doubled each time from one second, capped at five minutes, with jitter. */
export function waitAfter(attempts: number, random: number): number {
  const longest = Math.min(longestWaitMs, 1000 * 2 ** Math.min(attempts, 20));
  return Math.round(longest * (0.5 + random / 2));
}
