// A wrong edit stops the build itself, with a sentence that somebody who writes understands.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../support/site.ts';

const root = new URL('../..', import.meta.url).pathname;

test('an hour that is no hour stops the build, which names the file and the field in French', () => {
  const copy = temporaryFolder();
  for (const part of ['src', 'integrations', 'package.json', 'astro.config.mjs', 'tsconfig.json'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const file = join(copy, 'src/content/faits/ligne.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"9 h"', '"9:00"'));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/astro/bin/astro.mjs', 'build'],
    { cwd: copy, env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' } },
  );
  assert.equal(status, 1);
  assert.match(`${stdout}${stderr}`, /faits\/ligne\.json, champ « ouvre » : une heure s’écrit « 9 h »/);
});
