// A copy of the site's sources in a folder of its own, with the packages of this one: what it builds changes nothing here.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from './command.ts';
import { temporaryFolder } from './folder.ts';

const root = new URL('../..', import.meta.url).pathname;

/** What a build reads, beside its packages. */
export const sources = [
  ...['src', 'integrations', 'public'],
  ...['astro.config.mjs', 'package.json', 'tsconfig.json'],
].filter((name) => existsSync(join(root, name)));

/** Builds a copy with these settings and nothing else of the environment. Throws when the build fails. */
export function buildCopy(folder: string, settings: NodeJS.ProcessEnv): void {
  const env = { ...environment, ASTRO_TELEMETRY_DISABLED: '1', ...settings };
  execFileSync(process.execPath, build, { cwd: folder, env, stdio: 'pipe' });
}

/** The command that builds a copy, for the Node that runs the tests. */
export const build = ['node_modules/astro/bin/astro.mjs', 'build', '--silent'];

/** Copies them. Its packages are links one by one: what Astro keeps among them is its own. */
export function copySources(): string {
  const folder = temporaryFolder();
  for (const name of sources) cpSync(join(root, name), join(folder, name), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules')).filter((one) => !one.startsWith('.')))
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  return folder;
}
