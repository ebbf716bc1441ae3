// Every answer of the site leaves from here: built pages from memory, then what depends on a form or on a token.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import querystring from 'node:querystring';
import { hidden } from '../../rappel/fields.ts';
import { codeOf } from '../../rappel/journal.ts';
import { maySeeDetails } from '../admission/form-body.ts';
import type { House } from '../application.ts';
import { journal } from '../monitoring/journal.ts';
import { metricsText } from '../monitoring/metrics.ts';
import { type Answer, senderWith } from './answer.ts';
import { type Body, bodyOf, type Pages } from './built-pages.ts';
import { answerUnread } from './client-errors.ts';
import { framePaths, type Policies, verificationPath } from './content-policy.ts';
import { answerToForm, pageFor } from './forms.ts';
import { type HeaderTable, headersFor } from './headers.ts';
import { isOpenData, nowBodyFor, nowPath, preflight } from './open-data.ts';
import type { Render } from './renderer.ts';

type Built = { pages: Pages; policies: Policies; render: Render; house: House };

/** `ready`: what is sent as it was built, by address; `failed`: the answer to what may not or cannot be, by status. */
type Site = Built & {
  table: HeaderTable;
  ready: Map<string, Answer>;
  failed: (status: number) => Answer;
  nowBody: () => Body;
};

// Answered anew each time, because they depend on a form or on a token; the method is the only one each accepts.
const onDemand: Record<string, 'GET' | 'POST' | undefined> = {
  __proto__: null as never,
  '/contact/envoi': 'POST',
  '/contact/annuler': 'POST',
  '/contact/suite': 'GET',
  '/contact/modifier': 'GET',
};

/** The web server of the site, not yet listening. Slow or silent clients are cut off in seconds. */
export function webServer(built: Built): Server {
  const table = headersFor(built.policies, built.house.settings);
  const failed = failuresOf(built.pages);
  const nowBody = nowBodyFor(built.house.desk);
  const site = { ...built, table, ready: readyOf(built, table), failed, nowBody };
  const send = senderWith(table.every);
  const limits = {
    headersTimeout: 10_000,
    requestTimeout: 20_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 1000,
    maxHeaderSize: 16 * 1024,
    requireHostHeader: false, // refused below, in a page that says the number
  };
  const server = createServer(limits, async (request, response) => {
    const answer = await answerTo(request, site).catch((error: unknown) => {
      journal('page-failed', { code: codeOf(error) });
      return failed(500);
    });
    send(request, response, answer);
  });
  // Whoever has said all may close that side: without this, node:http closes ours too, and the answer is lost.
  // Whoever has said all may close that side: without this, node:http closes ours too, and the answer is lost.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on('checkExpectation', (request, response) => send(request, response, failed(417)));
  answerUnread(server, { failed, every: table.every });
  return server.setTimeout(30_000, (socket) => socket.destroy()); // somebody who reads nothing
}

function readyOf({ pages, house }: Built, table: HeaderTable): Map<string, Answer> {
  const ready = new Map<string, Answer>();
  for (const [path, body] of pages.byPath) ready.set(path, { status: 200, body, headers: table.at(path) });
  if (!house.settings.captcha) ready.delete(verificationPath);
  if (house.settings.frameOrigins.length === 0) ready.delete(framePaths.named);
  return ready;
}

async function answerTo(request: IncomingMessage, site: Site): Promise<Answer> {
  if (request.httpVersion === '1.1' && request.headers.host === undefined) return site.failed(400);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const asked = method === 'GET' && site.ready.get(request.url ?? '');
  if (asked) return asked;
  const url = addressIn(request);
  if (!url) return site.failed(400);

  const { pathname } = url;
  const isWatch = pathname === '/sante' || pathname === '/metriques';
  const page = pageAt(pathname, site);
  const accepted = page || isWatch ? 'GET' : onDemand[pathname];
  if (!accepted) return redirectOrNotFound(pathname, site);
  const isOpen = page && isOpenData(pathname);
  if (isOpen && method === 'OPTIONS') return { status: 204, body: page.body, headers: preflight };
  if (method !== accepted) {
    const allow = isOpen ? preflight.allow : accepted === 'GET' ? 'GET, HEAD' : 'POST';
    return { ...site.failed(405), headers: { allow } };
  }
  if (isWatch) return watchAnswer(request, pathname, site);
  if (page) return page;
  if (accepted === 'POST') return answerToForm(request, pathname, site);
  return pageFor(pathname, { token: url.searchParams.get(hidden.token) ?? '' }, site);
}

// A path, or a whole address as a proxy asks for it (RFC 9112, 3.2.2).
function addressIn({ url = '' }: IncomingMessage): URL | undefined {
  const address = URL.parse(url.startsWith('/') ? `http://site${url}` : url);
  return address && /^https?:$/.test(address.protocol) ? address : undefined;
}

function pageAt(path: string, { ready, table, nowBody }: Site): Answer | undefined {
  if (path === nowPath) return { status: 200, body: nowBody(), headers: table.at(path) };
  return ready.get(path);
}

async function watchAnswer(request: IncomingMessage, path: string, { house, failed }: Site): Promise<Answer> {
  const mayKnow = maySeeDetails(request, house.settings.healthToken);
  const health = await house.health();
  if (path === '/metriques') {
    if (!mayKnow) return failed(404);
    const text = Buffer.from(await metricsText(health));
    return { status: 200, body: bodyOf(text, 'text/plain; charset=utf-8', 1) };
  }
  const told = mayKnow ? health : { state: health.state };
  const json = Buffer.from(`${JSON.stringify(told)}\n`);
  return { status: health.state === 'red' ? 503 : 200, body: bodyOf(json, 'application/json', 1) };
}

function redirectOrNotFound(pathname: string, { ready, failed }: Site): Answer {
  const meant = pathname.length > longestTyped ? pathname : addressMeant(pathname);
  if (!ready.has(meant)) return failed(404);
  return { ...failed(404), status: 308, headers: { location: meant } };
}

const longestTyped = 300;

// A capital that the keyboard set, an accent, what ends the sentence around a link. Only an address that is ours is told,
// so no word that was asked for comes back, nor what follows « ? ».
function addressMeant(pathname: string): string {
  const typed = querystring.unescape(pathname).toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return `/${typed.slice(1).replace(/[\s\p{P}\p{Default_Ignorable_Code_Point}]+$/u, '')}`;
}

// Each made once: it is sent quickest.
function failuresOf({ errors }: Pages): Site['failed'] {
  const made = new Map<number, Answer>();
  const bodies = new Map([
    [404, errors['404']],
    [500, errors['500']],
  ]);
  return (status) => {
    const answer = made.get(status) ?? { status, body: bodies.get(status) ?? errors.refus };
    made.set(status, answer);
    return answer;
  };
}
