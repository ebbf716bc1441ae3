// The Debian package, on a real systemd: installed, settled, built, upgraded and back while a request waits, removed, purged.
// Only with LONG=1.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { archiveBeside, packDebian, treeIn } from '../../src/packaging/debian.ts';
import { layTree } from '../../src/packaging/tree.ts';
import { version } from '../../src/settings/version.ts';
import { certifyLocalhost } from '../support/certificates.ts';
import { fromGuide } from '../support/guide.ts';
import { openMailbox } from '../support/mailbox.ts';
import { freePort } from '../support/port.ts';
import { ask } from './load.ts';
import { type Machine, skip as skipMachine, startMachine } from './machine.ts';

const root = new URL('../..', import.meta.url).pathname;

const work = join(root, 'test-results/paquet');

// The folder of this project, as the machine sees it.
const seen = '/srv/un-premier-pas/versions/v1/test-results/paquet';

const seconds = 1_700_000_000;

const box = '/var/lib/private/un-premier-pas';

const skip = process.env.LONG ? skipMachine || reasonToSkip() : 'LONG=1: it builds the site';

function reasonToSkip(): string | false {
  for (const [program, name] of Object.entries({ 'dpkg-deb': 'dpkg', strip: 'binutils' }))
    if (spawnSync(program, ['--version']).error) return `${program} is missing (Debian package: ${name})`;
  return false;
}

