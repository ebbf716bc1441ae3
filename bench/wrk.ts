// wrk asks as fast as answers come, over connections that stay open. It is a Debian package: npm has nothing as light.
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { cores } from './cores.ts';

/** Why nothing can be measured with wrk, or false. */
export const skip = spawnSync('wrk', ['-v']).error ? 'wrk n’est pas installé (paquet Debian : wrk)' : false;

/** Who asks, and what: `script` and its words are wrk's own, in Lua. */
export type Asking = {
  url: string;
  seconds: number;
  headers?: Record<string, string>;
  script?: string;
  words?: string[];
};

const run = promisify(execFile);

/**
 * Asks for some seconds over 32 connections. `refused`: how many answers were neither 2xx nor 3xx. Throws when a
 * connection broke or timed out: such a figure means nothing.
 */
export async function ask({ url, seconds, headers = {}, script, words = [] }: Asking) {
  const lines = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const scripted = script ? ['-s', script] : [];
  const wrk = [
    'wrk',
    '-t1',
    '-c32',
    '--timeout',
    '10s',
    `-d${seconds}s`,
    ...lines,
    ...scripted,
    url,
    '--',
    ...words,
  ];
  const { stdout } = await run('taskset', ['-c', cores.asking, ...wrk]);
  if (/Socket errors/.test(stdout)) throw new Error(stdout);
  const number = (pattern: RegExp) => Number(pattern.exec(stdout)?.[1] ?? 0);
  return {
    perSecond: number(/Requests\/sec:\s+([\d.]+)/),
    answers: number(/(\d+) requests in/),
    refused: number(/Non-2xx or 3xx responses: (\d+)/),
  };
}
