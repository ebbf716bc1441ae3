// Rate, proof or refusal for a posted form that could be kept. Doubt slows, it never refuses: whoever cannot prove anything
// passes too, more rarely and marked for the team.
import type { IncomingMessage } from 'node:http';
import { hidden, textIn } from '../../rappel/fields.ts';
import type { Journal } from '../../rappel/journal.ts';
import type { Settings } from '../../settings/settings.ts';
import { type AskCaptcha, captchaWith } from './captcha.ts';
import { isBehindUnknownProxy, visitorOf } from './client-address.ts';
import { type Flood, watchFlood } from './flood.ts';
import type { PostedForm } from './form-body.ts';
import { type RateLimit, rateLimitFor } from './rate-limit.ts';
import type { SharedDatabase } from './shared-counters.ts';

/**
 * The answer to a form. `isUnverified`: to be marked so. `place`: where it comes from, '' when unknown. `settle` is to
 * be called once it is known whether the form became a new message: one that did not takes nothing from the measure.
 */
export type AdmissionDecision =
  | { kind: 'open'; isUnverified: boolean; place: string; settle(isNew: boolean): Promise<void> }
  | { kind: 'too-many' }
  | { kind: 'to-verify' }
  | { kind: 'not-verified' };

/** What decides for the forms of a site, and counts them. */
export type Admission = {
  /** Decides for a callback form that could be kept: what cannot be kept must not take anything from her measure. */
  admit(request: IncomingMessage, posted: PostedForm): Promise<AdmissionDecision>;
  /** Decides for a cancellation that nothing proves: each becomes an e-mail, so few come from one place in an hour. */
  admitUnproven(
    request: IncomingMessage,
    posted: PostedForm,
  ): Promise<Extract<AdmissionDecision, { kind: 'open' | 'too-many' }>>;
  /** Whether a page may bring a form back once more: `returned`, one that could be kept; `corrected`, one that could not. */
  mayReturn(request: IncomingMessage, measure: 'returned' | 'corrected'): Promise<boolean>;
  /** Whether a token of a request may be used once more. Counted for the request alone: it says nothing of a place. */
  mayUse(id: string, measure: 'viewed' | 'cancelled'): Promise<boolean>;
  /** Whether everybody is counted as one visitor, because a proxy before us is not in the settings. */
  isBehindUnknownProxy(): boolean;
  /** How many forms are kept in an hour, beside what this site is used to. */
  flood: Flood;
};

/** `now` in milliseconds; `randomBytes` must be unguessable. */
type Effects = {
  now(): number;
  randomBytes(size: number): Buffer;
  journal: Journal;
};

// Nobody chooses a time and writes a number faster, however short the form.
const shortestSeconds = 3;

/** The admission of a site. `database`: the one of the machines that count together. */
export function admissionFor(
  settings: Settings,
  database: SharedDatabase | undefined,
  effects: Effects,
): Admission {
  const { captcha, trustedProxies, outboxSecret, ratePerHour } = settings;
  const { now, randomBytes, journal } = effects;
  const shared = database && { database, secret: outboxSecret };
  const take = rateLimitFor({ perHour: ratePerHour, shared, now, randomBytes });
  const ask = captcha && captchaWith(captcha, journal);
  const random = () => randomBytes(4).readUInt32BE() / 2 ** 32;
  const flood = watchFlood({ now, random, journal });
  let hasUnknownProxy = false;

  const placeOf = (request: IncomingMessage) => {
    hasUnknownProxy ||= isBehindUnknownProxy(request, trustedProxies);
    return visitorOf(request, trustedProxies);
  };

  return {
    async admit(request, { form, isSurelyOurs }) {
      const place = placeOf(request);
      const isOdd = looksAutomatic(form);
      const isDoubtful = isOdd || !isSurelyOurs;
      const proof =
        ask && (captcha.always || isDoubtful) ? await proofIn(form, { ask, take, place }) : undefined;
      if (proof === 'refused') return { kind: 'not-verified' };
      if (proof === 'possible') return { kind: 'to-verify' };

      const isSure = proof === 'human' || (!proof && !isDoubtful);
      const { isWithin, giveBack } = await take(place, isSure ? 'kept' : 'doubtful');
      if (!isWithin) return { kind: 'too-many' };
      const isUnverified = !isSure && (isOdd || proof !== undefined);
      return {
        kind: 'open',
        isUnverified,
        place: hasUnknownProxy ? '' : place, // a place that everybody shares proves nothing
        settle: async (isNew) => (isNew ? flood.add() : giveBack()),
      };
    },
    async admitUnproven(request, { form }) {
      const { isWithin, giveBack } = await take(placeOf(request), 'unproven');
      if (!isWithin) return { kind: 'too-many' };
      const settle = async (isNew: boolean) => (isNew ? flood.add() : giveBack());
      return { kind: 'open', isUnverified: looksAutomatic(form), place: '', settle };
    },
    mayReturn: async (request, measure) => (await take(placeOf(request), measure)).isWithin,
    mayUse: async (id, measure) => (await take(id, measure)).isWithin,
    isBehindUnknownProxy: () => hasUnknownProxy,
    flood,
  };
}

// A field that nobody sees, filled in; or a form that its script says was sent before anybody could read it.
function looksAutomatic(form: FormData): boolean {
  const seconds = textIn(form, hidden.seconds);
  return !!form.get(hidden.trap) || (/^\d/.test(seconds) && Number(seconds) < shortestSeconds);
}

type Asking = { ask: AskCaptcha; take: RateLimit; place: string };

// `possible`: its script can show the question, and has not yet. `unknown`: no script, no wish, no answer, or so many
// questions from one place that it waits like those that cannot be asked.
async function proofIn(form: FormData, { ask, take, place }: Asking) {
  const proof = textIn(form, hidden.proof);
  if (!proof && form.get(hidden.verification) !== 'possible') return 'unknown';
  if (!(await take(place, 'asked')).isWithin) return 'unknown';
  return proof ? ask(proof) : 'possible';
}
