// Routes: every address of the site, the methods that it accepts, and what answers there.
import type { IncomingMessage } from 'node:http';
import { hidden } from '../../rappel/fields.ts';
import { unlistedPath } from '../../service/addresses.ts';
import { journeyPath, type Tongue, tongues } from '../../service/tongues.ts';
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

type Reply = (request: IncomingMessage, url: URL) => Answer | Promise<Answer>;

/**
 * Every route, by path. What was built, and needs nothing of who asks, is also in `ready`, and its pages in `reloaded`, for a
 * browser that loads one again: as not found, so that Chromium does not list it twice (decision 32). `typed` holds the
 * addresses that somebody may write with a slip.
 */
export function routesOf(site: Site): {
  routes: Map<string, Route>;
  ready: Map<string, Answer>;
  reloaded: Map<string, Answer>;
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
    ...tongues.flatMap((tongue) => journeyIn(tongue, site)),
  ]);
  const typed = [...ready.keys(), ...tongues.map((tongue) => journeyPath('cancel', tongue))];
  return { routes, ready, reloaded: reloadedOf(ready), typed: new Set(typed) };
}

// What follows a form of a language.
function journeyIn(tongue: Tongue, site: Site): [string, Route][] {
  const formOf =
    (step: 'send' | 'cancel'): Reply =>
    (request) =>
      answerToForm(request, { step, tongue }, site);
  const pageOf =
    (step: 'outcome' | 'change'): Reply =>
    (_, url) =>
      pageFor(step, { token: tokenIn(url), tongue }, site);
  const cancelling: Route = {
    allow: 'GET, HEAD, POST',
    answers: new Map([
      ['GET', (_: IncomingMessage, url: URL) => cancellationPage(tokenIn(url), tongue, site)],
      ['POST', formOf('cancel')],
    ]),
  };
  return [
    [journeyPath('outcome', tongue), get(pageOf('outcome'))],
    [journeyPath('change', tongue), get(pageOf('change'))],
    [journeyPath('send', tongue), post(formOf('send'))],
    [journeyPath('cancel', tongue), cancelling],
  ];
}

function readyIn({ pages, table, application }: Site): Map<string, Answer> {
  const answerAt = (path: string, body: Body) => ({ status: 200, body, headers: table.at(path) });
  const ready = new Map([...pages.byPath].map(([path, body]) => [path, answerAt(path, body)]));
  const home = pages.byPath.get('/');
  if (home) ready.set(unlistedPath, { status: 404, body: home, headers: { 'x-robots-tag': 'noindex' } });
  if (!application.settings.captcha) ready.delete(verificationPath);
  if (application.settings.frameOrigins.length === 0) for (const path of framePaths.named) ready.delete(path);
  return ready;
}

function reloadedOf(ready: Map<string, Answer>): Map<string, Answer> {
  const pages = [...ready].filter(([, { body }]) => body.type.startsWith('text/html'));
  return new Map(pages.map(([path, answer]) => [path, { ...answer, status: 404 }]));
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

function tokenIn(url: URL): string {
  return url.searchParams.get(hidden.token) ?? '';
}
