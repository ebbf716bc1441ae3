// due → send → erase, with patience. A request is never dropped: it is tried again for ever.
import { codeOf } from './code-of.ts';
import type { Outbox, SealedMessage, SealedRappel } from './outbox.ts';

/** The effects handed to a delivery round. */
export type Round = {
  outbox: Outbox;
  /** Resolves once the mail server has accepted the message (250). */
  send(message: Outgoing): Promise<void>;
  now(): number;
  /** A number from 0 to 1. */
  random(): number;
  journal(event: string, details: Record<string, string>): void;
  memory: Memory;
};

/** What leaves: the message as it must read now. */
export type Outgoing = Pick<SealedMessage, 'id' | 'receivedAt' | 'sealed' | 'isTest'>;

/** What one courier knows from one round to the next, and no disk has to. */
export type Memory = {
  /** Accepted by the mail server, but the disk refused to forget them: not to be sent again. */
  accepted: Set<string>;
  /** The last attempt got no answer from the mail server. */
  mailIsDown: boolean;
};

/** The memory of a courier that has just started. */
export function newMemory(): Memory {
  return { accepted: new Set(), mailIsDown: false };
}

/** Longer than the sum of the mail time-outs (45 s): nobody else sends what is being sent. */
export const leaseMs = 60_000;

const longestWaitMs = 5 * 60_000;

/**
 * Sends all that is due, one after another, until nothing is or `stopped` says so. A mail server that does not answer
 * ends the round: the next one tries a single message, not each of a thousand.
 */
export async function deliver(round: Round, stopped: () => boolean): Promise<void> {
  while (!stopped()) {
    const sealed = await round.outbox.due(round.now(), round.now() + leaseMs);
    if (!sealed) return;
    await deliverOne(sealed, round);
    if (round.memory.mailIsDown) return;
  }
}

// Erased only after the mail server has accepted: a crash in between repeats a mail, never loses one.
async function deliverOne(sealed: SealedRappel, round: Round): Promise<void> {
  const { id, attempts } = sealed;
  try {
    if (!round.memory.accepted.has(id)) await sendOne(sealed, round);
    await round.outbox.erase(id);
    round.memory.accepted.delete(id);
  } catch (error) {
    const event = round.memory.accepted.has(id) ? 'erase-failed' : 'delivery-failed';
    round.journal(event, { id, code: codeOf(error), attempts: String(attempts) });
    const until = round.now() + waitAfter(attempts, round.random());
    await round.outbox.postpone(id, until, !surelyStayed(error));
  }
}

async function sendOne({ id, receivedAt, sealed, late, isTest }: SealedRappel, round: Round): Promise<void> {
  const { memory } = round;
  const isLate = late && round.now() >= late.from;
  try {
    await round.send({ id, receivedAt, sealed: isLate ? late.sealed : sealed, isTest });
  } catch (error) {
    memory.mailIsDown = !hasAnswered(error);
    throw error;
  }
  memory.accepted.add(id);
  round.journal('delivered', { id, seconds: ((round.now() - receivedAt) / 1000).toFixed(1) });
  if (memory.mailIsDown) await round.outbox.hasten(); // it is back: what waited for it leaves now
  memory.mailIsDown = false;
}

// The mail server was never reached, or it clearly said no. A broken link or a silence may hide a yes: `command: 'CONN'`
// proves nothing, nodemailer writes it on a link cut after the last byte of the message too.
function surelyStayed(error: unknown): boolean {
  const { syscall } = Object(error) as { syscall?: unknown };
  return syscall === 'connect' || syscall === 'getaddrinfo' || hasAnswered(error);
}

function hasAnswered(error: unknown): boolean {
  return Number((Object(error) as { responseCode?: unknown }).responseCode) >= 400;
}

/** Milliseconds to wait after a failed attempt: doubled each time from one second, capped at five minutes, with jitter. */
export function waitAfter(attempts: number, random: number): number {
  const longest = Math.min(longestWaitMs, 1000 * 2 ** Math.min(attempts, 20));
  return Math.round(longest * (0.5 + random / 2));
}
