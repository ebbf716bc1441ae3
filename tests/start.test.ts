// What `npm start` promises: it builds, says two lines, serves, refuses a wrong setting by its name, stops cleanly.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { copySources } from './support/copy.ts';
import { temporaryFolder } from './support/folder.ts';
import { runSite, startSite } from './support/site.ts';

test('a first start needs no setting, says two lines, and answers', async () => {
  const site = await startSite({}, join(copySources(), 'src/commands/start.ts'));
  assert.equal((await fetch(site.origin)).status, 200);
  assert.deepEqual(await site.stop('SIGINT'), { code: 0, signal: null });
  const lines = site.output().trim().split('\n');
  assert.equal(lines.length, 2);
  assert.match(lines[0] ?? '', /^Site : http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal(
    lines[1],
    `Courriels : aucun serveur réglé (SMTP_HOST), fichiers .eml dans ${site.dataDir}/courriels`,
  );
});

const wrong: [string, NodeJS.ProcessEnv][] = [
  ['PORT', { PORT: 'abc' }],
  ['PUBLIC_ORIGIN', { PUBLIC_ORIGIN: 'exemple' }],
  ['PUBLIC_ORIGIN', { PUBLIC_ORIGIN: 'https://exemple.fr/chemin' }],
  ['EXIT_URL', { EXIT_URL: 'http://exemple.fr/' }],
  ['EXIT_URL', { EXIT_URL: 'javascript:alert(1)' }],
  ['EXIT_URL', { EXIT_URL: 'https://exemple.fr/', PUBLIC_ORIGIN: 'https://exemple.fr' }],
  ['EXIT_URL', { EXIT_URL: 'https://autre.exemple.fr/' }],
  ['DATA_DIR', { DATA_DIR: '/dev/null/x' }],
  ['OUTBOX_SECRET', { OUTBOX_SECRET: 'court' }],
  ['OUTBOX_SECRET_FILE', { OUTBOX_SECRET_FILE: '/nulle/part' }],
  ['SMTP_PORT', { SMTP_PORT: '70000' }],
  ['MAIL_FROM MAIL_TO', { SMTP_HOST: 'localhost' }],
  ['MAIL_TO', { SMTP_HOST: 'localhost', MAIL_FROM: 'site@example.org' }],
  [
    'MAIL_TO',
    { SMTP_HOST: 'localhost', MAIL_FROM: 'site@example.org', MAIL_TO: 'a@example.org, b@example.org' },
  ],
  ['TEST_TO', { TEST_TO: 'deux, adresses' }],
  ['MORNING_TEST', { MORNING_TEST: 'oui' }],
  ['HEALTH_TOKEN', { HEALTH_TOKEN: 'court' }],
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'proxy.exemple.fr' }],
  ['RATE_PER_HOUR', { RATE_PER_HOUR: 'beaucoup' }],
  ['RATE_PER_HOUR', { RATE_PER_HOUR: '1' }],
  ['FRAME_ORIGINS', { FRAME_ORIGINS: 'https://mairie.exemple.fr/accueil' }],
  ['FRAME_ORIGINS', { FRAME_ORIGINS: 'http://mairie.exemple.fr' }],
  ['HCAPTCHA_SECRET', { HCAPTCHA_SITEKEY: 'cle-publique' }],
  ['HCAPTCHA_SITEKEY', { HCAPTCHA_SECRET: 'cle-secrete' }],
  ['HCAPTCHA_SITEKEY', { HCAPTCHA_ALWAYS: 'true' }],
  ['PGP_PUBLIC_KEY_FILE', { PGP_PUBLIC_KEY_FILE: '/nulle/part' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/demandes' }],
  ['OUTBOX_SECRET', { DATABASE_URL: 'postgres://localhost/demandes' }],
  ['DATABASE_URL', { DATABASE_URL: 'postgres//u:motdepasse@127.0.0.1/demandes' }],
  ['OUTBOX_SECRET PUBLIC_ORIGIN SMTP_HOST', { NODE_ENV: 'production' }],
  ['PORT RATE_PER_HOUR', { PORT: 'abc', RATE_PER_HOUR: 'beaucoup' }],
  [
    'PUBLIC_ORIGIN SMTP_HOST',
    { NODE_ENV: 'production', OUTBOX_SECRET: 'un secret pour essayer, assez long' },
  ],
  [
    'SMTP_HOST',
    {
      NODE_ENV: 'production',
      OUTBOX_SECRET: 'un secret pour essayer, assez long',
      PUBLIC_ORIGIN: 'https://exemple.fr',
    },
  ],
];

for (const [name, setting] of wrong) {
  test(`a wrong ${name} stops the start and names itself (${JSON.stringify(setting)})`, async () => {
    const site = runSite({ PORT: '0', DATA_DIR: temporaryFolder(), ...setting });
    assert.deepEqual(await site.ended, { code: 2, signal: null });
    const lines = name.split(' ').map((one) => `Réglage ${one} : .+\\.\\n`);
    assert.match(site.output(), new RegExp(`^${lines.join('')}$`));
    assert.doesNotMatch(site.output(), /motdepasse/);
  });
}

test('a site that was never built says what builds it', async () => {
  const site = runSite({ PORT: '0', DATA_DIR: temporaryFolder() }, join(copySources(), 'src/server/main.ts'));
  assert.deepEqual(await site.ended, { code: 2, signal: null });
  assert.equal(
    site.output(),
    'Le site n’est pas construit (npm run build ; le paquet : sudo un-premier-pas construire).\n',
  );
});

test('a port that is taken is named', async () => {
  const site = await startSite();
  const other = runSite({ PORT: new URL(site.origin).port, HOST: '127.0.0.1', DATA_DIR: temporaryFolder() });
  assert.equal((await other.ended).code, 2);
  assert.match(other.output(), /^Réglage PORT : .*EADDRINUSE/);
  await site.stop();
});

test('a request in flight when SIGTERM comes is answered, then the process ends', async () => {
  const site = await startSite();
  const socket = connect(Number(new URL(site.origin).port), '127.0.0.1');
  const body = 'tel=01+99+00+12+34&quand=lun-matin';
  const head = `POST /contact/envoi HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`;
  socket.write(head + body.slice(0, 10));
  await fetch(site.origin); // the server is past accepting our half request
  const ended = site.stop();
  await refused(site.origin);
  socket.write(body.slice(10));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  assert.match(answer.toString(), /^HTTP\/1\.1 303 /);
  assert.deepEqual(await ended, { code: 0, signal: null });
  assert.deepEqual(
    readdirSync(site.dataDir).filter((name) => name.endsWith('-wal')),
    [],
  );
});

// Resolves once the server accepts no new connection.
async function refused(origin: string): Promise<void> {
  for (;;) {
    try {
      await fetch(origin, { headers: { connection: 'close' } });
    } catch {
      return;
    }
  }
}
