// `npm run sbom`: what the site is made of, in the words that other tools read.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { fromGuide } from '../support/guide.ts';

const root = new URL('../..', import.meta.url).pathname;

type Bom = {
  metadata: { component: { 'bom-ref': string } };
  dependencies: { ref: string; dependsOn: string[] }[];
};

type Component = { purl: string; hashes?: object[] };

let text = '';
let components: Component[] = [];
before(() => {
  text = written();
  components = JSON.parse(text).components;
});

test('it is CycloneDX, word for word of the official schema', async () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot5);
  assert.equal(await validator.validate(text), null);
  assert.notEqual(await validator.validate(text.replace('"bomFormat"', '"format"')), null);
});

test('it names this site, and all that is shipped at its version, and nothing that only tools need', () => {
  const { metadata } = JSON.parse(text);
  assert.equal(metadata.component.name, JSON.parse(readFileSync(`${root}package.json`, 'utf8')).name);
  const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));
  const shipped = Object.entries<{ version: string; dev?: boolean }>(packages)
    .filter(([path, { dev }]) => path && !dev)
    .map(([path, { version }]) => `pkg:npm/${path.split('node_modules/').at(-1)}@${version}`);
  const named = components.map(({ purl }) => decodeURIComponent(purl));
  assert.deepEqual(named.toSorted(), [...new Set(shipped)].toSorted());
});

test('it holds each package by its fingerprint', () => {
  assert.deepEqual(
    components.filter(({ hashes }) => !hashes?.length),
    [],
  );
});

test('whoever needs it is named too: every package is reached from the site, by packages that are there', () => {
  const { dependencies, metadata } = JSON.parse(text) as Bom;
  const needs = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const reached = new Set([metadata.component['bom-ref']]);
  for (const ref of reached) for (const next of needs.get(ref) ?? []) reached.add(next);
  assert.deepEqual([...reached].toSorted(), [...needs.keys()].toSorted());
  assert.equal(reached.size, 1 + components.length);
});

test('the same lock file gives the same bytes, by the command of the guide or without any npm', () => {
  execFileSync('sh', ['-c', fromGuide('npm run sbom')], { cwd: root, stdio: 'pipe' });
  assert.equal(readFileSync(`${root}sbom.cdx.json`, 'utf8'), text);
  assert.equal(written(), text);
});

function written(): string {
  execFileSync(process.execPath, ['src/commands/sbom.ts'], {
    cwd: root,
    stdio: 'pipe',
    env: { PATH: '/nowhere' },
  });
  return readFileSync(`${root}sbom.cdx.json`, 'utf8');
}
