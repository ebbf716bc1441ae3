// hCaptcha, asked about a token that nobody has: an honest no means that it knows our keys.
import { captchaWith } from '../../admission/captcha.ts';
import { type Finding, fine, toCorrect, toSee } from '../finding.ts';
import type { Machine } from '../machine.ts';

/** Nothing to say where hCaptcha is off. */
export async function checkCaptcha({ settings }: Machine): Promise<Finding[]> {
  const { captcha } = settings;
  if (!captcha) return [];
  const what = 'hCaptcha';
  let code = '';
  const ask = captchaWith(captcha, (_event, details: Record<string, string>) => {
    code = details.code ?? '';
  });
  const verdict = await ask('essai');
  if (verdict !== 'unknown') return [fine(what, 'il répond, et connaît nos clés.')];
  if (code === 'KEYS_REFUSED')
    return [toCorrect(what, 'il refuse nos clés. Corriger HCAPTCHA_SITEKEY et HCAPTCHA_SECRET.')];
  return [toSee(what, `il ne répond pas (${code}) : personne ne serait arrêté.`)];
}
