// `npm run bench loading`: how soon a phone shows our text, and what it fetches, on our pages and on three design systems.
// Lighthouse's own phone and network, each page in turn. Writes its part of docs/mesures/vitesse.md.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { addressOf } from '../src/built/address.ts';
import { chromiumPath } from '../tests/support/browser.ts';
import { startSite } from '../tests/support/site.ts';
import { answerOf } from './answers.ts';
import { median, written } from './figures.ts';
import { type Files, serveFiles } from './memory-server.ts';
import { dsfrSite } from './peers/dsfr.ts';
import { govukSite } from './peers/govuk.ts';
import { starlightSite } from './peers/starlight.ts';
import { textOf } from './peers/text.ts';
import { table, writePart } from './report.ts';

const rounds = Number(process.env.ROUNDS ?? 5);
const root = fileURLToPath(new URL('..', import.meta.url));
const peers = `${root}bench/peers`;

if (!existsSync(`${peers}/node_modules`))
  execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund'], { cwd: peers, stdio: 'inherit' });

type Visit = { fcp: number; lcp: number; bytes: number; requests: number };

const built = (path: string) => readFileSync(`${root}dist/client${path}`);
const ours: Files = (path) => (path === '/' ? built('/index.html') : undefined);
const text = textOf(built('/index.html').toString());
const sites: Record<string, Files> = {
  'la nôtre': ours,
  Starlight: starlightSite(text),
  'govuk-frontend': govukSite(text, true),
  'govuk-frontend, sans sa police': govukSite(text, false),
  DSFR: dsfrSite(text),
};

const chrome = await chromiumPath();
const run = promisify(execFile);
const rows = await compared();
writePart('Ce que charge une page', 'bench loading', [
  `Lighthouse ${version('lighthouse')}, téléphone et réseau par défaut (simulés), médianes de ${rounds} passages en alternance. Le texte de`,
  'notre accueil, le même serveur, brotli 11 pour tous, les fichiers réduits de chaque paquet npm :',
  `Starlight ${version('@astrojs/starlight')}, govuk-frontend ${version('govuk-frontend')}, DSFR ${version('@gouvfr/dsfr')}.`,
  '',
  ...table(['page', 'FCP', 'LCP', 'LCP, rapport', 'reçu', 'requêtes'], rows),
  '',
  ...(await firstVisits()),
]);

async function compared(): Promise<string[][]> {
  const names = Object.keys(sites);
  const visits = new Map(names.map((name) => [name, [] as Visit[]]));
  const served = await Promise.all(Object.values(sites).map(serveFiles));
  for (let round = -1; round < rounds; round += 1) {
    for (const [n, name] of names.entries()) {
      const visit = await visited(served[n]?.origin ?? '');
      if (round >= 0) visits.get(name)?.push(visit); // the first one only fills the server's memory
      console.error(`${round + 1}/${rounds} ${name}: ${JSON.stringify(visit)}`);
    }
  }
  for (const { stop } of served) stop();
  const middle = (name: string, what: keyof Visit) =>
    median((visits.get(name) ?? []).map((visit) => visit[what]));
  return names.map((name) => [
    name,
    `${written(middle(name, 'fcp'))} ms`,
    `${written(middle(name, 'lcp'))} ms`,
    `× ${written(middle(name, 'lcp') / middle('la nôtre', 'lcp'), 2)}`,
    `${written(middle(name, 'bytes') / 1000, 1)} ko`,
    written(middle(name, 'requests')),
  ]);
}

async function visited(url: string): Promise<Visit> {
  const words = [
    '--quiet',
    '--output=json',
    '--only-categories=performance',
    '--chrome-flags=--headless=new --no-sandbox',
  ];
  const { stdout } = await run(
    process.execPath,
    [`${peers}/node_modules/lighthouse/cli/index.js`, url, ...words],
    {
      env: { ...process.env, CHROME_PATH: chrome },
      maxBuffer: 2 ** 26,
    },
  );
  const { audits } = JSON.parse(stdout);
  const { items } = audits['network-requests'].details;
  const failed = items.filter(({ statusCode }: { statusCode: number }) => statusCode >= 400);
  if (failed.length > 0) throw new Error(`${url}: ${JSON.stringify(failed)}`);
  return {
    fcp: audits['first-contentful-paint'].numericValue,
    lcp: audits['largest-contentful-paint'].numericValue,
    bytes: items.reduce((sum: number, { transferSize }: { transferSize: number }) => sum + transferSize, 0),
    requests: items.length,
  };
}

// A page of ours is one answer: its bytes on the wire are its headers and its body.
async function firstVisits(): Promise<string[]> {
  const site = await startSite();
  const sizes: [string, number][] = [];
  for (const file of globSync('**/*.html', { cwd: `${root}dist/client` }).sort()) {
    const path = addressOf(`/${file}`);
    const { status, received } = await answerOf(`${site.origin}${path}`, {
      headers: { 'accept-encoding': 'br' },
    });
    if (status === 200) sizes.push([path, received]);
  }
  await site.stop();
  const rows = sizes.map(([path, size]) => [path, `${written(size)} octets`]);
  return [
    'Première visite de nos pages, en-têtes compris, brotli : une requête chacune.',
    '',
    ...table(['page', 'reçu'], rows),
  ];
}

function version(name: string): string {
  return JSON.parse(readFileSync(`${peers}/node_modules/${name}/package.json`, 'utf8')).version;
}
