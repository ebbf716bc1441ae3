// The Debian package: the site's tree, its command, its units, its manual, what is said of its licences.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { licencesOf, packagesOf } from './packages.ts';
import { bytesIn } from './tree.ts';

/** Where it goes on a machine. */
const home = 'usr/lib/un-premier-pas';

const scripts = ['postinst', 'prerm', 'postrm'];

const units = [
  ...['un-premier-pas.service', 'un-premier-pas.socket'],
  ...['un-premier-pas-alerte@.service', 'un-premier-pas-alerte.timer'],
  ...['un-premier-pas-copie.service', 'un-premier-pas-copie.timer'],
];

const examples = [
  ...['env.exemple', 'alerte.env.exemple', 'nginx.conf', 'nginx-statique.conf', 'Caddyfile'],
  ...['alertes.yml', 'grafana.json'],
];

const architectures: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };

/** `seconds`: the time of every file, since 1970. `file`: where the package is written. `level`: how hard it is compressed, 1 to 9. */
export type Made = { version: string; seconds: number; file: string; level: number };

/** The folder of a package where the site's tree is to be laid. */
export function treeIn(stage: string): string {
  return join(stage, home);
}

/** What Debian calls the kind of machine that this one is. */
export function architecture(): string {
  return architectures[process.arch] ?? process.arch;
}

/**
 * Writes the package of a folder where the tree is laid. Needs dpkg-deb. The same tree, version and time give the same bytes.
 * Returns how many bytes it takes once installed.
 */
export function packDebian(root: string, stage: string, { version, seconds, file, level }: Made): number {
  const tree = treeIn(stage);
  rmSync(join(tree, 'empreinte'), { force: true }); // of a former package of this folder
  const put = (path: string, contents: string | Buffer) => {
    mkdirSync(dirname(join(stage, path)), { recursive: true });
    writeFileSync(join(stage, path), contents);
  };
  const deploy = (name: string) => readFileSync(join(tree, 'deploy', name));
  const packed = (contents: Buffer) => gzipSync(contents, { level: 9 });

  put('usr/bin/un-premier-pas', deploy('paquet/un-premier-pas'));
  for (const unit of units) put(`usr/lib/systemd/system/${unit}`, deploy(unit));
  put('usr/share/man/man8/un-premier-pas.8.gz', packed(deploy('paquet/un-premier-pas.8')));
  for (const name of examples) put(`usr/share/doc/un-premier-pas/examples/${name}`, deploy(name));
  put('usr/share/doc/un-premier-pas/copyright', copyright(root));
  put('usr/share/doc/un-premier-pas/changelog.gz', packed(readFileSync(join(tree, 'CHANGELOG.md'))));
  for (const script of scripts) put(`DEBIAN/${script}`, deploy(`paquet/${script}`));

  const sums = sumsIn(stage);
  put(`${home}/empreinte`, hashOf('sha256', sums)); // two builds of one version differ by it
  put(
    'DEBIAN/md5sums',
    `${sums}${hashOf('md5', readFileSync(join(tree, 'empreinte')))}  ${home}/empreinte\n`,
  );
  const bytes = bytesIn(join(stage, 'usr'));
  put('DEBIAN/control', control(version, bytes));
  settle(stage, seconds);
  const words = ['--root-owner-group', '-Zzstd', `-z${level}`, '--build', stage, file];
  execFileSync('dpkg-deb', words, { env: { ...process.env, SOURCE_DATE_EPOCH: String(seconds) } });
  return bytes;
}

/** Writes the files of a package as an archive for machines without dpkg, beside it; returns its name. `level`: 1 to 9. */
export function archiveBeside(file: string, level: number): string {
  const archive = file.replace(/\.deb$/, '.tar.gz');
  const files = execFileSync('dpkg-deb', ['--fsys-tarfile', file], { maxBuffer: 2 ** 30 });
  writeFileSync(archive, gzipSync(files, { level }));
  return archive;
}

function control(version: string, bytes: number): string {
  return `Package: un-premier-pas
Version: ${version}
Architecture: ${architecture()}
Maintainer: Qui construit ce paquet <root@localhost>
Installed-Size: ${Math.ceil(bytes / 1024)}
Depends: libc6 (>= 2.28), libstdc++6, libatomic1, systemd (>= 252), dbus
Recommends: ca-certificates
Suggests: caddy | nginx
Section: web
Priority: optional
Description: site public de la ligne « Un premier pas »
 Le site du Département du Val-de-Marne, et son formulaire pour être rappelé.
 Il apporte son Node, et se construit sur la machine, pour ses réglages.
`;
}

// The text of each licence stays in the folder of its package.
function copyright(root: string): string {
  const { node, serving, building } = packagesOf(root);
  const lines = licencesOf(root, [node, ...serving, ...building]).map(
    ({ name, version, license }) => ` ${name} ${version}: ${license}`,
  );
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

Files: *
Copyright: Département du Val-de-Marne
License: EUPL-1.2
 Le texte : /${home}/LICENCE.

Files: ${home}/node_modules/*
Copyright: les auteurs de chaque paquet
License: comme-dit
 Paquets npm posés ici, ou dans construction.tar.zst. Le texte de chaque licence est dans le dossier de son paquet.
${[...new Set(lines)].join('\n')}
`;
}

function sumsIn(stage: string): string {
  const files = entriesIn(join(stage, 'usr')).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return paths.map((path) => `${hashOf('md5', readFileSync(path))}  ${relative(stage, path)}\n`).join('');
}

function hashOf(kind: 'md5' | 'sha256', contents: string | Buffer): string {
  return createHash(kind).update(contents).digest('hex');
}

// Whoever packs, and whatever npm left: the same rights, the same time.
function settle(stage: string, seconds: number): void {
  for (const entry of entriesIn(stage).toReversed()) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink()) chmodSync(path, isRun(path, entry.isDirectory()) ? 0o755 : 0o644);
    lutimesSync(path, seconds, seconds);
  }
  chmodSync(stage, 0o755);
  lutimesSync(stage, seconds, seconds);
}

function entriesIn(folder: string) {
  return readdirSync(folder, { recursive: true, withFileTypes: true });
}

function isRun(path: string, isFolder: boolean): boolean {
  if (isFolder) return true;
  const start = Buffer.alloc(4);
  const file = openSync(path, 'r');
  readSync(file, start);
  closeSync(file);
  return start.equals(elf) || start.subarray(0, 2).equals(shebang);
}

const elf = Buffer.of(0x7f, 0x45, 0x4c, 0x46); // a program, or a library
const shebang = Buffer.of(0x23, 0x21); // #!
