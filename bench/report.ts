// docs/mesures/vitesse.md: each bench writes its own part of it, with its day, and leaves the others as they are.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { written } from './figures.ts';

const file = fileURLToPath(new URL('../docs/mesures/vitesse.md', import.meta.url));

// What others take of the machine just before the bench begins: above a tenth or so, its figures say more of them.
const before = ticks();
await pause(2000);
const since = ticks();
const taken = 1 - (since.idle - before.idle) / (since.all - before.all);

function ticks() {
  const times = cpus().map((cpu) => cpu.times);
  const idle = times.reduce((sum, one) => sum + one.idle, 0);
  return { idle, all: times.flatMap((one) => Object.values(one)).reduce((sum, one) => sum + one, 0) };
}

const opening = `# Vitesse : mesures

Chaque partie est écrite par sa commande. Tout ce qui est comparé l'est dans un même passage, chacun son tour : les rapports
comptent plus que les temps, et une machine prise par d'autres fausse les deux. Ce que ces chiffres disent d'un grand soir :
\`docs/decisions/0019-grandir-par-etages.md\`.`;

/** Replaces the part under a title, or adds it at the end. */
export function writePart(title: string, command: string, lines: string[]): void {
  const day = process.env.DAY ?? new Date().toISOString().slice(0, 10);
  const [{ model = '' } = {}] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpus().length} cœurs (${model.trim()}), ${gigabytes} Go, Node ${process.versions.node}`;
  const others = `Pris par d’autres juste avant : ${written(100 * taken)} %.`;
  const part = `## ${title}\n\n\`npm run ${command}\`, le ${day} : ${machine}. ${others}\n\n${lines.join('\n')}`;
  const [, ...parts] = existsSync(file) ? readFileSync(file, 'utf8').split(/^(?=## )/m) : [];
  const place = parts.findIndex((one) => one.startsWith(`## ${title}\n`));
  parts.splice(place < 0 ? parts.length : place, 1, part);
  writeFileSync(file, `${[opening, ...parts].map((one) => one.trim()).join('\n\n')}\n`);
  const biome = fileURLToPath(new URL('../node_modules/@biomejs/biome/bin/biome', import.meta.url));
  spawnSync(process.execPath, [biome, 'format', '--write', file]); // aligns the tables
  console.log(part);
}

/** A Markdown table. */
export function table(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '-')), ...rows.map(line)];
}
