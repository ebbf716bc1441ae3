// A real nginx for tests, in a folder of its own, from Debian's packages.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from './folder.ts';

/** Why tests that need nginx are skipped, or false. */
export const skip = spawnSync('nginx', ['-v']).error
  ? 'nginx is not installed (Debian package: nginx)'
  : false;

/**
 * Starts nginx with a whole configuration, that listens on `port` and writes only under its own folder; it ends with
 * this process. Rejects with what nginx says of a configuration that it refuses.
 */
export async function startNginx(configuration: string, port: number) {
  const folder = temporaryFolder();
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration);
  const words = ['-p', folder, '-c', file, '-e', join(folder, 'error.log'), '-g', 'daemon off;'];
  const nginx = spawn('nginx', words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const kill = () => nginx.kill('SIGKILL');
  process.once('exit', kill);
  nginx.once('exit', () => process.off('exit', kill));
  let said = '';
  nginx.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = once(nginx, 'exit');
  while (!(await listens(port))) if (nginx.exitCode !== null) throw new Error(said);
  return {
    folder,
    pid: nginx.pid ?? 0,
    origin: `http://127.0.0.1:${port}`,
    /** Reads its configuration again, as a service does without closing a connection. */
    reload: () => nginx.kill('SIGHUP'),
    async stop() {
      nginx.kill('SIGTERM');
      await ended;
    },
  };
}

function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}
