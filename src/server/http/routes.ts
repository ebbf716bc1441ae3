// Routes: every address of the site, the methods that it accepts, and what answers there.
import type { IncomingMessage } from 'node:http';
import { hidden } from '../../rappel/fields.ts';
import type { Answer } from './answer.ts';
import type { Body } from './built-pages.ts';
import { cancellationPage } from './cancellations.ts';
import { framePaths, verificationPath } from './content-policy.ts';
import { answerToForm, pageFor } from './forms.ts';
import { isOpenData, nowBodyFor, nowPath, preflight } from './open-data.ts';
import type { Site } from './site.ts';
import { healthAnswer, metricsAnswer } from './watch.ts';

/** An address: the methods that it accepts, as the header `Allow` tells them, and its answer to each. */
export type Route = { allow: string; answers: Map<string, Reply> };

const cancelPath = '/contact/annuler';

type Reply = (request: IncomingMessage, url: URL) => Answer | Promise<Answer>;

/**
 * Every route, by path. What was built, and needs nothing of who asks, is also in `ready`; `typed` holds the addresses that
 * somebody may write with a slip.
 */
export function routesOf(site: Site): {
  routes: Map<string, Route>;
  ready: Map<string, Answer>;
  typed: Set<string>;
} {
  const ready = readyIn(site);
  const pages = [...ready].map(([path, answer]) => [path, pageRoute(path, () => answer)] as const);
  const nowBody = nowBodyFor(site.application.effects);
  const now = () => ({ status: 200, body: nowBody(), headers: site.table.at(nowPath) });
  const routes = new Map<string, Route>([
    ...pages,
    [nowPath, pageRoute(nowPath, now)],
    ['/sante', get((request) => healthAnswer(request, site))],
    ['/metriques', get((request) => metricsAnswer(request, site))],
    ...['/contact/suite', '/contact/modifier'].map((path) => [path, get(tokenPage(path, site))] as const),
    ['/contact/envoi', post(formAt('/contact/envoi', site))],
    [cancelPath, cancellationRoute(site)],
  ]);
  return { routes, ready, typed: new Set([...ready.keys(), cancelPath]) };
}

function readyIn({ pages, table, application }: Site): Map<string, Answer> {
  const answerAt = (path: string, body: Body) => ({ status: 200, body, headers: table.at(path) });
  const ready = new Map([...pages.byPath].map(([path, body]) => [path, answerAt(path, body)]));
  if (!application.settings.captcha) ready.delete(verificationPath);
  if (application.settings.frameOrigins.length === 0) ready.delete(framePaths.named);
  return ready;
}

function pageRoute(path: string, page: () => Answer): Route {
  const route = get(page);
  if (!isOpenData(path)) return route;
  route.answers.set('OPTIONS', () => ({ status: 204, body: page().body, headers: preflight }));
  return { ...route, allow: preflight.allow };
}

function get(reply: Reply): Route {
  return { allow: 'GET, HEAD', answers: new Map([['GET', reply]]) };
}

function post(reply: Reply): Route {
  return { allow: 'POST', answers: new Map([['POST', reply]]) };
}

function cancellationRoute(site: Site): Route {
  const page: Reply = (_, url) => cancellationPage(tokenIn(url), site);
  const answers = new Map([
    ['GET', page],
    ['POST', formAt(cancelPath, site)],
  ]);
  return { allow: 'GET, HEAD, POST', answers };
}

function tokenPage(path: string, site: Site): Reply {
  return (_, url) => pageFor(path, { token: tokenIn(url) }, site);
}

function tokenIn(url: URL): string {
  return url.searchParams.get(hidden.token) ?? '';
}

function formAt(path: string, site: Site): Reply {
  return (request) => answerToForm(request, path, site);
}
