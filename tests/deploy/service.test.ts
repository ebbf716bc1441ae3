// The unit as it is shipped, on a real systemd: locked in, started, restarted under load, taken back to another version.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { certifyLocalhost } from '../certificates.ts';
import { skip as skipNginx } from '../nginx.ts';
import { freePort, type Mailbox, openMailbox, startSite } from '../site.ts';
import { ask, startLoad } from './load.ts';
import { type Machine, skip, startMachine } from './machine.ts';
import { type Front, sample, startProxy } from './samples.ts';

const folder = new URL('../../deploy/', import.meta.url).pathname;

const service = 'un-premier-pas.service';

const node = '/srv/un-premier-pas/actuelle/node_modules/.bin/node';

const analyze = spawnSync('systemd-analyze', ['--version']).error
  ? 'systemd is not installed (Debian package: systemd)'
  : false;

test('the unit is locked in: systemd itself finds it exposed at most 1.2 of 10', { skip: analyze }, () => {
  const words = ['security', '--offline=true', '--no-pager', folder + service];
  const { stdout } = spawnSync('systemd-analyze', words, { encoding: 'utf8' });
  const score = /Overall exposure level for .*: ([\d.]+)/.exec(stdout)?.[1];
  assert.ok(Number(score) <= 1.2, stdout);
});

test('a socket that was handed to another process is left alone', async () => {
  const site = await startSite({ LISTEN_FDS: '1', LISTEN_PID: '1' });
  assert.equal((await fetch(site.origin)).status, 200);
  await site.stop();
});

