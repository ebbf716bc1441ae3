// Decision 0006 tells each package that somebody chose: what it does, and what we would write without it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const [, shipped = '', working = ''] = readFileSync(
  `${root}docs/decisions/0006-dependances.md`,
  'utf8',
).split(/^## .+$/m);

for (const [what, told, chosen] of [
  ['builds and serves the site', shipped, { ...manifest.dependencies, ...manifest.optionalDependencies }],
  ['reads, tries and measures it', working, manifest.devDependencies],
] as const)
  test(`the record tells every package that ${what}, and no other`, () => {
    const rows = rowsOf(told);
    assert.deepEqual(rows.map(([name]) => name).toSorted(), Object.keys(chosen).toSorted());
    for (const [name, ...cells] of rows)
      assert.ok(cells.length === 2 && cells.every((cell) => /\p{L}{3}/u.test(cell)), `${name} is not told`);
  });

test('every package is asked for at one version', () => {
  const ranges = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.entries<string>(manifest[kind]).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version)),
  );
  assert.deepEqual(ranges, []);
});

/** The cells of a table, without its head. */
function rowsOf(markdown: string): string[][] {
  const lines = markdown.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