describe('the package', { skip }, () => {
  const certificate = certifyLocalhost();
  let machine: Machine;
  let origin: string;
  let mailPort: number;

  before(async () => {
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    layTree(root, treeIn(join(work, 'arbre')), { seconds, level: 1 });
    pack(version);
    const port = await freePort();
    mailPort = await freePort();
    origin = `http://127.0.0.1:${port}`;
    machine = await startMachine({
      'systemd/system/un-premier-pas.service.d/essai.conf':
        '[Service]\nStandardOutput=append:/run/journal\nStandardError=append:/run/journal\n',
      'systemd/system/un-premier-pas.socket.d/essai.conf': `[Socket]\nListenStream=\nListenStream=127.0.0.1:${port}\n`,
      'autorite.pem': certificate.authority,
      'apt/apt.conf.d/90essai': 'APT::Get::Assume-Yes "true";\n',
    });
    await machine.run('systemctl', 'start', 'dbus.socket');
    await machine.run('sh', '-c', 'rm -f /srv/un-premier-pas/actuelle /etc/dpkg/dpkg.cfg.d/*'); // some images leave manuals out
  });
  after(async () => {
    await machine?.stop();
    rmSync(work, { recursive: true, force: true });
  });

  test('the same sources and the same day give the same bytes, and the archive has its files', () => {
    const first = readFileSync(deb(version));
    pack(version);
    assert.ok(first.equals(readFileSync(deb(version))));
    const listed = execFileSync('tar', ['-tzf', archiveBeside(deb(version), 1)], { encoding: 'utf8' });
    assert.match(listed, /^\.\/usr\/bin\/un-premier-pas$/m);
  });

  test('it asks nothing, starts nothing, draws the one secret that must be, and refuses its own sample', async () => {
    await follow(fromGuide('sudo apt install ./un-premier-pas_1.0.0').replace('1.0.0', version));
    assert.match(await follow(`${fromGuide('man un-premier-pas')} | col -b`), /construire/);
    assert.match(await machine.run('un-premier-pas', 'aide'), /^ {2}relancer .*^ {2}construire /ms);
    for (const words of [
      ['aide', 'construire'],
      ['construire', '--help'],
    ])
      assert.match(await machine.run('un-premier-pas', ...words), /^un-premier-pas construire : /);
    assert.equal(
      await machine.run('stat', '-c', '%a %s', '/etc/un-premier-pas/secrets/outbox-secret'),
      '600 64\n',
    );
    assert.match(await state(), /^inactive/);
    for (const words of [['construire'], ['verifier']])
      await assert.rejects(machine.run('un-premier-pas', ...words), { code: 2, stderr: /reglages\.env/ });
  });

  test('settled, it builds with no network and no secret in reach, starts, and keeps a request', async () => {
    await machine.run('sh', '-c', 'printf %s "$0" > /etc/un-premier-pas/reglages.env', settings());
    await follow(fromGuide('sudo un-premier-pas construire'));
    assert.match(await page('/'), /href="https:\/\/sortie\.exemple\.fr\/"/);
    assert.equal((await ask(origin, 'Tournesol.')).status, 303);
    assert.match(await waiting(), /^En attente : 1$/m);
    assert.equal(await served(), version);
  });

  test('an upgrade whose pages cannot be built fails, and leaves serving what served', async () => {
    appendFileSync(join(treeIn(join(work, 'arbre')), 'astro.config.mjs'), 'throw new Error("essai");\n');
    pack('99.0.1');
    await assert.rejects(follow(changeTo('99.0.1')), { stdout: /sert toujours/ });
    await machine.run('systemctl', 'restart', 'un-premier-pas.service'); // as after a power cut
    assert.equal(await served(), version);
    assert.match(await waiting(), /^En attente : 1$/m);
  });

  test('an upgrade that does not start fails too, gives its place back, and takes it once corrected', async () => {
    const config = join(treeIn(join(work, 'arbre')), 'astro.config.mjs');
    writeFileSync(config, readFileSync(join(root, 'astro.config.mjs')));
    pack('99.0.3');
    await builtBefore('99.0.3', 'rm src/server/main.ts && echo "process.exit(1)" > src/server/main.ts');
    await assert.rejects(follow(changeTo('99.0.3')), { stdout: /remise en place/ });
    assert.equal(await served(), version);
    assert.match(await waiting(), /^En attente : 1$/m);
    await builtBefore('99.0.3'); // as if what was wrong had been corrected
    await follow(fromGuide('sudo dpkg --configure -a'));
    assert.equal(await served(), '99.0.3');
    assert.match(await waiting(), /^En attente : 1$/m);
  });

  test('the way back: what waits stays, and the former pages are there at once', async () => {
    await follow(changeTo(version));
    assert.equal(await served(), version);
    assert.match(await page('/contact'), /<form/);
    assert.match(await waiting(), /^En attente : 1$/m);
  });

  test('the mail server is back: the request leaves, once', async (t) => {
    const mailbox = await openMailbox(mailPort, () => {}, certificate);
    t.after(mailbox.close);
    await machine.run('un-premier-pas', 'relancer');
    const [mail] = await mailbox.received(1);
    assert.match(mail?.text ?? '', /« Tournesol\. »/);
  });

  test('removed, it leaves the settings and the outbox; purged, the outbox alone and what opens it, and says so', async () => {
    await follow(`${fromGuide('apt remove')} un-premier-pas`);
    await assert.rejects(fetch(origin));
    assert.equal(
      await left(),
      `${['/etc/un-premier-pas', '/etc/un-premier-pas/reglages.env', ...kept].join('\n')}\n`,
    );
    const said = await follow(`${fromGuide('apt purge')} un-premier-pas`);
    assert.ok(said.includes(box) && said.includes('sudo rm -r'), said);
    assert.equal(await left(), `${['/etc/un-premier-pas', ...kept].join('\n')}\n`);
  });

  test('without dpkg, the archive is laid, then settled, as the package is', async () => {
    await follow(fromGuide('sudo tar -C / -xf').replace('1.0.0', version));
    assert.match(
      await follow(fromGuide('sudo /usr/lib/un-premier-pas/deploy')),
      /^un-premier-pas : remplir /,
    );
    assert.equal(await follow(fromGuide('un-premier-pas --version')), `${version}\n`);
  });

  // A line of the guide as it is written, where the packages are, as who may sudo.
  const follow = (line: string) =>
    machine.run('sh', '-c', `cd ${seen} && exec 2>&1 < /dev/null; ${line.replaceAll(/\bsudo /g, '')}`);

  const changeTo = (name: string) =>
    fromGuide('sudo apt install --allow-downgrades').replace('VERSION', name);

  // A version as it is found after a first way back: built for these settings already. It spares a build.
  async function builtBefore(name: string, change = ':'): Promise<void> {
    const tree = readFileSync(join(treeIn(join(work, 'arbre')), 'empreinte'));
    const hash = createHash('sha256').update(settings()).update(tree).digest('hex').slice(0, 12);
    const copy = `cd /srv/un-premier-pas/versions && cp -al paquet-${version}-* paquet-${name}-${hash}-0 && cd paquet-${name}-${hash}-0 &&
      sed -i 's/"version": ".*"/"version": "${name}"/' package.json && ${change}`;
    await machine.run('sh', '-ec', copy);
  }

  const kept = [
    '/etc/un-premier-pas/secrets',
    '/etc/un-premier-pas/secrets/outbox-secret',
    `${box}/demandes.sqlite`,
  ];

  const deb = (name: string) => join(work, `un-premier-pas_${name}_amd64.deb`);

  function pack(name: string): void {
    const stage = join(work, 'arbre');
    const file = join(treeIn(stage), 'package.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"version": ".+?"/, `"version": "${name}"`));
    packDebian(root, stage, { version: name, seconds, file: deb(name), level: 1 });
  }

  const page = async (path: string) => (await fetch(origin + path)).text();

  const state = () =>
    machine.run('sh', '-c', 'systemctl is-active un-premier-pas.socket un-premier-pas.service || :');

  const waiting = () => machine.run('un-premier-pas', 'etat').catch(({ stdout }) => stdout);

  const served = async () => {
    const pid = (await machine.run('systemctl', 'show', '-P', 'MainPID', 'un-premier-pas.service')).trim();
    const folder = (await machine.run('readlink', `/proc/${pid}/cwd`)).trim();
    return versionIn(await machine.run('cat', `${folder}/package.json`));
  };

  const versionIn = (text: string) => JSON.parse(text).version as string;

  // All that the package or the site made anywhere, but for temporary files of SQLite.
  const left = () =>
    machine.run(
      'sh',
      '-c',
      `find /etc/un-premier-pas ${box} /srv/un-premier-pas /usr/lib/un-premier-pas /usr/bin/un-premier-pas \
        /usr/lib/systemd/system /etc/systemd/system /usr/share/doc/un-premier-pas /usr/share/man/man8 \
        -path '*premier-pas*' ! -path '*/versions/v?*' ! -path '*.d*' ! -path /srv/un-premier-pas ! -path '*/versions' ! -path ${box} 2> /dev/null | sort`,
    );

  function settings(): string {
    const sample = readFileSync(join(root, 'deploy/env.exemple'), 'utf8').replace(
      /^(EXIT_URL|SMTP_|MORNING).*\n/gm,
      '',
    );
    return `${sample}
EXIT_URL=https://sortie.exemple.fr/
SMTP_HOST=localhost
SMTP_PORT=${mailPort}
MORNING_TEST=false
NODE_EXTRA_CA_CERTS=/etc/autorite.pem
`;
  }
});