describe('on a machine installed as the guide says, behind nginx', { skip: skip || skipNginx }, () => {
  let machine: Machine;
  let mailbox: Mailbox;
  let origin: string;
  let proxy: Front;
  const secret = 'un secret assez long, connu de systemd seul';

  before(async () => {
    const certificate = certifyLocalhost();
    mailbox = await openMailbox(0, () => {}, certificate);
    const port = await freePort();
    proxy = await startProxy([port], certificate);
    origin = proxy.origin;
    const unit = (name: string) => sample(name, [['127.0.0.1:4321', `127.0.0.1:${port}`]]);
    machine = await startMachine({
      [`systemd/system/${service}`]: unit(service),
      'systemd/system/un-premier-pas.socket': unit('un-premier-pas.socket'),
      [`systemd/system/${service}.d/essai.conf`]:
        '[Service]\nStandardOutput=append:/run/journal\nStandardError=append:/run/journal\n',
      'un-premier-pas/reglages.env': settings(mailbox),
      'un-premier-pas/secrets/outbox-secret': secret,
      'autorite.pem': certificate.authority,
    });
    await machine.run('systemctl', 'start', 'un-premier-pas.socket');
  });
  after(async () => {
    await proxy.stop();
    await machine.stop();
    await mailbox.close();
  });

  test('systemd finds nothing to say of the units', async () => {
    assert.equal(await machine.run('systemd-analyze', 'verify', service, 'un-premier-pas.socket'), '');
  });

  test('a first visitor starts it, alone in what it may see and do', async () => {
    assert.equal((await fetch(`${origin}/appeler`)).status, 200);
    const status = await machine.run('cat', `/proc/${await pid()}/status`);
    assert.match(status, /^Uid:\t[1-9]\d+\t/m);
    assert.match(status, /^CapBnd:\t0+$/m);
    assert.match(status, /^NoNewPrivs:\t1$/m);
    assert.match(status, /^Seccomp:\t2$/m);
    const environment = await machine.run('cat', `/proc/${await pid()}/environ`);
    assert.match(environment, /OUTBOX_SECRET_FILE=/);
    assert.ok(!environment.includes(secret));
    assert.equal(await inside('fs.readFileSync("/etc/hostname")'), 'done');
    assert.equal(await inside('fs.writeFileSync("/var/lib/un-premier-pas/essai", "")'), 'done');
    assert.equal(await inside('fs.readdirSync("/etc/un-premier-pas")'), 'EACCES');
    assert.match(await inside('fs.writeFileSync("dist/essai", "")'), /^E(ROFS|ACCES)$/);
    assert.equal(await inside('child_process.execFileSync("/bin/true")'), 'EACCES');
  });

  test('a request reaches the team through a mail server that encrypts, and is kept nowhere else', async () => {
    assert.equal((await ask(origin, 'Tournesol.')).status, 303);
    const [mail] = await mailbox.received(1);
    assert.match(mail?.text ?? '', /« Tournesol\. »/);
    assert.doesNotMatch(await machine.run('cat', '/run/journal'), /Tournesol|0199001234/);
    assert.match(await machine.run('ls', '/var/lib/private/un-premier-pas'), /demandes\.sqlite/);
  });

  test('restarted under load: nobody is refused, nothing that was noted is lost', async (t) => {
    const before = mailbox.mails.length;
    const load = startLoad(origin);
    t.after(load.stop);
    for (const version of ['v2', 'v1']) {
      await load.more(20);
      await machine.run('ln', '-sfn', `versions/${version}`, '/srv/un-premier-pas/actuelle');
      await machine.run('systemctl', 'restart', service);
      assert.match(await machine.run('readlink', `/proc/${await pid()}/cwd`), new RegExp(`/${version}\n$`));
    }
    await load.more(20);
    const { pages, posts, noted } = await load.stop();
    assert.deepEqual([Object.keys(pages), Object.keys(posts)], [['200'], ['303']]);
    const mails = await mailbox.received(before + noted.length);
    for (const name of noted)
      assert.ok(
        mails.some(({ text }) => text?.includes(`« ${name} »`)),
        name,
      );
  });

  test('a command runs as the site does, beside it or without it', async () => {
    await machine.run('systemctl', 'start', 'dbus.socket');
    const command = ['/srv/un-premier-pas/actuelle/deploy/commande', 'boite'];
    assert.match(await machine.run(...command, 'verifier'), /^0 demandes entières, 0 illisibles$/m);
    await machine.run('systemctl', 'stop', 'un-premier-pas.socket', service);
    assert.match(await machine.run(...command), /^En attente : 0$/m);
    assert.doesNotMatch(await machine.run('find', '/var/lib/private/un-premier-pas', '-user', 'root'), /./);
    await machine.run('systemctl', 'start', 'un-premier-pas.socket', service);
  });

  test('killed, it comes back by itself', async () => {
    const first = await pid();
    await machine.run('kill', '-9', first);
    assert.equal((await fetch(`${origin}/appeler`)).status, 200);
    assert.notEqual(await pid(), first);
  });

  test('a wrong setting is named, and the start says that it failed', async () => {
    await machine.run('sh', '-c', 'echo RATE_PER_HOUR=beaucoup >> /etc/un-premier-pas/reglages.env');
    await assert.rejects(machine.run('systemctl', 'restart', service));
    assert.match(await machine.run('cat', '/run/journal'), /^Réglage RATE_PER_HOUR : un nombre entier\.$/m);
  });

  const pid = async () => (await machine.run('systemctl', 'show', '-P', 'MainPID', service)).trim();

  // In the place of the service, as its user: 'done', or why not.
  async function inside(code: string): Promise<string> {
    const main = await pid();
    const [id = ''] = (await machine.run('stat', '-c', '%u', `/proc/${main}`)).split('\n');
    const enter = ['nsenter', '--target', main, '--mount', '--wd', '--setuid', id, '--setgid', id, '--'];
    const print = (code: string) => machine.run(...enter, node, '--print', code);
    return (await print(`try { ${code}; 'done' } catch ({ code }) { code }`)).trim();
  }
});

function settings({ port }: Mailbox): string {
  return `# Essai.
PUBLIC_ORIGIN=https://exemple.fr
SMTP_HOST=localhost
SMTP_PORT=${port}
MAIL_FROM=site@example.org
MAIL_TO=equipe@example.org
MORNING_TEST=false
RATE_PER_HOUR=1000000
NODE_EXTRA_CA_CERTS=/etc/autorite.pem
`;
}
