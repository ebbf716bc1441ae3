// `npm run bench NAME`: runs one bench by its name; without a name, says which there are. What each needs: bench/README.md.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { builtFolder } from '../src/server/http/built-pages.ts';

type Bench = { asks: string; run(): Promise<unknown> };

/** Each bench, by its name. */
export const benches = new Map<string, Bench>([
  ['exit', { asks: 'notre sortie à côté de celle de GOV.UK', run: () => import('./exit.ts') }],
  ['ceiling', { asks: 'le travail qu’une adresse demande en une heure', run: () => import('./ceiling.ts') }],
  ['defence', { asks: 'ce que rencontre une attaque', run: () => import('./defence.ts') }],
  ['outbox', { asks: 'garder et envoyer, les bons et les mauvais jours', run: () => import('./outbox.ts') }],
  ['serving', { asks: 'ce que sert un cœur', run: () => import('./serving.ts') }],
  ['loading', { asks: 'ce que charge un téléphone', run: () => import('./loading.ts') }],
  [
    'evening',
    { asks: 'le soir où le numéro passe à la télévision', run: () => import('./television-evening.ts') },
  ],
  ['starting', { asks: 'démarrage et mémoire', run: () => import('./starting.ts') }],
]);

if (import.meta.main) await start(process.argv[2]);

async function start(name: string | undefined): Promise<void> {
  if (name === undefined) return console.log(list());
  const bench = benches.get(name);
  if (bench) {
    if (!existsSync(builtFolder)) execFileSync('npm', ['run', 'build'], { stdio: 'inherit' });
    return void (await bench.run());
  }
  console.error(`Pas de banc « ${name} ».\n${list()}`);
  process.exitCode = 2;
}

function list(): string {
  const lines = Array.from(benches, ([name, { asks }]) => `npm run bench ${name.padEnd(8)}  ${asks}`);
  return [...lines, 'Durée, paquets et fichiers écrits : bench/README.md.'].join('\n');
}
