// A finding of `un-premier-pas verifier`: a line for the person who opens the site. No secret, no personal word.
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from '../../rappel/journal.ts';
import { SettingError } from '../../settings/setting-error.ts';

/** `warn`: somebody should look. `fail`: the site must not open so. `advice` says what was seen, and what to do. */
export type Finding = { what: string; state: 'ok' | 'warn' | 'fail'; advice: string };

/** Nothing to do. */
export const fine = (what: string, advice: string): Finding => ({ what, state: 'ok', advice });

/** Somebody should look. */
export const toSee = (what: string, advice: string): Finding => ({ what, state: 'warn', advice });

/** The site must not open so. */
export const toCorrect = (what: string, advice: string): Finding => ({ what, state: 'fail', advice });

/** How long one check may take. */
export const patienceMs = 10_000;

/** How long what a check asks may take: it gives up a little sooner, with a better word. */
export const askingMs = 7_000;

const words = { ok: 'bien', warn: 'à voir', fail: 'à corriger' };

/** A finding as it is printed. */
export function lineFor({ what, state, advice }: Finding): string {
  return `${words[state].padEnd(words.fail.length)}  ${what} : ${advice}`;
}

/** How many findings there are of each kind, in French. */
export function countFor(findings: Finding[]): string {
  const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length;
  return `${count('ok')} bien, ${count('warn')} à voir, ${count('fail')} à corriger.`;
}

/** What a check finds, in time and whatever happens: a check that breaks or lasts is a thing to correct. */
export async function findingsOf(what: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  const late = pause(patienceMs, [toCorrect(what, 'pas de réponse à temps.')]);
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    const advice =
      error instanceof SettingError ? error.message : `la vérification a échoué (${codeOf(error)}).`;
    return [toCorrect(what, advice)];
  }
}
