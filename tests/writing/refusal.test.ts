// A wrong edit stops the build itself, with a sentence that somebody who writes understands.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build, copySources } from '../support/copy.ts';

test('an hour that is no hour stops the build, which names the file and the field in French', () => {
  const copy = copySources();
  const file = join(copy, 'src/content/faits/ligne.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"9 h"', '"9:00"'));
  const { status, stdout, stderr } = spawnSync(process.execPath, build, {
    cwd: copy,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
    encoding: 'utf8',
  });
  assert.equal(status, 1);
  assert.match(`${stdout}${stderr}`, /faits\/ligne\.json, champ « ouvre » : une heure s’écrit « 9 h »/);
});
