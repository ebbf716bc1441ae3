// The samples of deploy/, as shipped but for the places that a test must choose: ports, certificate, folders.
import { readFileSync } from 'node:fs';
import { startNginx } from '../nginx.ts';
import { freePort, temporaryFolder } from '../site.ts';
import type { makeCertificate } from './certificate.ts';

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
export function places(folder: string, { certFile, keyFile }: ReturnType<typeof makeCertificate>) {
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
export async function startProxy(ports: number[], certificate: ReturnType<typeof makeCertificate>) {
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
    ...nginx,
    configuration,
    origin: `https://localhost:${port}`,
    plainOrigin: `http://localhost:${plainPort}`,
  };
}
