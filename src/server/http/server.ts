// The web server: every answer of the site leaves from here. Built pages come from memory, the rest from its route.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { codeOf } from '../../rappel/journal.ts';
import type { Tongue } from '../../service/tongues.ts';
import type { Application } from '../application.ts';
import { journal } from '../monitoring/journal.ts';
import { type Answer, senderWith } from './answer.ts';
import type { Pages } from './built-pages.ts';
import { answerUnread } from './client-errors.ts';
import type { Policies } from './content-policy.ts';
import { headersFor } from './headers.ts';
import { meantAddress } from './meant-address.ts';
import type { Render } from './renderer.ts';
import { routesOf } from './routes.ts';
import type { Site } from './site.ts';

type Built = { pages: Pages; policies: Policies; render: Render; application: Application };

const limits = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16 * 1024,
  requireHostHeader: false, // refused below, in a page that says the number
};

/** The web server of the site, not yet listening. Slow or silent clients are cut off in seconds. */
export function webServer({ policies, ...built }: Built): Server {
  const table = headersFor(policies, built.application.settings);
  const failed = failuresOf(built.pages);
  const answerTo = answererOf({ ...built, table, failed });
  const send = senderWith(table.every);
  const server = createServer(limits, async (request, response) => {
    const answer = await answerTo(request).catch((error: unknown) => {
      journal('page-failed', { code: codeOf(error) });
      return failed(500);
    });
    send(request, response, answer);
  });
  // Whoever has said all may close that side: without this, node:http closes ours too, and the answer is lost.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on('checkExpectation', (request, response) => send(request, response, failed(417)));
  answerUnread(server, { failed, every: table.every });
  return server.setTimeout(30_000, (socket) => socket.destroy()); // a client that reads nothing
}

function answererOf(site: Site): (request: IncomingMessage) => Promise<Answer> {
  const { failed } = site;
  const { routes, ready, reloaded, typed } = routesOf(site);
  return async (request) => {
    if (request.httpVersion === '1.1' && request.headers.host === undefined) return failed(400);
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    const built = method === 'GET' && (isAgain(request) ? reloaded : ready).get(request.url ?? '');
    if (built) return built;
    const url = addressIn(request);
    if (!url) return failed(400);
    const route = routes.get(url.pathname);
    if (!route) return elsewhere(url.pathname, typed, failed);
    const reply = route.answers.get(method);
    return reply ? reply(request, url) : { ...failed(405), headers: { allow: route.allow } };
  };
}

// Chromium alone says so, of a page that it loads again: reloaded, come back to, restored. A first visit has a hand behind it.
function isAgain({ headers }: IncomingMessage): boolean {
  if (!headers['sec-ch-ua'] || headers['sec-fetch-dest'] !== 'document') return false;
  return headers['cache-control'] === 'max-age=0' || !headers['sec-fetch-user'];
}

// A path, or a whole address as a proxy asks for it (RFC 9112, 3.2.2).
function addressIn({ url = '' }: IncomingMessage): URL | undefined {
  const address = URL.parse(url.startsWith('/') ? `http://site${url}` : url);
  return address && /^https?:$/.test(address.protocol) ? address : undefined;
}

// Only an address that is ours is told, without what follows « ? ».
function elsewhere(pathname: string, typed: Set<string>, failed: Site['failed']): Answer {
  const location = meantAddress(pathname);
  return typed.has(location) ? { ...failed(404), status: 308, headers: { location } } : failed(404);
}

// The same object each time: what `senderWith` has once written of an answer, it does not write again.
function failuresOf({ errors, told }: Pages): Site['failed'] {
  const made = new Map<string, Answer>();
  const bodyFor = (status: number, tongue: Tongue) => {
    if (status === 404) return errors['404'];
    return status === 500 ? told[tongue]['500'] : told[tongue].refus;
  };
  return (status, tongue = 'francais') => {
    const name = `${status} ${tongue}`;
    const answer = made.get(name) ?? { status, body: bodyFor(status, tongue) };
    made.set(name, answer);
    return answer;
  };
}
