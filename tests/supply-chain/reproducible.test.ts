// Whoever builds these sources gets these bytes: elsewhere, at another hour of the world, in another language.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { built } from '../accessibility/addresses.ts';
import { build, sources } from '../support/copy.ts';

const root = new URL('../..', import.meta.url).pathname;
const elsewhere = join(root, 'test-results/un autre dossier/site'); // inside the project, where its packages are found
const again = join(elsewhere, 'dist/client/');

// Closures and holidays are read from the day of the build on: `dist/` must be of today, without settings, as `npm test`
// has just made it.
const stale = 'or dist/ is of another day, or of other settings: npm run build';

before(() => {
  rmSync(elsewhere, { recursive: true, force: true });
  for (const part of sources) cpSync(join(root, part), join(elsewhere, part), { recursive: true });
  const env = { PATH: process.env.PATH, TZ: 'America/Los_Angeles', LANG: 'tr_TR.UTF-8', LC_ALL: 'C' };
  const [astro = '', ...words] = build;
  execFileSync(process.execPath, [join(root, astro), ...words], {
    cwd: elsewhere,
    env: { ...env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
});

test('a second build has the same files, byte for byte', () => {
  assert.deepEqual(filesOf(again), filesOf(built), stale);
  const changed = filesOf(built).filter(
    (file) => !readFileSync(built + file).equals(readFileSync(again + file)),
  );
  assert.deepEqual(changed, [], `${changed.join(', ')} : ${stale}`);
});

function filesOf(folder: string): string[] {
  const files = globSync('**', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.notEqual(files.length, 0);
  return files.map((file) => join(file.parentPath, file.name).slice(folder.length)).sort();
}
