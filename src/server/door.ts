// What a well-formed form may do: be kept, first prove that a person sent it, or wait. Doubt slows, it never refuses:
// whoever cannot prove anything passes too, more rarely and marked for the team.
import type { IncomingMessage } from 'node:http';
import type { Pool } from 'pg';
import { isBehindUnknownProxy, visitorOf } from './address.ts';
import { type AskCaptcha, captchaWith } from './captcha.ts';
import type { Knock } from './gate.ts';
import { journal } from './journal.ts';
import { type Count, paceOf } from './pace.ts';
import type { Settings } from './settings.ts';

/**
 * The answer to a form. `isUnverified`: to be marked so. `place`: the household it came from, '' when unknown. `isFlood`: so
 * many that it deserves no page of its own.
 */
export type Admission =
  | { kind: 'open'; isUnverified: boolean; place: string }
  | { kind: 'too-many'; minutesLeft: number; isFlood: boolean }
  | { kind: 'to-verify' }
  | { kind: 'not-verified' };

export type Door = {
  /** Decides for a callback form. */
  admit(request: IncomingMessage, knock: Knock & { ok: true }): Promise<Admission>;
  /** Decides for a cancellation, whose token proves enough: it is only counted. */
  admitCancellation(request: IncomingMessage): Promise<Admission>;
  /** Whether everybody is counted as one visitor, because a proxy before us is not in the settings. */
  isBlind(): boolean;
};

// Nobody chooses a time and writes a number faster, however short the form.
const shortestSeconds = 3;

/** The door of a site. `pool`: the database of the machines that count together. */
export function doorOf(settings: Settings, pool: Pool | undefined): Door {
  const { captcha, trustedProxies, outboxSecret } = settings;
  const shared = pool && { pool, secret: outboxSecret };
  const pace = paceOf({ perHour: settings.ratePerHour, now: () => new Date(), shared });
  const ask = captcha && captchaWith(captcha, journal);
  let isBlind = false;

  const placeOf = (request: IncomingMessage) => {
    isBlind ||= isBehindUnknownProxy(request, trustedProxies);
    return visitorOf(request, trustedProxies);
  };

  return {
    async admit(request, { form, isSurelyOurs }) {
      const place = placeOf(request);
      const count = await pace(place, 'all');
      if (count.share > 1) return tooMany(count);

      const isOdd = looksAutomatic(form);
      const isDoubtful = isOdd || !isSurelyOurs;
      const proof = ask && (captcha.always || isDoubtful) ? await proofIn(form, ask) : undefined;
      if (proof === 'human') return { kind: 'open', isUnverified: false, place };
      if (proof === 'refused') return { kind: 'not-verified' };
      if (proof === 'possible') return { kind: 'to-verify' };

      if (isDoubtful || proof) {
        const doubtful = await pace(place, 'doubtful');
        if (doubtful.share > 1) return tooMany(doubtful);
      }
      return { kind: 'open', isUnverified: isOdd || proof !== undefined, place };
    },
    async admitCancellation(request) {
      const place = placeOf(request);
      const count = await pace(place, 'cancelled');
      return count.share > 1 ? tooMany(count) : { kind: 'open', isUnverified: false, place };
    },
    isBlind: () => isBlind,
  };
}

function tooMany({ share, minutesLeft }: Count): Admission {
  return { kind: 'too-many', minutesLeft, isFlood: share > 2 };
}

// A field that nobody sees, filled in; or a form that its script says was sent before anybody could read it.
function looksAutomatic(form: FormData): boolean {
  const seconds = form.get('duree');
  return (
    !!form.get('objet') ||
    (typeof seconds === 'string' && /^\d/.test(seconds) && Number(seconds) < shortestSeconds)
  );
}

// `possible`: its script can show the question, and has not yet. `unknown`: no script, no wish, or no answer.
async function proofIn(form: FormData, ask: AskCaptcha) {
  const token = form.get('preuve');
  if (typeof token === 'string' && token) return ask(token);
  return form.get('verification') === 'possible' ? 'possible' : 'unknown';
}
