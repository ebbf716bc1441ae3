// `npm run bench defence`: what an attack meets. Writes docs/mesures/defense.md. A million requests and connections, an hour of
// two quiet cores; `FUZZ` and `LINKS` say how many of each, `FUZZ_SEED` which.
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { startCaddy, startProxy } from '../tests/deploy/samples.ts';
import { playLinks } from '../tests/fuzz/links.ts';
import { certifyLocalhost } from '../tests/support/certificates.ts';
import { type Site, startSite } from '../tests/support/site.ts';
import { percentile, workOf, written } from './figures.ts';
import { scoreOf, scorer } from './observatory.ts';
import { holdSlowClients } from './slow-clients.ts';

const requests = Number(process.env.FUZZ ?? 600_000);
const links = Number(process.env.LINKS ?? 400_000);
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1e9);
const atOnce = 100_000; // a whole piece is held in memory
const goDown = 501; // Go answers it by itself, before a Caddyfile is read

const site = await startSite({ PUBLIC_ORIGIN: 'https://localhost' });
const { grade, score, results } = await scoreOf(site.origin);
let asked = 0;
const calm = await pageTimes(() => asked++ < 300);
const { goesOn } = await holdSlowClients(site.origin);
const held = await pageTimes(goesOn);
await site.stop();
const statuses = new Map<number, number>();
for (let asked = 0; asked < requests; asked += atOnce)
  add(await fuzz(Math.min(atOnce, requests - asked), seed + asked), statuses);
const attacked = await attack();

const figures = [
  [`MDN HTTP Observatory (${scorer})`, `${grade}, ${score}`],
  ['contrôles de ce noteur réussis', `${results.filter(({ pass }) => pass).length} sur ${results.length}`],
  [`requêtes tirées au sort (graine ${seed}), par prise brute`, written(requests)],
  ['réponses, par statut', told(statuses)],
  [
    'connexions de la même graine : coupées, à moitié fermées, laissées en attente, tunnels, à chaque état d’une demande',
    `${written(links)}, dont un vingtième par nginx et un par Caddy`,
  ],
  ['réponses, par statut (501 : Caddy lui-même)', told(attacked.statuses)],
  ['processeur, tout le monde parti (part d’un cœur, sur trente secondes)', attacked.idle],
  ['page `/contact`, au calme', calm],
  ['la même, pendant que 300 clients lents tiennent chacun une connexion', held],
];
const page = `# Défense : mesures

Fait par \`npm run bench defence\` le ${new Date().toISOString().slice(0, 10)}, sur ${cpus().length} cœurs partagés. Ne pas modifier à la main.

| mesure | résultat |
| --- | --- |
${figures.map(([what, found]) => `| ${what} | ${found} |`).join('\n')}

Le noteur de Mozilla lit le site derrière un vrai TLS, avec une redirection de http. Les temps valent par leur rapport.
`;
writeFileSync(new URL('../docs/mesures/defense.md', import.meta.url), page);
console.log(page);

/** Asks for a page every 20 ms for as long as it is told. */
async function pageTimes(goesOn: () => boolean): Promise<string> {
  const times: number[] = [];
  while (goesOn()) {
    const start = performance.now();
    await (await fetch(`${site.origin}/contact`)).bytes();
    times.push(performance.now() - start);
    await pause(20);
  }
  const [median, p99, worst] = [50, 99, 100].map((rank) => written(percentile(times, rank), 1));
  return `médiane ${median} ms, 99 % ${p99} ms, maximum ${worst} ms (${times.length} fois)`;
}

/** Sends the requests of the fuzzer; resolves with how many got each status. Rejects when one of its rules is broken. */
async function fuzz(count: number, first: number): Promise<Map<number, number>> {
  const env = { ...process.env, FUZZ: String(count), FUZZ_SEED: String(first) };
  const child = spawn(process.execPath, ['--test', 'tests/fuzz/server.test.ts'], { env });
  const output = await text(child.stdout);
  const counts = /^.*\b200: \d+.*$/m.exec(output)?.[0];
  if (!counts || child.exitCode) throw new Error(output);
  return new Map(
    [...counts.matchAll(/(\d+): (\d+)/g)].map(([, status, times]) => [Number(status), Number(times)]),
  );
}

/** Holds the connections of the fuzzer against one site, directly and through both proxies; then looks at it rest. */
async function attack(): Promise<{ statuses: Map<number, number>; idle: string }> {
  const held = await startSite();
  const port = Number(new URL(held.origin).port);
  const certificate = certifyLocalhost();
  const statuses = await playLinks(held.origin, links * 0.9, seed);
  for (const front of [await startProxy([port], certificate), await startCaddy(port, certificate)]) {
    add(await playLinks(front.origin, links * 0.05, seed + links), statuses);
    await front.stop();
  }
  const faults = [...statuses.keys()].filter((status) => status >= 500 && status !== goDown);
  if (faults.length > 0 || held.process.exitCode !== null) throw new Error(`${faults} ${held.output()}`);
  const idle = await idleShare(held);
  await held.stop();
  rmSync(held.dataDir, { recursive: true });
  return { statuses, idle };
}

async function idleShare({ process: { pid = 0 } }: Site): Promise<string> {
  await pause(40_000); // the last silent connection is cut after thirty seconds
  const before = workOf([pid]);
  await pause(30_000);
  return `${written(((workOf([pid]) - before) / 30) * 100, 2)} %`;
}

function add(more: Map<number, number>, statuses: Map<number, number>): void {
  for (const [status, times] of more) statuses.set(status, (statuses.get(status) ?? 0) + times);
}

function told(statuses: Map<number, number>): string {
  const sorted = [...statuses].sort(([one], [other]) => one - other);
  return sorted.map(([status, times]) => `${status} : ${written(times)}`).join(', ');
}
