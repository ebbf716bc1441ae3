import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { temporaryFolder } from '../../../tests/support/folder.ts';
import type { AlertSettings } from '../../settings/alert.ts';
import { ask } from '../preflight/ask.ts';
import { watchOnce } from './alert.ts';
import { readMemory, saveMemory } from './memory.ts';
import type { AlertMessage } from './message.ts';

let answer: RequestListener = (_request, response) => response.end('{"state":"ok","alarms":[]}');
const web = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
await once(web, 'listening');
after(() => web.close());

const settings: AlertSettings = {
  name: 'site.exemple.fr',
  site: `http://127.0.0.1:${(web.address() as AddressInfo).port}`,
  healthToken: undefined,
  folder: '',
  way: { by: 'commande', command: '/bin/true' },
};

const answering =
  (body: unknown, status = 200): RequestListener =>
  (_request, response) =>
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));

const red = {
  version: '1.2.3',
  state: 'red',
  alarms: ['MAIL_STUCK', 'NO_TEAM_KEY'],
  mail: 'smtp',
  waiting: 3,
};

/** An alert with a memory of its own; `passes` may be changed. */
function startAlert(file = join(temporaryFolder(), 'alerte.json')) {
  const alert = {
    told: [] as AlertMessage[],
    said: [] as string[],
    now: Date.parse('2026-11-24T03:00:00Z'),
    passes: true,
    file,
    look: () =>
      watchOnce(settings, {
        file,
        ask,
        now: () => alert.now,
        say: (line) => alert.said.push(line),
        async tell(message) {
          if (!alert.passes) throw Object.assign(new Error('Words of the server'), { code: 'EAUTH' });
          alert.told.push(message);
        },
      }),
  };
  return alert;
}

test('a change is told once, with the machine, the version and what to do; nothing else of what health says', async () => {
  const alert = startAlert();
  answer = answering(red, 503);
  assert.equal(await alert.look(), true);
  assert.equal(await alert.look(), true);
  const [message] = alert.told;
  assert.equal(alert.told.length, 1);
  assert.equal(message?.subject, '[site.exemple.fr] agir maintenant : MAIL_STUCK, NO_TEAM_KEY');
  assert.equal(
    message?.text,
    `Machine : site.exemple.fr
Version : 1.2.3
État : red (agir maintenant)

Nouvelles alarmes :
- MAIL_STUCK : prévenir l'équipe ; réparer le courriel, puis \`un-premier-pas relancer\`
- NO_TEAM_KEY : régler \`PGP_PUBLIC_KEY_FILE\` : \`docs/cles.md\`

Le guide : docs/exploitation.md (sur la machine du site, dans /srv/un-premier-pas/actuelle).`,
  );
  answer = answering({ state: 'ok', alarms: [], version: '1.2.3' });
  await alert.look();
  assert.match(alert.told[1]?.text ?? '', /^État : ok [\s\S]*^Terminées :\n- MAIL_STUCK\n- NO_TEAM_KEY$/m);
  assert.deepEqual(alert.said, ['Alerte dite : red MAIL_STUCK NO_TEAM_KEY.', 'Alerte dite : ok.']);
});

test('whatever does not answer as the site would is a silence, told once, and nothing of it is repeated', async () => {
  for (const [listener, code] of [
    [answering('<h1>Tournesol 01 99 00 12 34</h1>', 502), 'HTTP_502'],
    [answering({ state: 'Tournesol', alarms: [] }), 'HTTP_200'],
    [answering({ state: 'red', alarms: ['Tournesol'] }), 'HTTP_200'],
    [answering({ state: 'red', alarms: Array(41).fill('A') }), 'HTTP_200'],
    [(request) => request.socket.destroy(), 'ECONNRESET'],
  ] as [RequestListener, string][]) {
    const alert = startAlert();
    answer = listener;
    await alert.look();
    await alert.look();
    assert.equal(alert.told.length, 1);
    assert.match(
      alert.told[0]?.text ?? '',
      new RegExp(`^Raison : ${code}$[\\s\\S]*^- SITE_SILENT : .*journalctl`, 'm'),
    );
    assert.doesNotMatch(JSON.stringify([alert.told, alert.said]), /Tournesol|0199|01 99/);
  }
});

test('without the right to see details, the state alone is told, and where to read more', async () => {
  const alert = startAlert();
  answer = answering({ state: 'degraded' });
  await alert.look();
  assert.match(alert.told[0]?.text ?? '', /^État : degraded [\s\S]*ALERT_HEALTH_TOKEN/m);
});

test('a telling that fails is seen, by a code alone, and made at the next look', async () => {
  const alert = startAlert();
  alert.passes = false;
  answer = answering(red, 503);
  assert.equal(await alert.look(), false);
  assert.deepEqual(alert.said, ['Alerte non dite (EAUTH).']);
  alert.passes = true;
  assert.equal(await alert.look(), true);
  assert.equal(alert.told.length, 1);
});

test('a telling that failed often waits, and every look until then still ends badly', async () => {
  const alert = startAlert();
  alert.passes = false;
  answer = answering(red, 503);
  for (let tries = 0; tries < 5; tries += 1) await alert.look();
  alert.passes = true;
  assert.equal(await alert.look(), false);
  assert.match(alert.said.at(-1) ?? '', /^Alerte non dite \(nouvel essai/);
  alert.now += 15 * 60_000;
  assert.equal(await alert.look(), true);
});

test('with nowhere to remember, a change is told now and then rather than at every look', async () => {
  const alert = startAlert('/nulle/part/alerte.json');
  answer = answering(red, 503);
  for (let minute = 0; minute < 60; minute += 1) {
    assert.equal(await alert.look(), false);
    alert.now += 60_000;
  }
  assert.equal(alert.told.length, 4);
});

test('the memory keeps its size on the disk, is for its owner alone, and half of it is none', async () => {
  const alert = startAlert();
  answer = answering(red, 503);
  await alert.look();
  const { size, mode } = statSync(alert.file);
  for (let often = 0; often < 3; often += 1) {
    const memory = readMemory(alert.file);
    saveMemory(alert.file, {
      ...memory,
      tellings: Array(26).fill(alert.now),
      marks: Array(44).fill('A'.repeat(40)),
    });
  }
  assert.deepEqual([statSync(alert.file).size, mode & 0o777], [size, 0o600]);
  assert.deepEqual(readMemory(alert.file).told.alarms, red.alarms);
  writeFileSync(alert.file, readFileSync(alert.file, 'utf8').slice(0, 100));
  await alert.look();
  assert.equal(alert.told.length, 2);
});
