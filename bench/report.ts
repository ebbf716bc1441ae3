// docs/vitesse-mesures.md: each bench writes its own part of it, with its day, and leaves the others as they are.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { written } from './figures.ts';

const file = fileURLToPath(new URL('../docs/vitesse-mesures.md', import.meta.url));

// What others were doing before the bench began: above one half or so, its figures say more of them than of us.
const [load = Number.NaN] = loadavg();

const opening = `# Vitesse : mesures

Chaque partie est écrite par sa commande. Tout ce qui est comparé l'est dans un même passage, chacun son tour : les rapports
comptent plus que les temps, et une machine déjà chargée avant de commencer fausse les deux. Ce que ces chiffres disent d'un grand soir : \`docs/decisions/0019-grandir.md\`.

`;

/** Replaces the part under a title, or adds it at the end. */
export function writePart(title: string, command: string, lines: string[]): void {
  const day = process.env.DAY ?? new Date().toISOString().slice(0, 10);
  const [{ model = '' } = {}] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpus().length} cœurs (${model.trim()}), ${gigabytes} Go, Node ${process.versions.node}`;
  const others = `Charge de la machine avant de commencer : ${written(load, 1)}.`;
  const part = `## ${title}\n\n\`npm run ${command}\`, le ${day} : ${machine}. ${others}\n\n${lines.join('\n')}\n\n`;
  const [head = opening, ...parts] = existsSync(file) ? readFileSync(file, 'utf8').split(/^(?=## )/m) : [];
  const place = parts.findIndex((one) => one.startsWith(`## ${title}\n`));
  parts.splice(place < 0 ? parts.length : place, 1, part);
  writeFileSync(file, `${head}${parts.join('')}`.trimEnd().concat('\n'));
  spawnSync('biome', ['format', '--write', file]); // aligns the tables
  console.log(part);
}

/** A Markdown table. */
export function table(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '-')), ...rows.map(line)];
}
