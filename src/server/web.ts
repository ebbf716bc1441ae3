// Every answer of the site leaves from here: built pages from memory, then the gate, then Astro for what was posted.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { codeOf } from '../rappel/code-of.ts';
import type { Admission } from './door.ts';
import { maySeeDetails, readForm } from './gate.ts';
import type { House } from './house.ts';
import { journal } from './journal.ts';
import { countWork } from './memory.ts';
import { countEvent, metricsText } from './metrics.ts';
import { isKnown, keptSeconds, nowBody, nowPath, openHeaders, preflight } from './open-data.ts';
import { type Body, bodyOf, type Pages } from './pages.ts';
import { framePaths, type Policies, partnersPath, verificationPath } from './policies.ts';
import type { Render } from './render.ts';

type Site = { pages: Pages; policies: Policies; render: Render; house: House };

/** `kept`: open data, that anybody may keep for so many seconds. */
type Answer = { status: number; body: Body; headers?: Record<string, string>; kept?: number | undefined };

// Rendered at each visit, because they depend on a form or on a token; the method is the only one each accepts.
const onDemand: Record<string, 'GET' | 'POST' | undefined> = {
  __proto__: null as never,
  '/contact/envoi': 'POST',
  '/contact/annuler': 'POST',
  '/contact/suite': 'GET',
  '/contact/modifier': 'GET',
};

/** The web server of the site, not yet listening. Slow or silent clients are cut off in seconds. */
export function webServer(site: Site): Server {
  const headers = headersFor(site);
  const limits = {
    headersTimeout: 10_000,
    requestTimeout: 20_000,
    keepAliveTimeout: 5_000,
    maxHeaderSize: 16 * 1024,
  };
  return createServer({ ...limits, connectionsCheckingInterval: 1000 }, async (request, response) => {
    const answer: Answer = await answerTo(request, site).catch((error: unknown) => {
      journal('page-failed', { code: codeOf(error) });
      return { status: 500, body: site.pages.errors['500'] };
    });
    send(request, response, { ...answer, headers: { ...headers, ...answer.headers } });
  });
}

async function answerTo(request: IncomingMessage, site: Site): Promise<Answer> {
  const { pages } = site;
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const url = URL.parse(`http://site${request.url}`);
  if (!url || !request.url?.startsWith('/')) return { status: 400, body: pages.errors.refus };

  const watch = url.pathname === '/sante' || url.pathname === '/metriques';
  const page = pageAt(url.pathname, site);
  const accepted = page || watch ? 'GET' : onDemand[url.pathname];
  if (!accepted) return redirectOrNotFound(url.pathname, pages);
  const kept = page && keptSeconds(url.pathname);
  if (kept && method === 'OPTIONS') return { status: 204, body: page, headers: preflight };
  if (method !== accepted) {
    const allow = kept ? preflight.allow : accepted === 'GET' ? 'GET, HEAD' : 'POST';
    return { status: 405, body: pages.errors.refus, headers: { allow } };
  }
  if (watch) return watchAnswer(request, url.pathname, site);
  if (!page) return onDemandAnswer(request, url, site);
  return { status: 200, body: page, headers: ownHeaders(url.pathname, site), kept };
}

// The few pages that run what no other does, or may be shown inside another: each has its own policy.
function ownHeaders(path: string, { policies, house }: Site): Record<string, string> {
  if (path === verificationPath) return { 'content-security-policy': policies.verification };
  if (path === partnersPath) return { 'content-security-policy': policies.partners };
  const isFrame = path === framePaths.anywhere || path === framePaths.named;
  if (!isFrame) return {};
  const around = path === framePaths.anywhere ? '*' : house.settings.frameOrigins.join(' ');
  return {
    'content-security-policy': `${policies.frame}; frame-ancestors ${around}`,
    'cross-origin-resource-policy': 'cross-origin',
  };
}

