// Servers measured each in turn on one core, while the others are held still; medians, side by side.

import { hold, release } from './cores.ts';
import { median, workOf, written } from './figures.ts';
import { formTemplate } from './form.ts';
import { table } from './report.ts';
import type { Contender } from './servers.ts';
import { ask } from './wrk.ts';

/** How many turns each has, and how long one lasts. */
export const rounds = Number(process.env.ROUNDS ?? 7);
export const seconds = Number(process.env.ROUND_SECONDS ?? 2);

/** One thing to measure. `beside`: the name of the row that it is compared with. */
export type Row = {
  name: string;
  who: Contender;
  path: string;
  headers: Record<string, string>;
  post?: boolean;
  isRefused?: boolean;
  beside: string;
};

type Figures = { rate: number; work: number; share: number };

// `work`: answers for one second of processor, which says the same on a machine that others use too.
async function measured(rows: Row[]): Promise<Map<string, Figures>> {
  const turns = new Map(rows.map(({ name }) => [name, [] as Figures[]]));
  for (const { who } of rows) hold(who.pids);
  for (let round = -1; round < rounds; round += 1) {
    for (const row of rows) {
      const figures = await turn(row, round);
      if (round >= 0) turns.get(row.name)?.push(figures); // the first one only warms the code up
    }
  }
  const middle = (name: string, what: keyof Figures) =>
    median((turns.get(name) ?? []).map((one) => one[what]));
  const figures = ({ name }: Row): [string, Figures] => [
    name,
    { rate: middle(name, 'rate'), work: middle(name, 'work'), share: middle(name, 'share') },
  ];
  return new Map(rows.map(figures));
}

/** Measures the rows in turn and gives the table. `isOurs`: the ratio says what our server is worth beside the row, instead of the row beside the bare server. */
export async function compared(rows: Row[], head: [string, string], isOurs: boolean): Promise<string[]> {
  const figures = await measured(rows);
  const ratio = ({ name, beside }: Row, what: 'rate' | 'work') => {
    const value = (figures.get(name)?.[what] ?? 0) / (figures.get(beside)?.[what] ?? 0);
    return written(isOurs ? 1 / value : value, 2);
  };
  const cells = rows.map((row) => {
    const { rate = 0, share = 0 } = figures.get(row.name) ?? {};
    return [row.name, written(rate), ratio(row, 'rate'), ratio(row, 'work'), `${written(100 * share)} %`];
  });
  return table([head[0], 'par seconde', head[1], 'le même, à travail égal', 'occupé'], cells);
}

async function turn(row: Row, round: number): Promise<Figures> {
  const { name, who, path, headers, post, isRefused = false } = row;
  release(who.pids);
  const before = workOf(who.pids);
  const script = post ? { script: 'bench/posts.lua', words: [formTemplate, `${Date.now()}-`] } : {};
  const { perSecond, answers, refused } = await ask({
    url: `${who.origin}${path}`,
    seconds,
    headers,
    ...script,
  });
  const work = workOf(who.pids) - before;
  hold(who.pids);
  if (refused !== (isRefused ? answers : 0)) throw new Error(`${name}: ${refused} refused of ${answers}`);
  console.error(`${round + 1}/${rounds} ${name}: ${written(perSecond)}`);
  return { rate: perSecond, work: answers / work, share: work / seconds };
}
