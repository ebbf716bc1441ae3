// The timers as they are shipped, on a real systemd: somebody is told outside, and the outbox is copied.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parseEnv } from 'node:util';
import { alertFileNames, alertNames, readAlertSettings } from '../../src/settings/alert.ts';
import { openRefusingMailbox, type RefusingMailbox } from '../outages/refusing-mailbox.ts';
import { certifyLocalhost } from '../support/certificates.ts';
import { fromGuide } from '../support/guide.ts';
import { type Mailbox, openMailbox } from '../support/mailbox.ts';
import { freePort } from '../support/port.ts';
import { type Machine, skip, startMachine } from './machine.ts';
import { sample } from './samples.ts';

const root = new URL('../..', import.meta.url).pathname;
const text = (file: string) => readFileSync(join(root, file), 'utf8');
const alertUnit = 'un-premier-pas-alerte@.service';
const shipped = text(`deploy/${alertUnit}`);
const page = text('docs/alertes.md');

test('the sample and the page have every setting of the alert, and no other; the sample can be used as it stands', () => {
  const file = text('deploy/alerte.env.exemple');
  const names = [...file.matchAll(/^#?([A-Z_]+)=".+"$/gm)].map(([, name]) => name);
  assert.deepEqual(names.toSorted(), alertNames.toSorted());
  const rows = [...page.matchAll(/^\| `(ALERT_[A-Z_]+)` +\|/gm)].map(([, name]) => name);
  assert.deepEqual(rows.toSorted(), alertNames.toSorted());
  assert.equal(readAlertSettings(parseEnv(file)).way.by, 'mail');
  const all = parseEnv(file.replaceAll(/^#(?=[A-Z_]+=)/gm, ''));
  for (const ALERT_BY of ['mail', 'commande', 'ntfy', 'webhook'])
    assert.equal(readAlertSettings({ ...all, ALERT_BY }).way.by, ALERT_BY);
});

test('the unit reads each secret of the alert from its own folder, and the page names each', () => {
  const read = [...shipped.matchAll(/^Environment=([A-Z_]+_FILE)=%d\/alerte_(\S+)$/gm)];
  assert.deepEqual(read.map(([, name]) => name).toSorted(), alertFileNames.toSorted());
  for (const [, , file] of read) assert.ok(page.includes(`\`${file}\``), `${file}`);
});

test('a look each minute, over before the next: what health shows is told within two minutes', () => {
  const timer = text('deploy/un-premier-pas-alerte.timer');
  assert.match(timer, /^OnCalendar=\*:\*:00$/m);
  const [, late] = /^AccuracySec=(\d+)s$/m.exec(timer) ?? [];
  const [, longest] = /^TimeoutStartSec=(\d+)$/m.exec(shipped) ?? [];
  assert.ok(60 + Number(late) + Number(longest) < 120);
});

describe('on a machine', { skip }, () => {
  let machine: Machine;
  let refusing: RefusingMailbox;
  let other: Mailbox;
  let origin: string;

  before(async () => {
    const certificate = certifyLocalhost();
    refusing = await openRefusingMailbox('login', certificate);
    other = await openMailbox();
    const address = `127.0.0.1:${await freePort()}`;
    origin = `http://${address}`;
    machine = await startMachine({
      'systemd/system/un-premier-pas.service': sample('un-premier-pas.service', []),
      'systemd/system/un-premier-pas.socket': sample('un-premier-pas.socket', [['127.0.0.1:4321', address]]),
      // The second hand in the place of the minute's.
      'systemd/system/un-premier-pas-alerte.timer.d/essai.conf': '[Timer]\nOnCalendar=\nOnCalendar=*:*:*\n',
      'un-premier-pas/reglages.env': siteSettings(refusing.port),
      'un-premier-pas/secrets/outbox-secret': secret,
      'un-premier-pas/secrets/smtp-user': 'site',
      'un-premier-pas/secrets/smtp-pass': 'un mot de passe refusé',
      'un-premier-pas/secrets/health-token': token,
      'autorite.pem': certificate.authority,
    });
    await machine.run(
      'systemctl',
      'start',
      'un-premier-pas.socket',
      'dbus.socket',
      'systemd-journald.socket',
    );
    await machine.run('systemctl', 'start', 'un-premier-pas.service');
    await follow(fromGuide('sudo install -m 644 deploy/alerte.env.exemple'));
    await follow(fromGuide('sudo install -d -m 700 /etc/un-premier-pas/alerte'));
    await follow(fromGuide('sudo cp deploy/un-premier-pas-alerte@.service'));
    await follow(fromGuide('sudo cp deploy/un-premier-pas-copie.service'));
    await follow(fromGuide('sudo ln -sfn /srv/un-premier-pas/actuelle/deploy/commande'));
    await machine.run(
      'sh',
      '-c',
      'umask 077 && printf %s "$0" > /etc/un-premier-pas/alerte/health-token',
      token,
    );
    await setAlert({});
    await follow(fromGuide('sudo systemctl daemon-reload'));
  });
  after(async () => {
    await machine.stop();
    await refusing.close();
    await other.close();
  });

  const start = (instance: string) =>
    machine.run('systemctl', 'start', `un-premier-pas-alerte@${instance}.service`);

  test('systemd finds nothing to say of the units, and each exposed at most 1.2 of 10', async () => {
    const units = ['un-premier-pas-alerte@regarder.service', 'un-premier-pas-copie.service'];
    const timers = ['un-premier-pas-alerte.timer', 'un-premier-pas-copie.timer'];
    assert.equal(await machine.run('systemd-analyze', 'verify', ...units, ...timers), '');
    for (const unit of units) {
      const said = await machine.run('systemd-analyze', 'security', '--no-pager', unit);
      assert.ok(Number(/exposure level for .*: ([\d.]+)/.exec(said)?.[1]) <= 1.2, said);
    }
  });

  test('a trial arrives', async () => {
    await follow(fromGuide('sudo systemctl start un-premier-pas-alerte@essai'));
    const [mail] = await other.received(1);
    assert.equal(mail?.subject, '[site.exemple.fr] essai d’alerte');
  });

  test('the password of the site is refused: the timer has it told by the other server, once', async () => {
    const form = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin', prenom: 'Tournesol' });
    await fetch(`${origin}/contact/envoi`, { method: 'POST', body: form, redirect: 'manual' });
    await follow(fromGuide('sudo systemctl enable --now un-premier-pas-alerte.timer'));
    const isTold = () => other.mails.some(({ subject }) => subject?.includes('MAIL_REFUSED'));
    while (!isTold()) await other.received(other.mails.length + 1);
    const before = other.mails.length;
    await start('regarder'); // one more look has nothing to add
    assert.equal(other.mails.length, before);
    await machine.run('systemctl', 'stop', 'un-premier-pas.socket', 'un-premier-pas.service');
    const mails = await other.received(before + 1);
    assert.match(`${mails.at(-1)?.subject}`, /le site ne répond pas : SITE_SILENT$/);
    await machine.run('systemctl', 'stop', 'un-premier-pas-alerte.timer');
    assert.doesNotMatch(`${Buffer.concat(other.sources)}`, /Tournesol|0199|equipe@|site@|mot de passe/);
  });

  test('it is locked in: its program sees neither the secrets nor the requests, and leaves what it says', async () => {
    const program = '/usr/local/bin/prevenir';
    const folder = '/var/lib/un-premier-pas-alerte';
    const script = `#!/bin/sh
ls /etc/un-premier-pas /etc/un-premier-pas/secrets /var/lib/private/un-premier-pas /var/lib/un-premier-pas > ${folder}/vu 2>&1
env >> ${folder}/vu; cat >> ${folder}/vu\n`;
    await machine.run('sh', '-c', `printf %s "$0" > ${program} && chmod 755 ${program}`, script);
    await setAlert({ ALERT_BY: 'commande', ALERT_COMMAND: program });
    await start('essai');
    const seen = await machine.run('cat', `${folder}/vu`);
    assert.match(seen, /rien à faire/);
    assert.doesNotMatch(seen, /outbox-secret|demandes\.sqlite|alerte\.env|ALERT_|CREDENTIALS/);
  });

  test('a telling that fails leaves a failed unit, and a line', async () => {
    await setAlert({ ALERT_BY: 'commande', ALERT_COMMAND: '/bin/false' });
    await machine.run('systemctl', 'start', 'un-premier-pas.socket', 'un-premier-pas.service');
    await assert.rejects(start('regarder'));
    assert.match(await said(), /^Alerte non dite \(EXIT_1\)\.$/m);
    const show = ['show', '-P', 'ActiveState', 'un-premier-pas-alerte@regarder.service'];
    assert.equal(await machine.run('systemctl', ...show), 'failed\n');
    assert.match(await follow(fromGuide('systemctl --failed')), /un-premier-pas-alerte@regarder\.service/);
  });

  test('a wrong setting of the alert is named by it and by the verification; the site starts all the same', async () => {
    await setAlert({ ALERT_TO: 'Zoé' });
    await assert.rejects(start('essai'));
    const named = /Réglage ALERT_TO : une seule adresse, sans nom\.$/m;
    assert.match(await said(), named);
    await machine.run('systemctl', 'restart', 'un-premier-pas.service');
    assert.match(
      await follow(`${fromGuide('sudo un-premier-pas verifier')} || true`),
      /^à corriger {2}Alerte : Réglage ALERT_TO : une seule adresse/m,
    );
  });

  test('the copy of the hour is closed, the only one, and the lines of the guide bring back what waited', async () => {
    await follow(
      fromGuide('sudo systemctl daemon-reload && sudo systemctl enable --now un-premier-pas-copie.timer'),
    );
    for (let copies = 0; copies < 2; copies += 1)
      await machine.run('systemctl', 'start', 'un-premier-pas-copie.service');
    assert.match(await saidByCopies(), /^1 demandes en attente copiées, toujours fermées\.$/m);
    const folder = '/var/lib/private/un-premier-pas/copies';
    assert.equal(await machine.run('ls', '-A', folder), 'demandes.sqlite\n');
    assert.equal(await machine.run('stat', '-c', '%a', `${folder}/demandes.sqlite`), '600\n');
    const settings = '/etc/un-premier-pas/reglages.env';
    const watched = `IMAP_HOST=${name}\nMAIL_TO_SECOND=deux@${name}\nTEST_IMAP_HOST=${name}\nHCAPTCHA_SITEKEY=${sitekey}\n`;
    await machine.run('sh', '-c', `cp ${settings} /etc/avant.env && printf %s "$0" >> ${settings}`, watched);
    const drill = [
      fromGuide('set -a && .'),
      fromGuide('export OUTBOX_SECRET_FILE'),
      `export COPIE=${folder}/demandes.sqlite DATA_DIR=/tmp/neuf`,
      fromGuide('bin/un-premier-pas restaurer'),
      fromGuide('bin/un-premier-pas relire'),
    ];
    assert.match(await follow(`set -e\n${drill.join('\n')}`), /^1 demandes entières, 0 illisibles$/m);
    await machine.run('mv', '/etc/avant.env', settings);
  });

  test('a copy that is too old goes even where a new one cannot be made', async () => {
    const folder = '/var/lib/private/un-premier-pas';
    await machine.run('systemctl', 'stop', 'un-premier-pas.socket', 'un-premier-pas.service');
    await machine.run(
      'sh',
      '-c',
      `mv ${folder}/demandes.sqlite /tmp/ && touch -d '24 hours ago' ${folder}/copies/*`,
    );
    await assert.rejects(machine.run('systemctl', 'start', 'un-premier-pas-copie.service'));
    assert.match(await saidByCopies(), /^1 copie trop vieille retirée\.\nPas de demandes\.sqlite ici/m);
    assert.equal(await machine.run('ls', '-A', `${folder}/copies`), '');
  });

  test('no copy any more, as the guide says', async () => {
    await follow(fromGuide('sudo systemctl disable --now un-premier-pas-copie.timer'));
    await follow(fromGuide('sudo rm -r /var/lib/un-premier-pas/copies'));
    assert.doesNotMatch(await machine.run('ls', '/var/lib/private/un-premier-pas'), /copies/);
  });

  // A line of the guide as it is written, from the folder of the site, as who may sudo.
  const follow = (line: string) =>
    machine.run(
      ...['env', '--chdir=/srv/un-premier-pas/actuelle', 'PATH=/usr/local/bin:/usr/sbin:/usr/bin'],
      ...['sh', '-c', line.replaceAll(/\bsudo /g, '')],
    );

  const said = () =>
    follow(`journalctl --sync && ${fromGuide("journalctl -u 'un-premier-pas-alerte@*'")} -o cat`);

  const saidByCopies = () =>
    follow(`journalctl --sync && ${fromGuide('journalctl -u un-premier-pas-copie')} -o cat`);

  async function setAlert(change: Record<string, string>): Promise<void> {
    const lines = Object.entries(change).map(([name, value]) => `${name}=${value}\n`);
    const whole = `${alertSettings(other.port, origin)}${lines.join('')}`;
    await machine.run('sh', '-c', 'printf %s "$0" > /etc/un-premier-pas/alerte.env', whole);
  }
});

const secret = 'un secret assez long, connu de systemd seul';
const name = 'courriel.example.org';
const sitekey = '10000000-ffff-ffff-ffff-000000000001';
const token = 'un jeton de santé, assez long'
  .replaceAll(' ', '-')
  .normalize('NFD')
  .replaceAll(/[^\w-]/g, '');

function siteSettings(port: number): string {
  return `PUBLIC_ORIGIN=https://exemple.fr
SMTP_HOST=localhost
SMTP_PORT=${port}
MAIL_FROM=site@example.org
MAIL_TO=equipe@example.org
MORNING_TEST=false
NODE_EXTRA_CA_CERTS=/etc/autorite.pem
`;
}

function alertSettings(port: number, origin: string): string {
  return `ALERT_BY=mail
ALERT_NAME=site.exemple.fr
ALERT_SITE=${origin}
ALERT_SMTP_HOST=127.0.0.1
ALERT_SMTP_PORT=${port}
ALERT_FROM=alerte@example.org
ALERT_TO=astreinte@example.org
`;
}
