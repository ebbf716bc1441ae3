// The scene of a visit, all of it on this machine: a search page, our site in a build of its own, the site of the exit, a
// partner, and a careless page that leaves everything, to see that the instruments see.
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Certificate } from '../support/certificates.ts';
import { buildCopy, copySources } from '../support/copy.ts';
import { mailSettings, openMailbox } from '../support/mailbox.ts';
import { startSite } from '../support/site.ts';
import { authority } from './authority.ts';
import { killBrowsers } from './browsers.ts';
import { partnerPage } from './partner.ts';

/** What was asked; `into` is what the browser means to do with it, as it says itself (`Sec-Fetch-Dest`). */
export type Asked = { path: string; into: string };

/** A scene: `search` leads to any address, `exit` counts who comes and may make them wait. */
export type Scene = {
  /** The address of a search page whose only link leads there. */
  search(address: string): string;
  exit: { url: string; referrers: (string | undefined)[]; delayMs: number };
  /** The origin of our site, on a name of its own. */
  site: string;
  /** What was asked of our site, in order; whoever looks may empty it. */
  asked: Asked[];
  /** Whether scripts run in its pages: false is for a browser that has no setting for it. */
  scripts: { run: boolean };
  /** The origin of the partner, whose pages are those of partner.ts. */
  partner: string;
  /** The origin of the careless page. */
  careless: string;
  /** Ends everything, browsers that a failure has left included. */
  close(): Promise<void>;
};

/** The scene as each test finds it: nobody waits, scripts run, nothing is asked yet. */
export function reset({ exit, scripts, asked }: Scene): void {
  exit.delayMs = 0;
  scripts.run = true;
  asked.length = 0;
}

/** How many pages a window has asked of our site. */
export function documents({ asked }: Scene): number {
  return asked.filter(({ into }) => into === 'document').length;
}

/** What a person types during a visit; found in a file, it is a trace. */
export const typed = { phone: '01 99 00 73 19', name: 'Zéphyrine', word: 'quetsche-mauve' };
/** The same, in the forms in which it may be kept. */
export const typedForms = [typed.phone, '0199007319', '199007319', '01+99+00+73+19', typed.name, typed.word];

let shared: Promise<Scene> | undefined;

/** The scene that all tests of a process share; the first to ask opens it. */
export function sharedScene(): Promise<Scene> {
  shared ??= openScene();
  return shared;
}

/** Closes that scene, if anybody asked for it. */
export async function closeSharedScene(): Promise<void> {
  await (await shared)?.close();
}

/** Opens everything; builds our site with its exit on this machine. */
export async function openScene(): Promise<Scene> {
  const exit: Scene['exit'] = { url: '', referrers: [], delayMs: 0 };
  const exitSite = await serve((request, response) => {
    if (request.url === '/') exit.referrers.push(request.headers.referer);
    setTimeout(() => html(response, '<title>Météo</title><h1>Météo</h1>'), exit.delayMs).unref();
  });
  exit.url = `${originOf(exitSite, 'sortie')}/`;
  const search = await serve((request, response) => {
    const address = new URL(request.url ?? '', 'http://x').searchParams.get('vers');
    html(response, `<title>Recherche</title><a id="resultat" href="${address}">Résultat</a>`);
  });
  const careless = await serve(carelessAnswer);
  const partnerSite = await serve(({ url = '' }, response) => html(response, partnerPage(url, site.origin)));
  const partner = originOf(partnerSite, 'partenaire');
  const site = await openSite(exit.url, partner);
  return {
    search: (address) => `${originOf(search, 'recherche')}/?vers=${encodeURIComponent(address)}`,
    exit,
    site: site.origin,
    asked: site.asked,
    scripts: site.scripts,
    partner,
    careless: originOf(careless, 'negligent'),
    async close() {
      killBrowsers();
      await site.stop();
      for (const server of [exitSite, search, partnerSite, careless]) server.closeAllConnections();
      for (const server of [exitSite, search, partnerSite, careless]) server.close();
    },
  };
}

// With its address and its exit frozen into the pages: a build of its own. Behind a server that speaks https for it, hands
// everything on, and notes what was asked: how a browser without a protocol is followed through the site.
async function openSite(exitUrl: string, partner: string) {
  const asked: Asked[] = [];
  const scripts = { run: true };
  let port = '';
  const front = await serve((incoming, response) => {
    const { method, url: path = '', headers } = incoming;
    const outgoing = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, [
        ...answer.rawHeaders,
        ...(scripts.run ? [] : withoutScripts),
      ]);
      answer.pipe(response);
      response.once('finish', () => asked.push({ path, into: `${headers['sec-fetch-dest']}` }));
    });
    outgoing.once('error', () => response.destroy());
    incoming.pipe(outgoing);
  });
  const origin = originOf(front, 'site');
  const mailbox = await openMailbox();
  const root = copySources();
  const frozen = { EXIT_URL: exitUrl, PUBLIC_ORIGIN: origin };
  buildCopy(root, frozen);
  const settings = { ...mailSettings(mailbox), ...frozen, FRAME_ORIGINS: partner };
  const site = await startSite(settings, join(root, 'src/server/main.ts'));
  port = new URL(site.origin).port;
  return {
    origin,
    asked,
    scripts,
    async stop() {
      front.closeAllConnections();
      front.close();
      await site.stop();
      await mailbox.close();
    },
  };
}

// To a browser, a page where scripting is off: what `noscript` holds is shown.
const withoutScripts = [
  'content-security-policy',
  'sandbox allow-forms allow-popups allow-same-origin allow-top-navigation',
];

// Everything a site should not do, on one page.
function carelessAnswer(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('cache-control', 'max-age=3600');
  response.setHeader('set-cookie', 'visite=mirabelle; max-age=3600');
  const compressed = compressedAnswers[request.url?.slice(1) ?? ''];
  if (compressed) {
    response.setHeader('content-encoding', request.url?.slice(1) ?? '');
    response.setHeader('content-type', 'text/plain');
    response.end(compressed);
    return;
  }
  html(
    response,
    `<title>Victime de violences</title>
    <form action="/envoi"><input id="tel" name="tel"><input id="prenom" name="name"><button>Envoyer</button></form>
    <script>
      tel.onfocus = () => {
        history.pushState(null, '', '/plainte');
        document.title = 'Porter plainte';
      };
      localStorage.setItem('brouillon', 'reine-claude');
      sessionStorage.setItem('brouillon', 'reine-claude');
      const opening = indexedDB.open('dossier', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('notes').put('reine-claude', 1);
      opening.onsuccess = () => Promise.all(['/gzip', '/br'].map((path) => fetch(path).then((page) => page.text()))).then(() => document.body.classList.add('pret'));
    </script>`,
  );
}

const compressedAnswers: Record<string, Buffer> = {
  gzip: gzipSync('un secret dans le cache : cornichon'),
  br: brotliCompressSync('un autre secret dans le cache : pissenlit'),
};

let certificate: Certificate | undefined; // one for all their names

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  certificate ??= authority().certify(names.map((name) => `DNS:${name}.localhost`).join());
  const server = createServer({ key: certificate.key, cert: certificate.cert }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const names = ['recherche', 'site', 'sortie', 'partenaire', 'negligent'] as const;

function originOf(server: Server, name: (typeof names)[number]): string {
  return `https://${name}.localhost:${(server.address() as AddressInfo).port}`;
}

function html(response: ServerResponse, content: string): void {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(`<!doctype html><link rel="icon" href="data:,">${content}`);
}
