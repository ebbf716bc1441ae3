// The unit as it is shipped, on a real systemd: locked in, started, restarted under load, taken back to another version.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { certifyLocalhost } from '../support/certificates.ts';
import { temporaryFolder } from '../support/folder.ts';
import { type Mailbox, openMailbox } from '../support/mailbox.ts';
import { skip as skipNginx } from '../support/nginx.ts';
import { freePort } from '../support/port.ts';
import { runSite, startSite } from '../support/site.ts';
import { ask, startLoad } from './load.ts';
import { type Machine, skip, startMachine } from './machine.ts';
import { type Front, sample, startProxy } from './samples.ts';

const root = new URL('../..', import.meta.url).pathname;

const folder = join(root, 'deploy/');

const guide = readFileSync(join(root, 'docs/exploitation.md'), 'utf8');

const service = 'un-premier-pas.service';

const node = '/srv/un-premier-pas/actuelle/bin/node';

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

test('two sockets are refused by name: one of them would never be answered', () => {
  const start = 'LISTEN_PID=$$ LISTEN_FDS=2 exec "$0" src/server/main.ts';
  const words = ['-c', start, process.execPath];
  const env = { PATH: process.env.PATH, DATA_DIR: temporaryFolder() };
  const { status, stderr } = spawnSync('sh', words, { cwd: root, env, encoding: 'utf8', timeout: 30_000 });
  assert.equal(status, 1);
  assert.match(stderr, /^Réglage ListenStream : une seule prise, systemd en donne 2 .+\.\n$/);
});

describe('who waits for the start', () => {
  const here = Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address }) => address));
  for (const HOST of ['127.0.0.1', '0.0.0.0', '::1'])
    test(`is told of the first answer, on ${HOST} and any port`, {
      skip: HOST === '::1' && !here.includes(HOST) ? 'no IPv6 here' : false,
    }, async () => {
      const RUNTIME_DIRECTORY = temporaryFolder();
      const site = runSite({ HOST, PORT: '0', DATA_DIR: temporaryFolder(), RUNTIME_DIRECTORY });
      assert.equal(await waitFor(site.process.pid, RUNTIME_DIRECTORY), 0);
      const origin = readFileSync(join(RUNTIME_DIRECTORY, 'adresse'), 'utf8');
      assert.equal((await fetch(`${origin}/appeler`)).status, 200);
      await site.stop();
      assert.match(site.output(), new RegExp(`^Site : ${RegExp.escape(origin)}$`, 'm'));
      assert.equal(await waitFor(site.process.pid, RUNTIME_DIRECTORY), 1); // its address is still written
    });

  test('is told that it stopped before it answered', async () => {
    const site = runSite({ PORT: 'abc', DATA_DIR: temporaryFolder() });
    assert.equal(await waitFor(site.process.pid, temporaryFolder()), 1);
    assert.equal((await site.ended).code, 1);
  });

  async function waitFor(site: number | undefined, folder: string): Promise<number> {
    const env = { MAINPID: String(site), RUNTIME_DIRECTORY: folder };
    const how = { cwd: root, env, stdio: 'ignore', timeout: 30_000 } as const; // systemd's is 90 s
    const child = spawn(process.execPath, ['deploy/attendre.ts'], how);
    const [code] = await once(child, 'exit');
    return code;
  }
});

