// `npm run bench:defence`: what an attack meets. Writes docs/defense-mesures.md.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { startSite } from '../tests/site.ts';
import { percentile, written } from './figures.ts';
import { scoreOf, scorer } from './observatory.ts';
import { siege } from './siege.ts';

const requests = process.env.FUZZ ?? '120000';
const seed = process.env.FUZZ_SEED ?? String(Date.now() % 1e9);

const site = await startSite({ PUBLIC_ORIGIN: 'https://localhost' });
const { grade, score, results } = await scoreOf(site.origin);
let asked = 0;
const calm = await pageTimes(() => asked++ < 300);
const { goesOn } = await siege(site.origin);
const held = await pageTimes(goesOn);
await site.stop();
const statuses = await fuzz();

const figures = [
  [`MDN HTTP Observatory (${scorer})`, `${grade}, ${score}`],
  ['contrôles de ce noteur réussis', `${results.filter(({ pass }) => pass).length} sur ${results.length}`],
  [`requêtes tirées au sort (graine ${seed}), par prise brute`, requests],
  ['réponses, par statut', statuses],
  ['page `/contact`, au calme', calm],
  ['la même, pendant que 300 clients lents tiennent chacun une connexion', held],
];
const page = `# Défense : mesures

Fait par \`npm run bench:defence\` le ${new Date().toISOString().slice(0, 10)}, sur ${cpus().length} cœurs partagés. Ne pas modifier à la main.

| mesure | résultat |
| --- | --- |
${figures.map(([what, found]) => `| ${what} | ${found} |`).join('\n')}

Le noteur de Mozilla lit le site derrière un vrai TLS, avec une redirection de http. Les temps valent par leur rapport.
`;
writeFileSync(new URL('../docs/defense-mesures.md', import.meta.url), page);
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
async function fuzz(): Promise<string> {
  const env = { ...process.env, FUZZ: requests, FUZZ_SEED: seed };
  const child = spawn(process.execPath, ['--test', 'tests/fuzz/server.test.ts'], { env });
  const output = await text(child.stdout);
  const counts = /^.*\b200: \d+.*$/m.exec(output)?.[0];
  if (!counts || child.exitCode) throw new Error(output);
  return counts.replace(/^# /, '');
}
