// due → send → erase, with patience. A request is never dropped: it is tried again for ever.
import { codeOf } from './code-of.ts';
import type { Outbox, SealedRappel } from './outbox.ts';

/** The effects handed to a delivery round. */
export type Round = {
  outbox: Outbox;
  /** Resolves once the mail server has accepted the message (250). */
  send(sealed: SealedRappel): Promise<void>;
  now(): number;
  /** A number from 0 to 1. */
  random(): number;
  journal(event: string, details: Record<string, string>): void;
};

/** Longer than the sum of the mail time-outs (45 s): nobody else sends what is being sent. */
export const leaseMs = 60_000;

const longestWaitMs = 5 * 60_000;

/** Sends all that is due, one after another, until nothing is or `stopped` says so. */
export async function deliver(round: Round, stopped: () => boolean): Promise<void> {
  while (!stopped()) {
    const sealed = await round.outbox.due(round.now(), round.now() + leaseMs);
    if (!sealed) return;
    await deliverOne(sealed, round);
  }
}

// Erased only after the mail server has accepted: a crash in between repeats a mail, never loses one.
async function deliverOne(sealed: SealedRappel, round: Round): Promise<void> {
  const { id } = sealed;
  try {
    await round.send(sealed);
    await round.outbox.erase(id);
    round.journal('delivered', { id });
  } catch (error) {
    round.journal('delivery-failed', { id, code: codeOf(error) });
    const until = round.now() + waitAfter(sealed.attempts, round.random());
    await round.outbox.postpone(id, until, !surelyStayed(error));
  }
}

// The mail server was never reached, or it clearly said no. A broken link or a silence may hide a yes: `command: 'CONN'`
// proves nothing, nodemailer writes it on a link cut after the last byte of the message too.
function surelyStayed(error: unknown): boolean {
  const { syscall, responseCode } = Object(error) as { syscall?: unknown; responseCode?: unknown };
  return syscall === 'connect' || syscall === 'getaddrinfo' || Number(responseCode) >= 400;
}

/** Milliseconds to wait after a failed attempt: doubled each time from one second, capped at five minutes, with jitter. */
export function waitAfter(attempts: number, random: number): number {
  const longest = Math.min(longestWaitMs, 1000 * 2 ** Math.min(attempts, 20));
  return Math.round(longest * (0.5 + random / 2));
}
