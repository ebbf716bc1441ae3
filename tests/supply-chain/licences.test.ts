// Every package that npm may install is under a licence that this project, under EUPL-1.2, can live with (decision 0021).
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import satisfies from 'spdx-satisfies';

const root = new URL('../..', import.meta.url).pathname;
const record = readFileSync(`${root}docs/decisions/0021-paquets-figes-memes-octets.md`, 'utf8');

const free = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
];
// The appendix of EUPL-1.2 names both as compatible. Who changes such a package must give its sources: we change none.
const shared = ['LGPL-3.0-or-later', 'MPL-2.0'];
const forData = ['CC-BY-3.0', 'CC-BY-4.0']; // lists of licences, of browsers: tools only

// No licence in its package.json; its LICENSE file is read instead.
const unsaid: Record<string, string> = { 'png-js': 'MIT' };

type Locked = {
  version: string;
  license?: string;
  dev?: boolean;
  integrity?: string;
  hasInstallScript?: boolean;
};

const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));
const packages = Object.entries<Locked>(lock.packages)
  .filter(([path]) => path)
  .map(([path, locked]) => ({ path, name: path.replace(/.*node_modules\//, ''), ...locked }));

test('every package is under a licence that we know and can live with', () => {
  const refused = packages
    .map(({ name, dev, ...rest }) => ({ name, dev, licence: licenceOf({ name, ...rest }) }))
    .filter(({ licence, dev }) => !satisfies(licence, [...free, ...shared, ...(dev ? forData : [])]));
  assert.deepEqual(refused, []);
});

test('what is shipped under a licence that asks something back is told by its name, and nothing else is', () => {
  const asking = packages.filter((one) => !one.dev && !satisfies(licenceOf(one), free));
  const families = new Set(
    asking.map(({ name }) => name.replace(/-(darwin|linux|win32|wasm|freebsd|android).*/, '')),
  );
  const table = record.split('\n').filter((line) => /^\| [@a-z]/.test(line) && !line.startsWith('| paquet'));
  assert.deepEqual(table.map((line) => line.split('|')[1]?.trim()).toSorted(), [...families].toSorted());
});

test('a package that names no licence has one in its files', () => {
  for (const [name, licence] of Object.entries(unsaid))
    assert.match(
      readFileSync(`${root}node_modules/${name}/LICENSE`, 'utf8'),
      new RegExp(`^${licence} License`),
    );
});

test('every package is held by its fingerprint, and what would run at install is refused', () => {
  assert.deepEqual(
    packages.filter(({ integrity }) => !integrity?.startsWith('sha512-')).map(({ path }) => path),
    [],
  );
  assert.match(readFileSync(`${root}.npmrc`, 'utf8'), /^ignore-scripts=true$/m); // for npm 10, that knows no other way
  const { allowScripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const running = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
  assert.notEqual(running.length, 0);
  assert.deepEqual(
    running.filter((name) => allowScripts[name] !== false),
    [],
  );
});

/** What is installed says its own licence; for another platform, the lock file does. */
function licenceOf({ path, name, license }: { path: string; name: string; license?: string }): string {
  const file = `${root}${path}/package.json`;
  const own = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).license : license;
  return own ?? unsaid[name] ?? `LicenseRef-none`;
}
