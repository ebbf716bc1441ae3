// What the page after the form needs to know, carried in a sealed token of thirty minutes: no number, no name, no
// typed word. An address stays in a history and in a proxy's log, so it must hold nothing that a key could betray.
import type { FieldName, OtherAnswer, Slot, Tries, Voicemail } from './fields.ts';
import type { Rappel } from './rappel.ts';
import type { Box } from './seal.ts';

/** How long a request can be changed from its page. */
export const changeableMinutes = 30;

/** A kept request, seen from the page that confirms it. `typed` names the free texts that were filled in. */
export type Outcome = {
  id: string;
  receivedAt: number;
  slots: Slot[];
  otherAnswer: OtherAnswer | undefined;
  voicemail: Voicemail | undefined;
  tries: Tries | undefined;
  typed: FieldName[];
  cancelled?: 'withdrawn' | 'notified' | 'already';
};

/** The outcome of a request that has just been kept. */
export function outcomeOf(rappel: Rappel, id: string, receivedAt: number): Outcome {
  const { slots, otherAnswer, voicemail, tries } = rappel;
  const texts = {
    eviter: rappel.avoid,
    tiers_phrase: rappel.otherPhrase,
    mot: rappel.codeWord,
    prenom: rappel.firstName,
    langue: rappel.language,
  };
  const typed = (Object.keys(texts) as (keyof typeof texts)[]).filter((name) => texts[name]);
  return { id, receivedAt, slots, otherAnswer, voicemail, tries, typed };
}

/** An outcome as an opaque text for an address or a hidden field. */
export function writeToken(outcome: Outcome, box: Box): string {
  return Buffer.from(box.close(Buffer.from(JSON.stringify(outcome)))).toString('base64url');
}

/** The outcome in a token, or undefined when it is forged, cut, or older than thirty minutes. */
export function readToken(token: string, at: Date, box: Box): Outcome | undefined {
  const outcome = opened(token, box);
  if (!outcome) return undefined;
  const age = at.getTime() - outcome.receivedAt;
  return age <= changeableMinutes * 60_000 ? outcome : undefined;
}

/** The id of the request that a token speaks of, however old it is; undefined when the token is not ours. */
export function requestOf(token: string, box: Box): string | undefined {
  return opened(token, box)?.id;
}

function opened(token: string, box: Box): Outcome | undefined {
  try {
    return JSON.parse(Buffer.from(box.open(Buffer.from(token, 'base64url'))).toString()) as Outcome;
  } catch {
    return undefined; // not ours, whatever the reason: the page says so and gives the number
  }
}
