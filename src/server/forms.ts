// Posted forms, from the gate to the outbox. Only what must be shown again is rendered by Astro.
import type { IncomingMessage } from 'node:http';
import { cancel } from '../rappel/cancel.ts';
import { receive } from '../rappel/receive.ts';
import type { Answer } from './answer.ts';
import { readForm } from './gate.ts';
import type { House } from './house.ts';
import { countWork } from './memory.ts';
import { countEvent } from './metrics.ts';
import { type Body, bodyOf, type Pages } from './pages.ts';
import type { Render } from './render.ts';

type Site = { house: House; pages: Pages; render: Render; failed: (status: number) => Answer };

const type = 'text/html; charset=utf-8';
const empty = Buffer.alloc(0);
const nothing: Body = { type, identity: empty, br: empty, gzip: empty };

/** Does what a form asks: on to the page that confirms it, or a page that says why not. */
export async function answerToForm(request: IncomingMessage, path: string, site: Site): Promise<Answer> {
  const { settings, desk, door } = site.house;
  const knock = await readForm(request, settings.publicOrigin);
  if (!knock.ok) return site.failed(knock.status);
  const { form } = knock;
  const given = form.get('jeton');
  const token = typeof given === 'string' ? given : '';
  const isRequest = path === '/contact/envoi';

  const admission = await (isRequest ? door.admit(request, knock) : door.admitCancellation(request));
  if (admission.kind !== 'open') {
    countEvent('form-held', { code: admission.kind });
    if (admission.kind === 'too-many' && (admission.isFlood || !isRequest)) return tooMany(admission, site);
    return pageFor(path, { form, token, setback: admission }, site);
  }
  const done = await (isRequest ? receive(form, desk, admission) : cancel(token, desk));
  if (done.kind !== 'kept' && done.kind !== 'cancelled')
    return pageFor(path, { form, token, setback: done }, site);
  countWork();
  return { status: 303, body: nothing, headers: { location: `/contact/suite?jeton=${done.token}` } };
}

/** A page made for this visit alone. */
export async function pageFor(path: string, asked: Partial<App.Locals>, { house, render }: Site) {
  const { settings, desk } = house;
  const sitekey = settings.captcha?.sitekey;
  const page = await render(path, {
    form: new FormData(),
    token: '',
    setback: undefined,
    sitekey,
    desk,
    ...asked,
  });
  countWork();
  return { status: page.status, body: bodyOf(page.html, type, 5) };
}

function tooMany({ minutesLeft }: { minutesLeft: number }, { pages }: Site): Answer {
  const headers = { 'retry-after': String(minutesLeft * 60) };
  return { status: 429, body: pages.errors.trop, headers };
}
