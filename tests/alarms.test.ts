// Each alarm that health can raise is explained to the person on duty, with the state that it truly gives; so is each
// event of the journal.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { alarms } from '../src/server/monitoring/alarms.ts';

const root = join(import.meta.dirname, '..');
const guide = readFileSync(join(root, 'docs/exploitation.md'), 'utf8');

test('the guide explains every alarm of health, and no other, with its state', () => {
  const raised = alarms.map(({ code, state }) => `${code} ${state}`);
  const rows = [...guide.matchAll(/^\| `([A-Z_]+)`\s*\| (\w+)\s*\|/gm)];
  const explained = rows.map(([, name, state]) => `${name} ${state}`);
  assert.deepEqual(explained.sort(), raised.sort());
});

test('the guide explains every event of the journal, and no other', () => {
  const written = new Set(sources().flatMap(eventsIn));
  const [, table = ''] = /^### Le journal$([\s\S]*?)^#/m.exec(guide) ?? [];
  const rows = [...table.matchAll(/^\| (`[^|]+)\|/gm)].flatMap(([, cell = '']) => namesIn(cell, '`'));
  assert.ok(written.size > 20, `${written.size} events found`);
  assert.deepEqual(rows.sort(), [...written].sort());
});

function sources(): string[] {
  const files = globSync('src/**/*.ts', { cwd: root }).filter((file) => !/\.(test|fake)\.ts$/.test(file));
  return files.map((file) => readFileSync(join(root, file), 'utf8'));
}

// What is handed to `journal` first: a name, one of two, or a variable of the same file.
function eventsIn(source: string): string[] {
  const handed = [...source.matchAll(/\bjournal\(([^:][^,]*?),/g)].map(([, first = '']) => first);
  return handed.flatMap((first) => {
    const [, value = ''] = new RegExp(`const ${first} = ([^;]+);`).exec(source) ?? [];
    return namesIn((/^\w+$/.test(first) ? value : first).replace(/=== '[^']*'/g, ''), "'");
  });
}

function namesIn(text: string, quote: string): string[] {
  return [...text.matchAll(new RegExp(`${quote}([a-z-]+)${quote}`, 'g'))].map(([, name = '']) => name);
}
