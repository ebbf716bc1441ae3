// A machine ready to open: the site built with its settings, running behind nginx, with a mail server and an exit.
import { join } from 'node:path';
import { makeAuthority } from '../support/certificates.ts';
import { type Ended, runToEnd } from '../support/command.ts';
import { buildCopy, copySources } from '../support/copy.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startNginx } from '../support/nginx.ts';
import { freePort } from '../support/port.ts';
import { startSite } from '../support/site.ts';
import { keyFile } from '../support/team-keys.ts';
import { login, openMailServer, openWeb } from './fake-services.ts';

const preload = new URL('name-server.ts', import.meta.url).href;

const origin = 'https://ligne.example';

const built = {
  PUBLIC_ORIGIN: origin,
  EXIT_URL: 'https://sortie.example/',
  PUBLISHER_ADDRESS: '21 avenue d’Exemple, 94000 Exemple',
  PUBLISHER_PHONE: '01 99 00 12 00',
  PUBLISHER_EMAIL: 'contact@departement.example',
  PUBLICATION_DIRECTOR: 'A. Exemple & B. Exemple',
  HOSTING_PROVIDER: 'Hébergeur d’exemple, 1 rue d’Exemple, 01 99 00 12 01',
  MAIL_PROVIDER: 'Messagerie d’exemple',
  TEAM_RETENTION: 'le temps de l’exemple',
  SENSITIVE_DATA_GROUND: 'une règle d’exemple',
  DPO_CONTACT: 'dpo@departement.example',
  ACCESSIBILITY_CONTACT: 'accessibilite@departement.example',
  PROS_CONTACT: 'partenaires@departement.example',
  SECURITY_CONTACT: 'mailto:securite@departement.example',
};

/** Makes everything and starts it. */
export async function prepareMachine() {
  const authority = makeAuthority();
  const folder = installSite();
  const exit = await openWeb(authority.certify('DNS:sortie.example'), (_request, response) => {
    response.end('Il fera beau.');
  });
  const mailCertificate = authority.certify('DNS:localhost');
  const mail = await openMailServer(mailCertificate);
  const [port, inClear, inTls] = [await freePort(), await freePort(), await freePort()];
  const settings: NodeJS.ProcessEnv = {
    ...built,
    ...login,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: temporaryFolder(),
    OUTBOX_SECRET: 'un secret assez long pour servir de secret',
    PGP_PUBLIC_KEY_FILE: await keyFile(400),
    SMTP_HOST: 'localhost',
    SMTP_PORT: String(mail.port),
    MAIL_FROM: 'site@example.org',
    MAIL_TO: 'equipe@example.org',
    TEST_TO: 'astreinte@example.org',
    TRUSTED_PROXIES: '127.0.0.1',
    ALERT_BY: 'commande',
    ALERT_NAME: 'ligne.example',
    ALERT_COMMAND: '/bin/true',
    ...authority.trust,
  };
  const site = await startSite({ ...settings, MORNING_TEST: 'false' }, join(folder, 'src/server/main.ts'));
  const proxy = await startNginx(
    proxyTo(port, inTls, inClear, authority.certify('DNS:ligne.example')),
    inTls,
  );
  const web = { [origin]: inTls, 'http://ligne.example': inClear, 'https://sortie.example': exit.port };
  return {
    folder,
    settings: { ...settings, ...leading(web) },
    authority,
    exit,
    mail,
    web,
    site,
    proxy,
    async close() {
      await Promise.all([site.stop(), proxy.stop(), mail.close()]);
      exit.close();
    },
  };
}

/** The settings that lead names of the web to ports of this machine. */
export function leading(ports: Record<string, number>): NodeJS.ProcessEnv {
  return { NODE_OPTIONS: `--import ${preload}`, NAMES: JSON.stringify(ports) };
}

type Served = { certFile: string; keyFile: string };

/** nginx before the site: TLS, who asks, and nothing of its own but what `more` adds. */
export function proxyTo(port: number, inTls: number, inClear: number, served: Served, more = ''): string {
  return `pid nginx.pid;
    events {}
    http {
      access_log off;
      client_body_temp_path body;
      proxy_temp_path proxy;
      fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi;
      scgi_temp_path scgi;
      server {
        listen 127.0.0.1:${inTls} ssl;
        ssl_certificate ${served.certFile};
        ssl_certificate_key ${served.keyFile};
        server_tokens off;
        proxy_set_header X-Forwarded-For $remote_addr;
        location / { proxy_pass http://127.0.0.1:${port}; ${more} }
      }
      server {
        listen 127.0.0.1:${inClear};
        return 308 ${origin}$request_uri;
      }
    }`;
}

// A copy in a folder of its own, built with the settings of the machine.
function installSite(): string {
  const folder = copySources();
  buildCopy(folder, built);
  return folder;
}

/** Runs the command of a machine with these settings and nothing else of the environment. */
export function runVerifier(folder: string, settings: NodeJS.ProcessEnv): Promise<Ended> {
  return runToEnd([join(folder, 'src/commands/un-premier-pas.ts'), 'verifier'], settings);
}