describe('on a machine installed as the guide says, behind nginx', { skip: skip || skipNginx }, () => {
  let machine: Machine;
  let mailbox: Mailbox;
  let origin: string;
  let port: number;
  let proxy: Front;
  const secret = 'un secret assez long, connu de systemd seul';

  before(async () => {
    const certificate = certifyLocalhost();
    mailbox = await openMailbox(0, () => {}, certificate);
    port = await freePort();
    proxy = await startProxy([port], certificate);
    origin = proxy.origin;
    machine = await startMachine({
      [`systemd/system/${service}`]: sample(service, []),
      'systemd/system/un-premier-pas.socket': sample('un-premier-pas.socket', [
        ['127.0.0.1:4321', `127.0.0.1:${port}`],
      ]),
      [`systemd/system/${service}.d/essai.conf`]:
        '[Service]\nStandardOutput=append:/run/journal\nStandardError=append:/run/journal\n',
      'un-premier-pas/reglages.env': settings(mailbox),
      'un-premier-pas/secrets/outbox-secret': secret,
      'autorite.pem': certificate.authority,
    });
    await machine.run('systemctl', 'start', 'un-premier-pas.socket', 'dbus.socket');
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
    const command = ['/srv/un-premier-pas/actuelle/deploy/commande', 'boite'];
    assert.match(await machine.run(...command, 'verifier'), /^0 demandes entières, 0 illisibles$/m);
    await machine.run('systemctl', 'stop', 'un-premier-pas.socket', service);
    assert.match(await machine.run(...command), /^En attente : 0$/m);
    assert.doesNotMatch(await machine.run('find', '/var/lib/private/un-premier-pas', '-user', 'root'), /./);
    assert.equal(await machine.run('stat', '-c', '%a', '/var/lib/private/un-premier-pas'), '700\n');
    await machine.run('systemctl', 'start', 'un-premier-pas.socket', service);
  });

  test('a copy goes where the guide says: to any folder, for root alone, never over the outbox', async () => {
    const command = ['/srv/un-premier-pas/actuelle/deploy/commande', 'boite', 'sauvegarder'];
    const own = '/var/lib/un-premier-pas';
    for (const file of ['/srv/copie.sqlite', '/tmp/copie.sqlite', `${own}/copie.sqlite`]) {
      assert.equal(
        await machine.run(...command, file),
        `0 demandes en attente copiées dans ${file}, toujours fermées.\n`,
      );
      assert.match(await machine.run('stat', '-c', '%a %s', file), /^600 [1-9]/);
    }
    assert.equal(await machine.run('stat', '-c', '%U', '/srv/copie.sqlite'), 'root\n');
    await assert.rejects(machine.run(...command, '/nulle/part'), {
      code: 2,
      stderr: /^Il n'y a pas de dossier \/nulle\.\n$/,
    });
    for (const folder of [own, '/var/lib/private/un-premier-pas'])
      await assert.rejects(machine.run(...command, `${folder}/demandes.sqlite`), {
        code: 1,
        stdout: /intacte/,
      });
    assert.doesNotMatch(await machine.run('ls', own), /sortie/);
  });

  test('a command that is not one says which there are, and starts nothing', async () => {
    const before = await pid();
    for (const words of [[], ['main'], ['boit'], ['--help'], ['../server/main']])
      await assert.rejects(
        machine.run('/srv/un-premier-pas/actuelle/deploy/commande', ...words),
        ({ code, stderr }) => code === 2 && /^Quelle commande \? « boite » .+ « verifier »\.\n$/.test(stderr),
      );
    assert.equal((await machine.run('pgrep', '-f', 'src/server/main.ts')).trim(), before);
  });

  test('without sudo, a command says that it needs it', async () => {
    const lowered =
      'cp "$0" /tmp/c && chmod 755 /tmp/c && exec setpriv --reuid=65534 --clear-groups /tmp/c boite';
    const command = '/srv/un-premier-pas/actuelle/deploy/commande';
    await assert.rejects(machine.run('sh', '-c', lowered, command), {
      code: 2,
      stderr: /^À lancer avec sudo : .+\.\n$/,
    });
  });

  test('killed, it comes back by itself', async () => {
    const first = await pid();
    await machine.run('kill', '-9', first);
    assert.equal((await fetch(`${origin}/appeler`)).status, 200);
    assert.notEqual(await pid(), first);
  });

  test('it starts on the address of its socket, changed as the guide says; with two, it says why it does not', async () => {
    const other = `127.0.0.2:${port}`;
    const [example] = /^ {4}\[Socket\]\n(?: {4}.+\n)+/m.exec(guide) ?? [];
    const written = (example ?? '').replaceAll(/^ {4}/gm, '').replace('10.0.0.12:4321', other);
    const restart = async (text: string) => {
      const place = '/etc/systemd/system/un-premier-pas.socket.d';
      await machine.run('sh', '-c', `mkdir -p ${place} && printf %s "$0" > ${place}/override.conf`, text);
      await machine.run('systemctl', 'daemon-reload');
      await machine.run('systemctl', 'stop', 'un-premier-pas.socket', service);
      await machine.run('systemctl', 'restart', 'un-premier-pas.socket', service);
    };
    await restart(written);
    assert.equal((await fetch(`http://${other}/appeler`)).status, 200);
    await assert.rejects(fetch(`http://127.0.0.1:${port}/appeler`));
    await assert.rejects(restart(written.replace('ListenStream=\n', '')));
    assert.match(await machine.run('cat', '/run/journal'), /^Réglage ListenStream : une seule prise/m);
    await restart('');
    assert.equal((await fetch(`${origin}/appeler`)).status, 200);
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
