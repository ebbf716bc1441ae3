// The samples of deploy/, as shipped but for the places that a test must choose: ports, certificate, folders.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from '../support/certificates.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startNginx } from '../support/nginx.ts';
import { freePort } from '../support/port.ts';

/** A running proxy. `written`: everything that it wrote anywhere. */
export type Front = { origin: string; plainOrigin: string; written(): string; stop(): Promise<void> };

/** Why tests that need Caddy are skipped, or false. */
export const skipCaddy = spawnSync('caddy', ['version']).error
  ? 'Caddy is not installed (Debian package: caddy)'
  : false;

const root = new URL('../..', import.meta.url).pathname;

/** A file of deploy/ with some of its words changed. Throws when it no longer has one of them. */
export function sample(name: string, changes: [string, string][]): string {
  return changes.reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`deploy/${name} has no « ${from} »`);
      return text.replaceAll(from, to);
    },
    readFileSync(`${root}deploy/${name}`, 'utf8'),
  );
}

/** What stands in for a user, a certificate and Debian's folders in a sample of nginx. */
export function places(folder: string, { certFile, keyFile }: Certificate) {
  return [
    ['user www-data;', 'user root;'],
    ['pid /run/nginx.pid;', 'pid nginx.pid;'],
    ['http {', `http { ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(temporary).join(' ')}`],
    ['/etc/letsencrypt/live/exemple.fr/fullchain.pem', certFile],
    ['/etc/letsencrypt/live/exemple.fr/privkey.pem', keyFile],
    ['/srv/un-premier-pas/actuelle/', folder],
    ['/var/log/nginx/', ''],
    ['    listen [::]:', '    # '],
  ] as [string, string][];
}

function temporary(what: string): string {
  return `${what}_temp_path ${temporaryFolder()};`;
}

/** Starts the nginx of the sample in front of servers on these ports. */
export async function startProxy(ports: number[], certificate: Certificate): Promise<Front> {
  const [port, plainPort] = [await freePort(), await freePort()];
  const servers = ports.map((one) => `server 127.0.0.1:${one};`).join('\n');
  const configuration = sample('nginx.conf', [
    ...places(root, certificate),
    ['server 127.0.0.1:4321;', servers],
    ['listen 80 ', `listen 127.0.0.1:${plainPort} `],
    ['listen 443 ', `listen 127.0.0.1:${port} `],
  ]);
  const nginx = await startNginx(configuration, port);
  return {
    origin: `https://localhost:${port}`,
    plainOrigin: `http://localhost:${plainPort}`,
    written: () => everythingIn(nginx.folder).replace(configuration, ''),
    stop: nginx.stop,
  };
}

/** What stands in for ports, a certificate and a name in a sample of Caddy, in front of a server. */
export function caddyPlaces(
  [own, plain]: [https: number, http: number],
  server: number,
  { certFile, keyFile }: Pick<Certificate, 'certFile' | 'keyFile'>,
): [string, string][] {
  return [
    ['admin off', `admin off\n\thttp_port ${plain}\n\thttps_port ${own}\n\tskip_install_trust`],
    ['exemple.fr {', `localhost {\n\ttls ${certFile} ${keyFile}`],
    ['127.0.0.1:4321', `127.0.0.1:${server}`],
  ];
}

/** Starts the Caddy of the sample in front of a server. */
export async function startCaddy(port: number, certificate: Certificate): Promise<Front> {
  const folder = temporaryFolder();
  const [own, plain] = [await freePort(), await freePort()];
  const file = join(folder, 'Caddyfile');
  const changes = caddyPlaces([own, plain], port, certificate);
  writeFileSync(file, sample('Caddyfile', [...changes, ['/srv/un-premier-pas/actuelle/', root]]));
  const home = temporaryFolder();
  const environment = { PATH: process.env.PATH, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
  const caddy: ChildProcess = spawn('caddy', ['run', '--config', file], { env: environment });
  process.once('exit', () => caddy.kill('SIGKILL'));
  let said = '';
  for (const output of [caddy.stdout, caddy.stderr])
    output?.on('data', (chunk) => {
      said += chunk;
    });
  const ended = once(caddy, 'exit');
  const origin = `https://localhost:${own}`;
  while (!(await fetch(`${origin}/sante`).catch(() => undefined)))
    if (caddy.exitCode !== null) throw new Error(said);
  return {
    origin,
    plainOrigin: `http://localhost:${plain}`,
    written: () => said + everythingIn(home),
    async stop() {
      caddy.kill('SIGTERM');
      await ended;
    },
  };
}

function everythingIn(folder: string): string {
  const files = globSync('**', { cwd: folder }).map((name) => join(folder, name));
  return files.flatMap((file) => (statSync(file).isFile() ? [readFileSync(file, 'utf8')] : [])).join('\n');
}
