import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createWeb } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { temporaryFolder } from '../../../tests/support/folder.ts';
import { freePort } from '../../../tests/support/port.ts';
import { codeOf } from '../../rappel/journal.ts';
import type { AlertWay } from '../../settings/alert.ts';
import { trialMessage } from './message.ts';
import { tell, tellingMs } from './ways.ts';

const name = 'site.exemple.fr';
const message = trialMessage({ name });

/** Why a way did not take the message: a code. */
async function refusal(way: AlertWay): Promise<string> {
  return tell(message, way).then(() => 'taken', codeOf);
}

test('a program has the subject, the text, and no setting; one that fails or is not there is told by a code', async () => {
  const folder = temporaryFolder();
  const command = join(folder, 'prevenir');
  const lines = [`printf '%s\\n' "$1" > ${folder}/dit`, `cat >> ${folder}/dit`, `env > ${folder}/env`];
  writeFileSync(command, `#!/bin/sh\n${lines.join('\n')}\n`);
  chmodSync(command, 0o755);
  process.env.ALERT_URL = 'https://exemple.fr/s3cret';
  await tell(message, { by: 'commande', command });
  assert.equal(readFileSync(join(folder, 'dit'), 'utf8'), `${message.subject}\n${message.text}\n`);
  assert.doesNotMatch(readFileSync(join(folder, 'env'), 'utf8'), /s3cret|ALERT/);
  assert.equal(await refusal({ by: 'commande', command: '/bin/false' }), 'EXIT_1');
  assert.equal(await refusal({ by: 'commande', command: '/nulle/part' }), 'ENOENT');
});

test('ntfy has a text, a webhook the same in JSON with the facts; a refusal or a detour is told by a code', async () => {
  const posts: { type: string | undefined; body: string }[] = [];
  let status = 200;
  const web = createWeb(async (request, response) => {
    posts.push({ type: request.headers['content-type'], body: await text(request) });
    response.writeHead(status, status === 302 ? { location: '/ailleurs' } : {}).end('Words of the server');
  }).listen(0, '127.0.0.1');
  await once(web, 'listening');
  after(() => web.close());
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}/s3cret`;
  for (const by of ['ntfy', 'webhook'] as const) await tell(message, { by, url });
  const [ntfy, webhook] = posts;
  assert.match(`${ntfy?.type}`, /^text\/plain/);
  assert.equal(ntfy?.body, `${message.subject}\n\n${message.text}\n`);
  assert.deepEqual(JSON.parse(`${webhook?.body}`), { text: ntfy?.body, ...message.facts });
  for (const [answered, code] of [
    [404, 'HTTP_404'],
    [302, 'UNKNOWN'],
  ] as const) {
    status = answered;
    assert.equal(await refusal({ by: 'ntfy', url }), code);
  }
  assert.equal(posts.length, 4, 'nobody is sent elsewhere');
});

test('a mail server that is not there is told by a code; one that answers slowly does not hold us', async (t) => {
  const byMail = (port: number): AlertWay => ({
    by: 'mail',
    host: '127.0.0.1',
    port,
    login: undefined,
    from: 'alerte@example.org',
    to: 'astreinte@example.org',
  });
  assert.match(await refusal(byMail(await freePort())), /ECONNREFUSED/);
  const sockets: Socket[] = [];
  const slow = createServer((socket) => {
    sockets.push(socket);
    socket.write('220 courriel.exemple.fr\r\n');
    socket.on('data', () => {
      t.mock.timers.tick(tellingMs * 0.4); // no answer of it is late by itself
      socket.write('250 oui\r\n');
    });
    socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  await once(slow, 'listening');
  t.mock.timers.enable({ apis: ['setTimeout'] });
  assert.equal(await refusal(byMail((slow.address() as AddressInfo).port)), 'ETIMEDOUT');
  for (const socket of sockets) socket.destroy();
  slow.close();
});