function pageAt(path: string, { pages, house }: Site): Body | undefined {
  if (path === verificationPath && !house.settings.captcha) return undefined;
  if (path === framePaths.named && house.settings.frameOrigins.length === 0) return undefined;
  return path === nowPath ? nowBody(house.desk) : pages.byPath.get(path);
}

async function watchAnswer(request: IncomingMessage, path: string, { house, pages }: Site): Promise<Answer> {
  const mayKnow = maySeeDetails(request, house.settings.healthToken);
  const health = await house.health();
  if (path === '/metriques') {
    if (!mayKnow) return { status: 404, body: pages.errors['404'] };
    return {
      status: 200,
      body: bodyOf(Buffer.from(await metricsText(health)), 'text/plain; charset=utf-8', 1),
    };
  }
  const told = mayKnow ? health : { state: health.state };
  const json = Buffer.from(`${JSON.stringify(told)}\n`);
  return { status: health.state === 'red' ? 503 : 200, body: bodyOf(json, 'application/json', 1) };
}

async function onDemandAnswer(request: IncomingMessage, url: URL, site: Site): Promise<Answer> {
  const { pages, house } = site;
  let form = new FormData();
  let admission: Admission = { kind: 'open', isUnverified: false };
  if (request.method === 'POST') {
    const knock = await readForm(request, house.settings.publicOrigin);
    if (!knock.ok) return { status: knock.status, body: pages.errors.refus };
    form = knock.form;
    const isForm = url.pathname === '/contact/envoi';
    admission = await (isForm ? house.door.admit(request, knock) : house.door.admitCancellation(request));
    if (admission.kind !== 'open') countEvent('form-held', { code: admission.kind });
    if (admission.kind === 'too-many' && (admission.isFlood || !isForm))
      return {
        status: 429,
        body: pages.errors.trop,
        headers: { 'retry-after': String(admission.minutesLeft * 60) },
      };
  }
  const token = url.searchParams.get('jeton') ?? form.get('jeton');
  const sitekey = house.settings.captcha?.sitekey;
  const locals = {
    form,
    admission,
    sitekey,
    token: typeof token === 'string' ? token : '',
    desk: house.desk,
  };
  const { status, location, html } = await site.render(url.pathname, locals);
  countWork();
  const body = bodyOf(html, 'text/html; charset=utf-8', 5);
  return { status, body, ...(location ? { headers: { location } } : {}) };
}

function redirectOrNotFound(pathname: string, { byPath, errors }: Pages): Answer {
  const bare = pathname.replace(/\/+$/, '');
  if (bare !== pathname && byPath.has(bare))
    return { status: 308, body: errors['404'], headers: { location: bare } };
  return { status: 404, body: errors['404'] };
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { status, body, kept } = answer;
  const encoding = encodingFor(request.headers['accept-encoding'] ?? '');
  const bytes = body[encoding];
  const open = kept ? openHeaders(bytes, kept) : undefined;
  const headers = {
    ...answer.headers,
    ...open,
    ...(request.complete ? {} : { connection: 'close' }), // an unread body would be taken for the next request
  };
  response.removeHeader('connection'); // kept open all the same: saying so costs every page some fifty bytes
  if (status === 204 || isKnown(request, open?.etag)) {
    response.writeHead(status === 204 ? 204 : 304, headers).end();
    return;
  }
  response.writeHead(status, {
    ...headers,
    'content-type': body.type,
    'content-length': bytes.length,
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

function encodingFor(accepted: string): 'br' | 'gzip' | 'identity' {
  const accepts = (name: string) =>
    new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted);
  if (accepts('br')) return 'br';
  return accepts('gzip') ? 'gzip' : 'identity';
}

/**
 * The headers of every answer. `no-store`: pages would stay readable in the phone's cache. `no-referrer`: the site
 * where a person leaves to must not learn where she came from.
 */
function headersFor({ policies, house }: Site): Record<string, string> {
  const { publicOrigin } = house.settings;
  return {
    'cache-control': 'no-store',
    'content-security-policy': house.settings.captcha ? policies.framing : policies.plain,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(publicOrigin.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}
