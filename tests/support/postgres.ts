// A real PostgreSQL for tests, in a folder of its own, from Debian's packages.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Certificate } from './certificates.ts';
import { temporaryFolder } from './folder.ts';
import { freePort } from './port.ts';

export type Postgres = {
  /** The address of a new, empty database. */
  freshDatabase(): Promise<string>;
  /** Stops it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same files and port. */
  start(): Promise<void>;
  /** From the next connection on it offers TLS. */
  offerTls(certificate: Pick<Certificate, 'key' | 'cert'>): Promise<void>;
};

const binaries = [...globSync('/usr/lib/postgresql/*/bin'), ...(process.env.PATH ?? '').split(':')].find(
  (folder) => existsSync(join(folder, 'initdb')),
);

/** Why tests that need PostgreSQL are skipped, or false. */
export const skip = binaries ? false : 'PostgreSQL is not installed (Debian package: postgresql)';

/** Makes a cluster and starts it, with its disk synchronisation on; it ends with this process. */
export async function startPostgres(): Promise<Postgres> {
  const folder = temporaryFolder();
  const owner = ownerOf(folder);
  const program = (name: string) => join(binaries ?? '', name);
  execFileSync(
    program('initdb'),
    ['-D', join(folder, 'data'), '-U', 'postgres', '--auth=trust', '-E', 'UTF8'],
    {
      ...owner,
      cwd: folder,
      stdio: 'ignore',
    },
  );
  const port = await freePort();
  const address = (database: string) => `postgres://postgres:motdepasse@127.0.0.1:${port}/${database}`;
  let databases = 0;
  let running: ChildProcess = spawn('true');
  const settings = ['-p', String(port), '-h', '127.0.0.1', '-k', folder];
  const postgres: Postgres = {
    async start() {
      running = spawn(program('postgres'), ['-D', join(folder, 'data'), ...settings], {
        ...owner,
        cwd: folder,
        stdio: 'ignore',
      });
      process.once('exit', () => running.kill('SIGKILL'));
      while (!(await answers(address('postgres'))));
    },
    async kill() {
      const ended = once(running, 'exit');
      running.kill('SIGQUIT'); // at once, without a checkpoint
      await ended;
    },
    async offerTls(certificate) {
      for (const [name, bytes] of Object.entries({ key: certificate.key, cert: certificate.cert })) {
        const file = join(folder, 'data', name);
        writeFileSync(file, bytes, { mode: 0o600 });
        if (owner.uid !== undefined && owner.gid !== undefined) chownSync(file, owner.uid, owner.gid);
      }
      for (const setting of [`ssl_cert_file = 'cert'`, `ssl_key_file = 'key'`, 'ssl = on'])
        await ask(address('postgres'), `ALTER SYSTEM SET ${setting}`);
      await ask(address('postgres'), 'SELECT pg_reload_conf()');
      while (!(await answers(`${address('postgres')}?sslmode=no-verify`)));
    },
    async freshDatabase() {
      const name = `essai_${++databases}`;
      await ask(address('postgres'), `CREATE DATABASE ${name}`);
      return address(name);
    },
  };
  await postgres.start();
  return postgres;
}

// PostgreSQL refuses to run as root.
function ownerOf(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map((which) => Number(spawnSync('id', [which, 'nobody']).stdout));
  if (uid === undefined || gid === undefined) return {};
  chownSync(folder, uid, gid);
  chmodSync(folder, 0o700);
  return { uid, gid };
}

async function answers(address: string): Promise<boolean> {
  return ask(address, 'SELECT 1').then(
    () => true,
    () => false,
  );
}

/** Runs one statement at an address. */
export async function ask(address: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: address });
  client.on('error', () => {}); // the test stops the server
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
