// Posted forms, from admission to the outbox, and the pages that a token opens. Only what is of one visit is rendered by
// Astro, and only so often in an hour.
import type { IncomingMessage } from 'node:http';
import type { ReceiveEffects } from '../../rappel/effects.ts';
import { hidden, textIn } from '../../rappel/fields.ts';
import { requestOf } from '../../rappel/outcome.ts';
import { type Arrival, keepRequest, readRequest } from '../../rappel/receive.ts';
import { journeyPath, type Tongue } from '../../service/tongues.ts';
import { readForm } from '../admission/form-body.ts';
import type { Answer } from './answer.ts';
import { answerToCancellation, type Posted } from './cancellations.ts';
import { admitted, formAgain, madeOnce, onTo, rendered, type Site, tooMany } from './visit-pages.ts';

const formPath = journeyPath('send', 'francais'); // of the page that Astro renders, whatever its language

/** Does what a form asks in a language: on to the page that confirms it, or a page that says why not. */
export async function answerToForm(
  request: IncomingMessage,
  { step, tongue }: { step: 'send' | 'cancel'; tongue: Tongue },
  site: Site,
): Promise<Answer> {
  const posted = await readForm(request, site.application.settings.publicOrigin);
  if (!posted.ok) return site.failed(posted.status, tongue);
  return (step === 'send' ? answerToRequest : answerToCancellation)(request, { ...posted, tongue }, site);
}

/** The page that a token opens in a language; without one of ours, the page that says so, the same for all. */
export async function pageFor(
  step: 'outcome' | 'change',
  { token, tongue }: { token: string; tongue: Tongue },
  site: Site,
): Promise<Answer> {
  const { effects, admission } = site.application;
  const id = requestOf(token, effects.tokens);
  const path = journeyPath(step, 'francais');
  if (!id) return madeOnce(path, { tongue }, site);
  return (await admission.mayUse(id, 'viewed'))
    ? rendered(path, { token, tongue }, site)
    : tooMany(tongue, site);
}

async function answerToRequest(request: IncomingMessage, posted: Posted, site: Site): Promise<Answer> {
  const { effects, admission } = site.application;
  const { form, tongue } = posted;
  const token = textIn(form, hidden.token);
  const read = readRequest(form, effects, tongue);
  if (read.kind !== 'readable') {
    // Neither counted among what can be kept, nor refused for having come too often: only shown again so many times.
    if (!(await admission.mayReturn(request, 'corrected'))) return tooMany(tongue, site);
    return formAgain(formPath, { form, token, tongue, setback: read }, site);
  }
  const decision = await admission.admit(request, posted);
  const keep = (effects: ReceiveEffects, arrival: Arrival) => keepRequest(read, effects, arrival);
  const done = await admitted(decision, keep, site.application);
  if (done.kind === 'kept') return onTo(journeyPath('outcome', tongue), done.token);
  const isCounted = done.kind === 'to-verify' || done.kind === 'not-verified'; // where the question is asked
  if (!isCounted && !(await admission.mayReturn(request, 'returned'))) return tooMany(tongue, site);
  return formAgain(formPath, { form, token, tongue, setback: done }, site);
}
