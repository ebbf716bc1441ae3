// Each alarm that health can raise is explained to the person on duty, with the state that it truly gives.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');
const health = readFileSync(join(root, 'src/server/health.ts'), 'utf8');
const guide = readFileSync(join(root, 'docs/exploitation.md'), 'utf8');

test('the guide explains every alarm of health, and no other, with its state', () => {
  const namesIn = (text: string) =>
    [...text.matchAll(/'([A-Z]+(?:_[A-Z]+)*)'/g)].map(([, name = '']) => name);
  const grave = namesIn(/const grave = new Set\(\[([^\]]*)/.exec(health)?.[1] ?? '');
  const raised = new Set(
    namesIn(health).map((name) => `${name} ${grave.includes(name) ? 'red' : 'degraded'}`),
  );
  const rows = [...guide.matchAll(/^\| `([A-Z_]+)`\s*\| (\w+)\s*\|/gm)];
  const explained = rows.map(([, name, state]) => `${name} ${state}`);
  assert.deepEqual(explained.sort(), [...raised].sort());
});
