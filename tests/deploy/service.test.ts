// The unit as it is shipped, on a real systemd: locked in, started, restarted under load, taken back to another version.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { certifyLocalhost } from '../support/certificates.ts';
import { temporaryFolder } from '../support/folder.ts';
import { fromGuide } from '../support/guide.ts';
import { type Mailbox, openMailbox } from '../support/mailbox.ts';
import { skip as skipNginx } from '../support/nginx.ts';
import { freePort } from '../support/port.ts';
import { runSite, startSite } from '../support/site.ts';
import { ask, startLoad } from './load.ts';
import { type Machine, skip, startMachine } from './machine.ts';
import { caddyPlaces, type Front, sample, skipCaddy, startProxy } from './samples.ts';

const root = new URL('../..', import.meta.url).pathname;

const folder = join(root, 'deploy/');

const guide = readFileSync(join(root, 'docs/installer.md'), 'utf8');

const service = 'un-premier-pas.service';

const node = '/srv/un-premier-pas/actuelle/bin/node';

const command = '/srv/un-premier-pas/actuelle/deploy/commande';

const own = '/var/lib/un-premier-pas';

const analyze = spawnSync('systemd-analyze', ['--version']).error
  ? 'systemd is not installed (Debian package: systemd)'
  : false;

test('the unit is locked in: systemd itself finds it exposed at most 1.1 of 10', { skip: analyze }, () => {
  const words = ['security', '--offline=true', '--no-pager', folder + service];
  const { stdout } = spawnSync('systemd-analyze', words, { encoding: 'utf8' });
  const score = /Overall exposure level for .*: ([\d.]+)/.exec(stdout)?.[1];
  assert.ok(Number(score) <= 1.1, stdout);
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
  assert.equal(status, 2);
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
    assert.equal((await site.ended).code, 2);
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
  const certificate = certifyLocalhost();
  const secret = 'un secret assez long, connu de systemd seul';

  before(async () => {
    mailbox = await openMailbox(await freePort(), () => {}, certificate); // closed, then opened again
    port = await freePort();
    proxy = await startProxy([port], certificate);
    origin = proxy.origin;
    machine = await startMachine({
      'systemd/system/un-premier-pas.socket.d/essai.conf': `[Socket]\nListenStream=\nListenStream=127.0.0.1:${port}\n`,
      'nginx/nginx.conf': sample('nginx.conf', [
        ['/etc/letsencrypt/live/exemple.fr/', '/etc/nginx/'],
        ['listen 80 ', `listen 127.0.0.1:${await freePort()} `],
        ['listen 443 ', `listen 127.0.0.1:${await freePort()} `],
        ['    listen [::]:', '    # '],
      ]),
      'nginx/fullchain.pem': certificate.cert.toString(),
      'nginx/privkey.pem': certificate.key.toString(),
      'un-premier-pas/reglages.env': settings(mailbox),
      'un-premier-pas/secrets/outbox-secret': secret,
      'autorite.pem': certificate.authority,
    });
    await machine.run('systemctl', 'start', 'dbus.socket', 'systemd-journald.socket');
    await machine.run('cp', '/etc/autorite.pem', '/usr/local/share/ca-certificates/departement.crt');
    await machine.run('rm', '-f', '/etc/ca-certificates/update.d/jks-keystore'); // Java's own store takes half a minute
    await follow(fromGuide('sudo update-ca-certificates'));
    const copy = fromGuide('sudo cp deploy/un-premier-pas.service deploy/un-premier-pas.socket');
    await follow(`cd /srv/un-premier-pas/actuelle && ${copy}`);
    await follow(
      fromGuide('sudo systemctl daemon-reload && sudo systemctl enable --now un-premier-pas.socket'),
    );
    await follow(fromGuide('sudo ln -sfn /srv/un-premier-pas/actuelle/deploy/commande'));
  });
  after(async () => {
    await proxy.stop();
    await machine.stop();
    await mailbox.close();
  });

  test('systemd finds nothing to say of the units', async () => {
    assert.equal(await machine.run('systemd-analyze', 'verify', service, 'un-premier-pas.socket'), '');
  });

  test('stopped, a first visitor starts it, alone in what it may see and do', async () => {
    await follow(fromGuide('sudo systemctl stop un-premier-pas.service'));
    await assert.rejects(machine.run('systemctl', 'is-active', service));
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
    assert.doesNotMatch(await journal(), /Tournesol|0199001234/);
    assert.match(await machine.run('ls', '/var/lib/private/un-premier-pas'), /demandes\.sqlite/);
  });

  test('restarted under load: nobody is refused, nothing that was noted is lost', async (t) => {
    const before = mailbox.mails.length;
    const load = startLoad(origin);
    t.after(load.stop);
    for (const version of ['v2', 'v1']) {
      await load.more(20);
      await follow(fromGuide('sudo ln -sfn versions/2').replace('versions/2', `versions/${version}`));
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
    assert.equal(await machine.run(command, 'relire'), '0 demandes entières, 0 illisibles\n');
    assert.equal(await machine.run(command, 'boite', 'verifier'), '0 demandes entières, 0 illisibles\n');
    await machine.run('systemctl', 'stop', 'un-premier-pas.socket', service);
    assert.match(await machine.run(command, 'boite'), /^En attente : 0$/m);
    assert.doesNotMatch(await machine.run('find', '/var/lib/private/un-premier-pas', '-user', 'root'), /./);
    assert.equal(await machine.run('stat', '-c', '%a', '/var/lib/private/un-premier-pas'), '700\n');
    await machine.run('systemctl', 'start', 'un-premier-pas.socket', service);
  });

  test('a copy goes where the guide says: to any folder, for root alone, never over the outbox', async () => {
    const save = (file: string) =>
      follow(fromGuide('sudo un-premier-pas sauvegarder').replace('FICHIER', file));
    for (const file of ['/srv/copie.sqlite', '/tmp/copie.sqlite', `${own}/copie.sqlite`]) {
      assert.equal(await save(file), `0 demandes en attente copiées dans ${file}, toujours fermées.\n`);
      assert.match(await machine.run('stat', '-c', '%a %s', file), /^600 [1-9]/);
    }
    assert.equal(await machine.run('stat', '-c', '%U', '/srv/copie.sqlite'), 'root\n');
    await assert.rejects(save('/nulle/part'), {
      code: 2,
      stderr: /^Il n'y a pas de dossier \/nulle\.\n$/,
    });
    for (const folder of [own, '/var/lib/private/un-premier-pas'])
      await assert.rejects(save(`${folder}/demandes.sqlite`), {
        code: 1,
        stdout: /intacte/,
      });
    assert.doesNotMatch(await machine.run('ls', own), /sortie/);
  });

  test('a copy is put back from any folder, once the site is stopped', async () => {
    const restore = (file: string) => machine.run(command, 'restaurer', file);
    await assert.rejects(restore('/srv/copie.sqlite'), { code: 1, stdout: /^Le site tourne\. / });
    await follow(fromGuide('sudo systemctl stop un-premier-pas.socket'));
    const whole = fromGuide('sudo un-premier-pas restaurer --remplacer');
    assert.match(
      await follow(whole.replace('FICHIER', '/srv/copie.sqlite')),
      /^La copie est en place\. Rien n’y attend\.\n/,
    );
    await assert.rejects(restore('/srv/absente'), {
      code: 2,
      stderr: /^Il n'y a pas de fichier « \/srv\/absente »\.\n$/,
    });
    assert.match(await machine.run('ls', own), /^demandes\.sqlite\ndemandes\.sqlite\.remplacee-/m);
    assert.doesNotMatch(await machine.run('find', `${own}/`, '-user', 'root'), /./);
    await follow(fromGuide('sudo systemctl start un-premier-pas.service')); // and its socket with it
    assert.equal((await fetch(`${origin}/appeler`)).status, 200);
  });

  test('what can still be read of a damaged file is put back from where root stands', {
    skip: existsSync('/usr/bin/sqlite3') ? false : 'no sqlite3 here',
  }, async () => {
    const files = ['', '-wal', '-shm'].map((end) => `cp ${own}/demandes.sqlite${end} copie.sqlite${end}`);
    const commands = [
      'mkdir /root/abimee && cd /root/abimee',
      files.join(' && '),
      fromGuide('umask 077'),
      fromGuide('sqlite3 copie.sqlite .dump'),
      fromGuide('sqlite3 sauvee.sqlite "PRAGMA'),
      fromGuide('sudo systemctl stop un-premier-pas.socket'),
      fromGuide('sudo un-premier-pas restaurer sauvee.sqlite'),
    ];
    assert.match(await follow(commands.join('\n')), /^La copie est en place\. Rien n’y attend\.\n/);
  });

  test('moved to another machine: what waited arrives once, from the new one', async () => {
    await follow(fromGuide('sudo systemctl start un-premier-pas.socket un-premier-pas.service'));
    await mailbox.close();
    assert.equal((await ask(origin, 'Jonquille.')).status, 303);
    await follow(fromGuide('sudo systemctl disable --now un-premier-pas.socket'));
    const copied = await follow(
      `${fromGuide('sudo un-premier-pas sauvegarder').replace('FICHIER', '/srv/la.sqlite')}`,
    );
    assert.match(copied, /^1 demandes en attente copiées/);
    assert.equal(
      await machine.run('systemctl', 'is-enabled', service).catch(({ stdout }) => stdout),
      'disabled\n',
    );
    assert.match(await (await fetch(`${origin}/appeler`)).text(), /tel:\+33189119494/);
    await machine.run('rm', '-r', '/var/lib/private/un-premier-pas');
    await follow(fromGuide('sudo un-premier-pas restaurer FICHIER').replace('FICHIER', '/srv/la.sqlite'));
    assert.match(
      await follow(fromGuide('sudo un-premier-pas relire')),
      /^1 demandes entières, 0 illisibles\n$/,
    );
    mailbox = await openMailbox(mailbox.port, () => {}, certificate);
    await follow(fromGuide('sudo systemctl start un-premier-pas.socket un-premier-pas.service'));
    const [mail] = await mailbox.received(1);
    assert.match(mail?.text ?? '', /« Jonquille\. »/);
  });

  test('what the guide says at three in the morning, line by line', async () => {
    const health = fromGuide('curl -s').replace('4321', String(port));
    assert.match(await follow(health), /"state":"degraded"/);
    assert.match(await follow(fromGuide('sudo un-premier-pas etat')), /^En attente : 0$/m);
    assert.match(await follow(fromGuide('sudo un-premier-pas relancer')), /^0 en attente : /m);
    assert.match(
      await follow(fromGuide('sudo un-premier-pas relire')),
      /^0 demandes entières, 0 illisibles\n$/,
    );
    assert.match(
      await follow(fromGuide('sudo un-premier-pas essai')),
      /^Accepté par le serveur de courriel/m,
    );
    assert.match(await follow(fromGuide('un-premier-pas exercice')), /^7 courriels EXERCICE/m);
    assert.match(await follow(fromGuide('un-premier-pas aide')), /^ {2}relancer /m);
    assert.match(await follow(fromGuide('un-premier-pas bilan 2026')), /^année;/m);
    assert.match(await follow(fromGuide('systemctl status un-premier-pas')), /Active: active \(running\)/);
    await machine.run('journalctl', '--sync');
    assert.match(await follow(fromGuide('sudo journalctl -u un-premier-pas -n')), / Site : http/);
    const before = await pid();
    await follow(fromGuide('sudo un-premier-pas redemarrer'));
    const between = await pid();
    await follow(fromGuide('sudo systemctl restart un-premier-pas.service'));
    assert.equal(new Set([before, between, await pid()]).size, 3);
  });

  test('cloned by an ordinary account beside the others, a version is shown, and hidden again', async () => {
    const place = fromGuide('sudo install -d -o').replace('"$USER"', 'nobody');
    await follow(place);
    assert.equal(await machine.run('stat', '-c', '%U', '/srv/un-premier-pas/versions'), 'nobody\n');
    await machine.run('git', 'config', '--system', 'safe.directory', '*');
    const clone = fromGuide('cd /srv/un-premier-pas/versions &&').replace(
      'ADRESSE-DU-DEPOT',
      'file:///srv/depot',
    );
    await machine.run('git', 'clone', '--quiet', '--bare', '/srv/un-premier-pas/versions/v1', '/srv/depot');
    await machine.run('env', 'HOME=/tmp', 'setpriv', '--reuid=nobody', '--clear-groups', 'sh', '-ec', clone);
    await follow(fromGuide('sudo ln -sfn versions/1 '));
    assert.match(await machine.run('cat', '/srv/un-premier-pas/actuelle/package.json'), /"un-premier-pas"/);
    await machine.run('ln', '-sfn', 'versions/v1', '/srv/un-premier-pas/actuelle');
  });

  test('nginx, its file changed, is tried, then reads it again', async () => {
    await machine.run('systemctl', 'start', 'nginx.service');
    const first = await machine.run('cat', '/run/nginx.pid');
    const line = fromGuide('sudo nginx -t');
    await follow(line);
    assert.equal(await machine.run('cat', '/run/nginx.pid'), first);
    await machine.run('sh', '-c', 'echo faux >> /etc/nginx/nginx.conf');
    await assert.rejects(follow(line), { stderr: /nginx\.conf test failed/ });
    assert.equal((await machine.run('systemctl', 'is-active', 'nginx')).trim(), 'active');
    await machine.run('systemctl', 'stop', 'nginx.service');
  });

  test('Caddy, its file in the place of Debian’s, is restarted and shows the site', {
    skip: skipCaddy,
  }, async () => {
    const [caddyPort, plain] = [await freePort(), await freePort()];
    const pair = { certFile: '/etc/nginx/fullchain.pem', keyFile: '/etc/nginx/privkey.pem' };
    const file = sample('Caddyfile', caddyPlaces([caddyPort, plain], port, pair));
    await machine.run('sh', '-c', 'printf %s "$0" > /etc/caddy/Caddyfile', file);
    await follow(fromGuide('sudo systemctl restart caddy'));
    assert.equal((await fetch(`https://localhost:${caddyPort}/appeler`)).status, 200);
    await machine.run('systemctl', 'stop', 'caddy');
  });

  test('a command that is not one says so, its help needs nobody, and neither starts anything', async () => {
    const before = await pid();
    for (const words of [[], ['main'], ['relancr'], ['../server/main'], ['redemarrer', 'vite']])
      await assert.rejects(
        machine.run(command, ...words),
        ({ code, stderr }) =>
          code === 2 && /^(Quelle commande \?|« .+ » (n’existe pas|est de trop))/.test(stderr),
      );
    const lowered = 'exec setpriv --reuid=65534 --clear-groups "$0" redemarrer --help';
    assert.match(await machine.run('sh', '-c', lowered, command), /^un-premier-pas redemarrer : /);
    assert.equal((await machine.run('pgrep', '-f', 'src/server/main.ts')).trim(), before);
  });

  test('without sudo, a command says that it needs it', async () => {
    const lowered = 'exec setpriv --reuid=65534 --clear-groups "$0" etat';
    await assert.rejects(machine.run('sh', '-c', lowered, command), {
      code: 2,
      stderr: /^À lancer avec sudo : .+\.\n$/,
    });
  });

  test('what would not start leaves the old site running, and is named; then the same command restarts it', async () => {
    const before = await pid();
    const dropIn = '/etc/systemd/system/un-premier-pas.service.d/override.conf';
    const wrongs = [
      ['RATE_PER_HOUR', '/etc/un-premier-pas/reglages.env', 'RATE_PER_HOUR=beaucoup\n'],
      ['TRUSTED_PROXY', '/etc/un-premier-pas/reglages.env', 'TRUSTED_PROXY=127.0.0.1\n'],
      ['SMTP_PASS_FILE', '/etc/un-premier-pas/secrets/smtp-pass', '\n'],
      ['EXIT_URL', dropIn, '[Service]\nEnvironment="EXIT_URL=https://exemple.fr/une page"\n'],
    ] as const;
    await machine.run('cp', '-a', '/etc/un-premier-pas', '/etc/avant');
    await machine.run('mkdir', '-p', '/etc/systemd/system/un-premier-pas.service.d');
    for (const [, file, text] of wrongs) await machine.run('sh', '-c', 'printf %s "$0" >> "$1"', text, file);
    await assert.rejects(machine.run(command, 'redemarrer'), ({ code, stderr }) => {
      for (const [name] of wrongs) assert.match(stderr, new RegExp(`^Réglage ${name} : `, 'm'));
      assert.match(stderr, /\nRien n'est redémarré : ce qui tournait tourne encore\.\n$/);
      return code === 2;
    });
    assert.equal(await pid(), before);
    assert.equal((await fetch(`${origin}/appeler`)).status, 200);

    await machine.run('sh', '-c', `rm -r /etc/un-premier-pas ${dropIn} && mv /etc/avant /etc/un-premier-pas`);
    assert.equal(
      await machine.run(command, 'redemarrer'),
      'Réglages lus : le site démarrerait.\nRedémarré : le site a répondu.\n',
    );
    assert.notEqual(await pid(), before);
    assert.equal((await fetch(`${origin}/appeler`)).status, 200);
  });

  test('killed, it comes back by itself', async () => {
    const first = await pid();
    assert.notEqual(first, '0'); // it would be whoever asks
    await machine.run('kill', '-9', first);
    assert.equal((await fetch(`${origin}/appeler`)).status, 200);
    assert.notEqual(await pid(), first);
  });

  test('it starts on the address of its socket, changed as the guide says; with two, it says why it does not', async () => {
    const other = `127.0.0.2:${port}`;
    const [example] = /^ {4}\[Socket\]\n(?: {4}.+\n)+/m.exec(guide) ?? [];
    const written = (example ?? '').replaceAll(/^ {4}/gm, '').replace('10.0.0.12:4321', other);
    const restart = async (text: string) => {
      await machine.run('sh', '-c', 'printf %s "$0" > /tmp/ecrit', text);
      const edit = fromGuide('sudo systemctl edit un-premier-pas.socket'); // an editor, on a terminal
      await follow(`SYSTEMD_EDITOR='cp /tmp/ecrit' script --quiet --return --command '${edit}' /dev/null`);
      await follow(fromGuide('sudo systemctl restart un-premier-pas.socket'));
    };
    await restart(written);
    assert.equal((await fetch(`http://${other}/appeler`)).status, 200);
    await assert.rejects(fetch(`http://127.0.0.1:${port}/appeler`));
    await assert.rejects(restart(written.replace('ListenStream=\n', '')));
    assert.match(await journal(), /^Réglage ListenStream : une seule prise/m);
    await restart('[Socket]\n');
    assert.equal((await fetch(`${origin}/appeler`)).status, 200);
  });

  test('a wrong setting that nobody checked is named, and visitors read the number at once; the start opens again', async () => {
    const file = '/etc/un-premier-pas/reglages.env';
    await machine.run('sh', '-c', `cp ${file} /etc/avant.env && echo RATE_PER_HOUR=beaucoup >> ${file}`);
    await assert.rejects(machine.run('systemctl', 'restart', service));
    assert.match(await journal(), /^Réglage RATE_PER_HOUR : un nombre entier\.$/m);
    await machine.run(
      'timeout',
      '20',
      'sh',
      '-c',
      'while systemctl -q is-active un-premier-pas.socket; do :; done',
    );
    const answer = await fetch(`${origin}/appeler`);
    assert.equal(answer.status, 502); // 504 once thirty seconds have passed
    assert.match(await answer.text(), /tel:\+33189119494/);
    await machine.run('mv', '/etc/avant.env', file);
    await machine.run('systemctl', 'start', service);
    assert.equal((await fetch(`${origin}/appeler`)).status, 200);
  });

  const journal = () => follow(`journalctl --sync && ${fromGuide('journalctl -u un-premier-pas')} -o cat`);

  // A line of the guide as it is written, as who may sudo.
  const follow = (line: string) =>
    machine.run('env', 'PATH=/usr/local/bin:/usr/sbin:/usr/bin', 'sh', '-c', line.replaceAll(/\bsudo /g, ''));

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
TEST_TO=astreinte@example.org
MORNING_TEST=false
RATE_PER_HOUR=1000000
`;
}
