// hCaptcha, for posts in doubt only, and only where it is set. What it cannot answer in time never stops anybody.
import { setTimeout as pause } from 'node:timers/promises';
import { verify } from 'hcaptcha';
import { codeOf, type Journal } from '../../rappel/journal.ts';
import type { CaptchaKeys } from '../../settings/settings.ts';

/** `unknown`: the service did not answer, not in time, or not to the question. */
export type Verdict = 'human' | 'refused' | 'unknown';

/** Asks about the token that a visitor's browser got. The service learns no address from us. */
export type AskCaptcha = (token: string) => Promise<Verdict>;

const patienceMs = 2500; // the package has no time-out of its own

/** The service, asked with our keys. */
export function captchaWith({ sitekey, secret }: CaptchaKeys, journal: Journal): AskCaptcha {
  const unknown = (code: string): Verdict => {
    journal('captcha-unknown', { code });
    return 'unknown';
  };
  return async (token) => {
    try {
      const late = pause(patienceMs, undefined, { ref: false });
      const answer = await Promise.race([verify(secret, token, undefined, sitekey), late]);
      if (!answer) return unknown('ETIMEDOUT');
      if (answer.success === true) return 'human';
      if (answer.success !== false) return unknown('GARBAGE');
      // Wrong keys are our fault, not the visitor's.
      const ours = answer['error-codes']?.find((code) => /secret|sitekey/.test(code));
      return ours ? unknown('KEYS_REFUSED') : 'refused';
    } catch (error) {
      return unknown(codeOf(error));
    }
  };
}
