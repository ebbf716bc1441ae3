// Pages of one visit, rendered by Astro, and the answers that lead to them. One that says nothing of a visit is made once.
import type { ReceiveEffects } from '../../rappel/effects.ts';
import { hidden } from '../../rappel/fields.ts';
import type { Tongue } from '../../service/tongues.ts';
import type { AdmissionDecision } from '../admission/admission.ts';
import { retryAfterSeconds } from '../admission/rate-limit.ts';
import type { Application } from '../application.ts';
import { countWork } from '../garbage.ts';
import { countEvent } from '../monitoring/counters.ts';
import type { Answer } from './answer.ts';
import { type Body, bodyOf } from './built-pages.ts';
import type { Render } from './renderer.ts';
import type { Site as WholeSite } from './site.ts';

/** What a form or a token is answered from. */
export type Site = Omit<WholeSite, 'table'>;

const type = 'text/html; charset=utf-8';
const empty = Buffer.alloc(0);
const nothing: Body = { type, identity: empty, br: empty, gzip: empty };

type Open = Extract<AdmissionDecision, { kind: 'open' }>;

/**
 * Does what a form that was let in asks; one that is held is counted, and its decision given back. A form that wakes nobody is
 * one that we have: it takes nothing. One that the disk refused was work all the same.
 */
export async function admitted<Held extends Exclude<AdmissionDecision, Open>, Done extends { kind: string }>(
  decision: Open | Held,
  keep: (effects: ReceiveEffects, decision: Open) => Promise<Done>,
  { effects }: Pick<Application, 'effects'>,
): Promise<Held | Done> {
  if (decision.kind !== 'open') {
    countEvent('form-held', { code: decision.kind });
    return decision;
  }
  let isNew = false;
  const wake = () => {
    isNew = true;
    effects.wake();
  };
  const done = await keep({ ...effects, wake }, decision);
  if (done.kind !== 'not-kept') await decision.settle(isNew);
  return done;
}

/** On to the page that a token opens. */
export function onTo(path: string, token: string): Answer {
  countWork();
  return { status: 303, body: nothing, headers: { location: `${path}?${hidden.token}=${token}` } };
}

// Always the same, whatever the hour that began: a count of minutes would say when.
const retryAfter = { 'retry-after': String(retryAfterSeconds) };

/** Everything typed, and why it was not kept. */
export async function formAgain(path: string, locals: Partial<App.Locals>, site: Site): Promise<Answer> {
  const page = await rendered(path, locals, site);
  return page.status === 429 ? { ...page, headers: retryAfter } : page;
}

/** The small page of whoever asks far too often, in a language. */
export function tooMany(tongue: Tongue, { pages }: Site): Answer {
  countEvent('form-held', { code: 'small-page' });
  return { status: 429, body: pages.told[tongue].trop, headers: retryAfter };
}

const made = new WeakMap<Render, Map<string, Answer>>();

/** A page that says nothing of a visit: one for each path, reason and language. */
export async function madeOnce(path: string, locals: Partial<App.Locals>, site: Site): Promise<Answer> {
  const ofSite = made.get(site.render) ?? new Map<string, Answer>();
  made.set(site.render, ofSite);
  const name = `${path} ${locals.setback?.kind} ${locals.tongue}`;
  const page = ofSite.get(name) ?? (await rendered(path, locals, site));
  ofSite.set(name, page);
  return page;
}

/** A page made for this visit alone. */
export async function rendered(
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
  const nothing = { form: new FormData(), token: '', setback: undefined, tongue: 'francais' } as const;
  return { ...nothing, sitekey, effects, ...visit };
}
