// Who is measured beside our server: nginx, a bare node:http server, and the adapter's own server.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../tests/support/folder.ts';
import { startNginx } from '../tests/support/nginx.ts';
import { freePort } from '../tests/support/port.ts';
import { runSite, startSite } from '../tests/support/site.ts';
import type { Answer } from './answers.ts';
import { childrenOf, cores, pin } from './cores.ts';

/** A running server and the processes that work for it. */
export type Contender = { origin: string; pids: number[]; stop(): unknown };

/** A site started by one of our scripts. */
export async function site(environment: NodeJS.ProcessEnv, script?: string): Promise<Contender> {
  const { origin, process: child, stop } = await startSite(environment, script);
  return pinned({ origin, pids: [child.pid ?? 0], stop: () => stop('SIGKILL') });
}

/** A bare node:http server that gives these answers. */
export function bare(answers: Record<string, Answer>): Promise<Contender> {
  const file = join(temporaryFolder(), 'answers.json');
  const written = Object.entries(answers).map(([path, { status, headers, bytes }]) => [
    path,
    { status, headers, body: bytes.toString('base64') },
  ]);
  writeFileSync(file, JSON.stringify(Object.fromEntries(written)));
  return site({ ANSWERS: file }, 'bench/bare-server.ts');
}

/** One nginx worker that sends the same bytes, compressed beforehand, under the same headers. */
export async function nginx(answers: Record<string, Answer>): Promise<Contender> {
  const [root, port] = [temporaryFolder(), await freePort()];
  const locations = Object.entries(answers).map(([path, { headers, bytes }], n) => {
    writeFileSync(join(root, String(n)), bytes);
    const { 'content-type': type, 'content-length': _, ...own } = headers;
    const lines = Object.entries(own).map(([name, value]) => `add_header ${name} "${value}";`);
    return `location = ${path} { rewrite ^ /${n} break; default_type "${type}"; add_header last-modified ""; ${lines.join(' ')} }`;
  });
  const started = await startNginx(
    `${process.getuid?.() === 0 ? 'user root;' : ''}
    pid nginx.pid;
    worker_processes 1;
    events { worker_connections 1024; }
    http {
      access_log off; server_tokens off; etag off; max_ranges 0; sendfile on; tcp_nopush on;
      keepalive_requests 10000000; open_file_cache max=100 inactive=1h; types {}
      server { listen 127.0.0.1:${port}; root ${root}; ${locations.join('\n')} }
    }`,
    port,
  );
  await (await fetch(started.origin)).bytes(); // it listens before its worker is there
  return pinned({ origin: started.origin, pids: childrenOf(started.pid), stop: started.stop });
}

/** The same project, built with the adapter's `standalone` mode and served by it. */
export async function standalone(): Promise<Contender> {
  const OUT_DIR = 'test-results/standalone';
  const words = ['node_modules/astro/bin/astro.mjs', 'build', '--config', 'bench/standalone.config.mjs'];
  execFileSync(process.execPath, words, {
    cwd: new URL('..', import.meta.url),
    env: { ...process.env, OUT_DIR, ASTRO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const port = await freePort();
  const run = runSite({ HOST: '127.0.0.1', PORT: String(port) }, `${OUT_DIR}/server/entry.mjs`);
  await run.wrote(); // it says where it listens
  return pinned({
    origin: `http://127.0.0.1:${port}`,
    pids: [run.process.pid ?? 0],
    stop: () => run.stop('SIGKILL'),
  });
}

function pinned(contender: Contender): Contender {
  pin(contender.pids, cores.served);
  return contender;
}
