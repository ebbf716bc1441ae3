// A program of ours in a process of its own, with the settings of a test and nothing else of the environment.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const root = new URL('../..', import.meta.url).pathname;

const { PATH, NODE_COMPILE_CACHE } = process.env;

/** What such a program is given besides: where programs are, and what `npm test` has compiled already. */
export const environment: NodeJS.ProcessEnv = { PATH, ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }) };

/** How a program ended, and what it wrote. */
export type Ended = { code: number | null; output: string; errors: string };

/** Runs a file of ours, with its arguments, to its end. */
export async function runToEnd(words: string[], settings: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(process.execPath, words, { cwd: root, env: { ...environment, ...settings } });
  const ended = once(child, 'close');
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  return { code: child.exitCode, output, errors };
}

/** `npm run boite` with these words, beside the site that has these settings. */
export function boite(settings: NodeJS.ProcessEnv, ...words: string[]): Promise<Ended> {
  return runToEnd(['src/commands/un-premier-pas.ts', 'boite', ...words], settings);
}

/** `un-premier-pas` with these words, beside the site that has these settings. */
export function command(settings: NodeJS.ProcessEnv, ...words: string[]): Promise<Ended> {
  return runToEnd(['src/commands/un-premier-pas.ts', ...words], settings);
}
