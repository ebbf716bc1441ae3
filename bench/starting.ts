// `npm run bench starting`: how soon a built site answers, and what memory it holds. Writes its part of docs/mesures/vitesse.md.
import { setTimeout as pause } from 'node:timers/promises';
import { startSite } from '../tests/support/site.ts';
import { median, memoryOf, written } from './figures.ts';
import { arrivals } from './open-loop-load.ts';
import { table, writePart } from './report.ts';

const rounds = Number(process.env.ROUNDS ?? 7);
const idleSeconds = Number(process.env.IDLE_SECONDS ?? 30);

const starts: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const spawned = performance.now();
  const site = await startSite();
  starts.push((performance.now() - spawned) / 1000);
  await site.stop();
}

const site = await startSite({ MALLOC_ARENA_MAX: '1' }); // as deploy/ and npm start it
const { pid } = site.process;
await pause(1000 * idleSeconds);
const idle = memoryOf(pid);
const port = Number(new URL(site.origin).port);
const { visits } = await arrivals({ port, visits: 1000, forms: 0, seconds: 10, together: 50 });
const served = memoryOf(pid);
const most = memoryOf(pid, 'VmHWM');
await site.stop();

const rows = [
  [`Du lancement à l’écoute, site construit, médiane de ${rounds}`, `${written(median(starts), 2)} s`],
  [`Mémoire (RSS) au repos, après ${idleSeconds} s`, `${written(idle)} Mo`],
  [`Mémoire après ${written(visits.done)} pages`, `${written(served)} Mo`],
  ['Le plus que la mémoire ait atteint', `${written(most)} Mo`],
];
writePart('Démarrage et mémoire', 'bench starting', table(['mesure', 'résultat'], rows));
