// The check of OUTBOX_SECRET: is it the one that closed what waits? A keyed fingerprint of it, kept in the outbox, is compared
// there: after a change, and between machines. Nobody reads the secret from it.
import { codeOf, type Journal } from '../../rappel/journal.ts';
import type { Outbox } from '../../rappel/outbox.ts';
import { digestFor } from '../../rappel/seal.ts';

/** The secret of this program, beside the one that an outbox was used under. */
export type Secret = {
  /** Whether the outbox was last used under another secret. Rejects when the outbox cannot be read. */
  isOther(): Promise<boolean>;
};

const noteName = 'secret';

/** What the outbox keeps of a secret. */
export function fingerprintOf(secret: string): string {
  return digestFor(secret, 'valeur de contrôle')('OUTBOX_SECRET').slice(0, 32);
}

/** Compares, and keeps nothing. */
export function secretToCompare(secret: string, outbox: Outbox): Secret {
  const ours = fingerprintOf(secret);
  return {
    async isOther() {
      const kept = await outbox.noted(noteName);
      return kept !== undefined && kept !== ours;
    },
  };
}

/**
 * Compares, and keeps this secret's fingerprint in an outbox that has none, or in which nothing waits: the documented change.
 * Once it was ours, another one is never replaced: then a machine with another secret has come, and both must not go on.
 * An event tells a difference once.
 */
export function secretInUse(secret: string, outbox: Outbox, journal: Journal): Secret {
  const ours = fingerprintOf(secret);
  let wasOurs = false;
  let wasTold = false;
  return {
    async isOther() {
      const kept = await outbox.noted(noteName);
      const isFree = kept === undefined || (!wasOurs && (await outbox.waiting()).count === 0);
      if (kept !== ours && isFree) await keep(ours, outbox, journal);
      const isOurs = kept === ours || isFree;
      wasOurs ||= isOurs;
      if (!isOurs && !wasTold) journal('secret-changed', {});
      wasTold = !isOurs;
      return !isOurs;
    },
  };
}

// A disk that refuses to write has its own alarm; the next look tries again.
async function keep(fingerprint: string, outbox: Outbox, journal: Journal): Promise<void> {
  await outbox
    .note(noteName, fingerprint)
    .catch((error: unknown) => journal('outbox-failed', { code: codeOf(error) }));
}
