// The real thing for tests: the built site as a process of its own.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { environment } from './command.ts';
import { temporaryFolder } from './folder.ts';

/** A running site. */
export type Site = {
  origin: string;
  dataDir: string;
  process: ChildProcessWithoutNullStreams;
  /** Everything it wrote to its two outputs so far. */
  output(): string;
  /** Resolves when it writes again. */
  wrote(): Promise<void>;
  /** Sends a signal and resolves with how the process ended. */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

const root = new URL('../..', import.meta.url).pathname;

/** Starts the site on a free port with a data folder of its own; `script` is the server file. */
export async function startSite(
  settings: NodeJS.ProcessEnv = {},
  script = 'src/server/main.ts',
): Promise<Site> {
  const dataDir = settings.DATA_DIR ?? temporaryFolder();
  const defaults = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, RATE_PER_HOUR: '1000000' }; // tests are a flood
  const site = runSite({ ...defaults, ...settings }, script);
  const origin = await firstMatch(site, /^Site : (http:\S+)$/m);
  return { ...site, origin, dataDir };
}

// A test that failed half-way leaves its site running.
const children = new Set<ChildProcessWithoutNullStreams>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts a server script with these settings and nothing else of the environment. */
export function runSite(settings: NodeJS.ProcessEnv, script = 'src/server/main.ts') {
  const child = spawn(process.execPath, [script], {
    cwd: root,
    env: { ...environment, ...settings },
  });
  children.add(child);
  let written = '';
  child.stdout.on('data', (chunk) => {
    written += chunk;
  });
  child.stderr.on('data', (chunk) => {
    written += chunk;
  });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => {
      children.delete(child);
      resolve({ code, signal });
    });
  });
  return {
    process: child,
    ended,
    output: () => written,
    async wrote() {
      await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data')]);
    },
    stop(signal: NodeJS.Signals = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

async function firstMatch(site: ReturnType<typeof runSite>, pattern: RegExp): Promise<string> {
  for (;;) {
    const found = pattern.exec(site.output())?.[1];
    if (found) return found;
    const over = await Promise.race([once(site.process.stdout, 'data'), site.ended]);
    if (!Array.isArray(over)) throw new Error(`The site did not start: ${site.output()}`);
  }
}
