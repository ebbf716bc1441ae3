// Posted forms, from admission to the outbox, and the pages that a token opens. Only what is of one visit is rendered by
// Astro, and only so often in an hour.
import type { IncomingMessage } from 'node:http';
import { cancel } from '../../rappel/cancel.ts';
import { hidden, textIn } from '../../rappel/fields.ts';
import { requestOf } from '../../rappel/outcome.ts';
import { keepRequest, type Readable, readRequest } from '../../rappel/receive.ts';
import { type PostedForm, readForm } from '../admission/form-body.ts';
import { retryAfterSeconds } from '../admission/rate-limit.ts';
import type { Application } from '../application.ts';
import { countWork } from '../garbage.ts';
import { countEvent } from '../monitoring/counters.ts';
import type { Answer } from './answer.ts';
import { type Body, bodyOf } from './built-pages.ts';
import type { Render } from './renderer.ts';
import type { Site as WholeSite } from './site.ts';

type Site = Omit<WholeSite, 'table'>;

const type = 'text/html; charset=utf-8';
const empty = Buffer.alloc(0);
const nothing: Body = { type, identity: empty, br: empty, gzip: empty };

/** Does what a form asks: on to the page that confirms it, or a page that says why not. */
export async function answerToForm(request: IncomingMessage, path: string, site: Site): Promise<Answer> {
  const posted = await readForm(request, site.application.settings.publicOrigin);
  if (!posted.ok) return site.failed(posted.status);
  const token = textIn(posted.form, hidden.token);
  if (path === '/contact/envoi') return answerToRequest(request, { posted, token }, site);
  return answerToCancellation(token, site);
}

/** The page that a token opens; without one of ours, the page that says so, the same for all. */
export async function pageFor(path: string, { token = '' }: { token?: string }, site: Site): Promise<Answer> {
  const { effects, admission } = site.application;
  const id = requestOf(token, effects.tokens);
  if (!id) return madeOnce(path, {}, site);
  return (await admission.mayUse(id, 'viewed')) ? rendered(path, { token }, site) : tooMany(site);
}

type Submission = { posted: PostedForm; token: string };

async function answerToRequest(
  request: IncomingMessage,
  { posted, token }: Submission,
  site: Site,
): Promise<Answer> {
  const { effects, admission } = site.application;
  const { form } = posted;
  const read = readRequest(form, effects);
  if (read.kind !== 'readable') {
    // Neither counted among what can be kept, nor refused for having come too often: only shown again so many times.
    if (!(await admission.mayReturn(request, 'corrected'))) return tooMany(site);
    return formAgain({ form, token, setback: read }, site);
  }
  const done = await admitted(request, { posted, read }, site);
  if (done.kind === 'kept') return onTo(done.token);
  const isCounted = done.kind === 'to-verify' || done.kind === 'not-verified'; // where the question is asked
  if (!isCounted && !(await admission.mayReturn(request, 'returned'))) return tooMany(site);
  return formAgain({ form, token, setback: done }, site);
}

type Candidate = { posted: PostedForm; read: Readable };

// A form that wakes nobody is one that we have: it takes nothing. One that the disk refused was work all the same.
async function admitted(request: IncomingMessage, { posted, read }: Candidate, { application }: Site) {
  const { effects, admission } = application;
  const decision = await admission.admit(request, posted);
  if (decision.kind !== 'open') {
    countEvent('form-held', { code: decision.kind });
    return decision;
  }
  let isNew = false;
  const wake = () => {
    isNew = true;
    effects.wake();
  };
  const done = await keepRequest(read, { ...effects, wake }, decision);
  if (done.kind !== 'not-kept') await decision.settle(isNew);
  return done;
}

async function answerToCancellation(token: string, site: Site): Promise<Answer> {
  const { effects, admission } = site.application;
  const id = requestOf(token, effects.tokens);
  if (!id) return madeOnce('/contact/annuler', { setback: { kind: 'too-late' } }, site);
  if (!(await admission.mayUse(id, 'cancelled'))) return tooMany(site);
  const done = await cancel(token, effects);
  return done.kind === 'cancelled' ? onTo(done.token) : madeOnce('/contact/annuler', { setback: done }, site);
}

function onTo(token: string): Answer {
  countWork();
  return { status: 303, body: nothing, headers: { location: `/contact/suite?${hidden.token}=${token}` } };
}

// Everything typed, and why it was not kept.
async function formAgain(locals: Partial<App.Locals>, site: Site): Promise<Answer> {
  const page = await rendered('/contact/envoi', locals, site);
  return page.status === 429 ? { ...page, headers: retryAfter } : page;
}

// Always the same, whatever the hour that began: a count of minutes would say when.
const retryAfter = { 'retry-after': String(retryAfterSeconds) };

function tooMany({ pages }: Site): Answer {
  countEvent('form-held', { code: 'small-page' });
  return { status: 429, body: pages.errors.trop, headers: retryAfter };
}

const made = new WeakMap<Render, Map<string, Answer>>();

// A page that says nothing of a visit: one for each path and reason.
async function madeOnce(path: string, locals: Partial<App.Locals>, site: Site): Promise<Answer> {
  const ofSite = made.get(site.render) ?? new Map<string, Answer>();
  made.set(site.render, ofSite);
  const name = `${path} ${locals.setback?.kind}`;
  const page = ofSite.get(name) ?? (await rendered(path, locals, site));
  ofSite.set(name, page);
  return page;
}

// A page made for this visit alone.
async function rendered(
  path: string,
  locals: Partial<App.Locals>,
  { application, render }: Site,
): Promise<Answer> {
  const page = await render(path, localsFor(locals, application));
  countWork();
  return { status: page.status, body: bodyOf(page.html, type, 5) };
}

/** What a page rendered by Astro is told of an application, and of this visit. */
export function localsFor(
  visit: Partial<App.Locals>,
  { settings, effects }: Pick<Application, 'settings' | 'effects'>,
): App.Locals {
  const sitekey = settings.captcha?.sitekey;
  return { form: new FormData(), token: '', setback: undefined, sitekey, effects, ...visit };
}
