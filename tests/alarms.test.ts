// Each alarm that health can raise is explained to the person on duty, with the state that it truly gives; so is each
// event of the journal.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { journalEvents } from '../src/rappel/journal.ts';
import { advice, silence } from '../src/server/monitoring/advice.ts';
import { alarms } from '../src/server/monitoring/alarms.ts';

const root = join(import.meta.dirname, '..');
const guide = readFileSync(join(root, 'docs/exploitation.md'), 'utf8');

test('the guide explains every alarm of health, and no other, with its state', () => {
  const raised = alarms.map(({ code, state }) => `${code} ${state}`);
  const rows = [...guide.matchAll(/^\| `([A-Z_]+)`\s*\| (\w+)\s*\|/gm)];
  const explained = rows.map(([, name, state]) => `${name} ${state}`);
  assert.deepEqual(explained.sort(), raised.sort());
});

test('what to do for an alarm is one sentence: the guide has the one that is told outside, and the parts that it names', () => {
  const rows = [...guide.matchAll(/^\| `([A-Z_]+)`\s*\| (?:red|degraded)\s*\|.*\| (.+?) +\|$/gm)];
  const { [silence]: ofSilence, ...told } = advice;
  assert.deepEqual(Object.fromEntries(rows.map(([, code, sentence]) => [code, sentence])), told);
  assert.ok(
    readFileSync(join(root, 'docs/alertes.md'), 'utf8').includes(`| \`${silence}\` | ${ofSilence} |`),
  );
  const titles = globSync('docs/*.md', { cwd: root })
    .flatMap((page) => readFileSync(join(root, page), 'utf8').match(/^#+ .+$/gm) ?? [])
    .map((line) => line.replace(/^#+ /, ''));
  const quoted = Object.values(advice).flatMap((sentence) => sentence.match(/(?<=« ).+?(?= »)/g) ?? []);
  assert.ok(quoted.length > 4, quoted.join());
  for (const title of quoted) assert.ok(titles.includes(title), title);
});

test('the guide explains every event of the journal, and no other', () => {
  const events = Object.keys(journalEvents);
  const [, table = ''] = /^### Le journal$([\s\S]*?)^#/m.exec(guide) ?? [];
  const rows = [...table.matchAll(/^\| (`[^|]+)\|/gm)].flatMap(([, cell = '']) => namesIn(cell));
  assert.ok(events.length > 20, `${events.length} events`);
  assert.deepEqual(rows.sort(), events.sort());
});

test('every event of the list is written somewhere', () => {
  const files = globSync('src/**/*.ts', { cwd: root }).filter((file) => !/\.(test|fake)\.ts$/.test(file));
  const sources = files
    .filter((file) => file !== 'src/rappel/journal.ts')
    .map((file) => readFileSync(join(root, file), 'utf8'));
  const unwritten = Object.keys(journalEvents).filter(
    (event) => !sources.some((source) => source.includes(`'${event}'`)),
  );
  assert.deepEqual(unwritten, []);
});

function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name);
}
