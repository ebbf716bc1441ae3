// Requests taken back: from the page that confirmed them, by its token, or from anywhere, by their reference.
import type { IncomingMessage } from 'node:http';
import { cancel, cancellableId } from '../../rappel/cancel.ts';
import { cancelByReference, readNoted, readReferred } from '../../rappel/cancel-by-reference.ts';
import type { ReceiveEffects } from '../../rappel/effects.ts';
import { hidden, textIn } from '../../rappel/fields.ts';
import type { Arrival } from '../../rappel/receive.ts';
import { journeyPath, type Tongue } from '../../service/tongues.ts';
import type { PostedForm } from '../admission/form-body.ts';
import type { Answer } from './answer.ts';
import { admitted, formAgain, madeOnce, onTo, rendered, type Site, tooMany } from './visit-pages.ts';

/** A form that was let in, and the language of its address. */
export type Posted = PostedForm & { tongue: Tongue };

const formPath = journeyPath('cancel', 'francais');
const outcomePath = '/contact/annulation'; // under no address of its own

/** Does what a posted cancellation asks. */
export async function answerToCancellation(
  request: IncomingMessage,
  posted: Posted,
  site: Site,
): Promise<Answer> {
  const { tongue } = posted;
  if (!posted.form.has(hidden.token)) return answerToReference(request, posted, site);
  const token = textIn(posted.form, hidden.token);
  const { effects, admission } = site.application;
  const id = cancellableId(token, effects);
  if (!id) return madeOnce(outcomePath, { tongue, setback: { kind: 'expired' } }, site);
  if (!(await admission.mayUse(id, 'cancelled'))) return tooMany(tongue, site);
  const done = await cancel(token, effects);
  if (done.kind === 'cancelled') return onTo(journeyPath('outcome', tongue), done.token);
  const page = done.kind === 'too-late' ? rendered : madeOnce; // only that one tells of her moments
  return page(outcomePath, { tongue, setback: done }, site);
}

/** The form that asks for a reference, in a language; with the token of a notice, what was told to the team. */
export async function cancellationPage(token: string, tongue: Tongue, site: Site): Promise<Answer> {
  const { effects, admission } = site.application;
  const reference = readNoted(token, effects);
  if (!reference) return madeOnce(formPath, { tongue }, site);
  const mayView = await admission.mayUse(token, 'viewed');
  return mayView ? rendered(outcomePath, { token, tongue }, site) : tooMany(tongue, site);
}

async function answerToReference(request: IncomingMessage, posted: Posted, site: Site): Promise<Answer> {
  const { admission } = site.application;
  const { form, tongue } = posted;
  const read = readReferred(form);
  if (!read.ok) {
    if (!(await admission.mayReturn(request, 'corrected'))) return tooMany(tongue, site);
    return formAgain(formPath, { form, tongue, setback: { kind: 'unclear', problems: read.problems } }, site);
  }
  const decision = await admission.admitUnproven(request, posted);
  const keep = (effects: ReceiveEffects, arrival: Arrival) =>
    cancelByReference(read.referred, effects, arrival);
  const done = await admitted(decision, keep, site.application);
  if (done.kind === 'noted') return onTo(journeyPath('cancel', tongue), done.token);
  if (done.kind === 'too-many' && !(await admission.mayReturn(request, 'returned')))
    return tooMany(tongue, site);
  return formAgain(formPath, { form, tongue, setback: done }, site);
}
