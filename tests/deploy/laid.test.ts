// What the package lays to serve has every npm package that the server, its commands and the rendered pages import.
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { packagesOf } from '../../src/packaging/packages.ts';

const root = new URL('../..', import.meta.url).pathname;

const skip = process.platform === 'linux' ? false : 'a package is made under Linux';

const { node, serving, building } = skip ? { node: '', serving: [], building: [] } : packagesOf(root);

// In code that no page of ours reaches: Astro's own pictures.
const neverCalled = ['sharp'];

test('the packages that serve, those that build and Node are all that is shipped, each once', {
  skip,
}, () => {
  const all = [node, ...serving, ...building];
  assert.equal(new Set(all).size, all.length);
  for (const heavy of ['astro', 'vite', 'esbuild', 'pdfkit'])
    assert.ok(building.includes(`node_modules/${heavy}`));
});

test('what serves imports only packages that are laid', { skip }, () => {
  const ours = importsIn('src/{server,rappel,settings,built,service}/**/*.ts');
  const commands = importsIn('src/commands/{outbox,preflight}.ts');
  assert.ok(ours.length > 10, String(ours));
  for (const name of [...ours, ...commands]) assert.ok(serving.includes(`node_modules/${name}`), name);
});

const skipPages = skip || (existsSync(join(root, 'dist/server')) ? false : 'npm run build first');

test('the pages that are rendered on demand import only packages that are laid', { skip: skipPages }, () => {
  const names = importsIn('dist/server/**/*.mjs').filter((name) => !neverCalled.includes(name));
  assert.ok(names.length > 5, String(names));
  for (const name of names) assert.ok(serving.includes(`node_modules/${name}`), name);
});

/** The packages that some files import, by name. */
function importsIn(files: string): string[] {
  const texts = globSync(files, { cwd: root })
    .filter((file) => !/\.(test|fake)\.ts$|astro-entry\.ts$/.test(file))
    .map((file) => readFileSync(join(root, file), 'utf8'));
  const found = texts.flatMap((text) => [
    ...text.matchAll(
      /(?:\bfrom |^import |\bimport\()['"]((?:@[\w.-]+\/)?[a-z][\w.-]*)(?![\w.:-])[^'"]*['"]/gm,
    ),
  ]);
  const names = found.map(([, name = '']) => name);
  return [...new Set(names)].filter(
    (name) => !builtinModules.includes(name) && !name.startsWith('node:') && name !== 'node',
  );
}
