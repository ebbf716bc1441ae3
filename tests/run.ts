// `npm test`: builds and starts the site as `npm start` does, then every unit test, the traces left in real
// browsers, then every journey.
// Ends with one line: `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { temporaryFolder } from './support/site.ts';

const root = new URL('..', import.meta.url).pathname;
const longestMs = 15 * 60_000; // a file that hangs fails, and the others are told

const failures: string[] = []; // said again at the end, thousands of lines after they were met

const files = await Array.fromAsync(glob(['{src,integrations,tests}/**/*.test.ts']));
const kinds = [
  /^tests.start\.test/,
  /^(src|integrations|tests.(?!start\.test|discretion))/,
  /^tests.discretion/,
];
const counts: Counts[] = [];
for (const kind of kinds) counts.push(await runUnits(files.filter((file) => kind.test(file)))); // the first builds the site
counts.push(runJourneys());

const skipped = counts.reduce((sum, part) => sum + part.skipped, 0);
if (skipped > 0) console.log(`${skipped} skipped: their reasons are above`);
for (const one of failures) console.log(one);
const passed = counts.reduce((sum, part) => sum + part.passed, 0);
const failed = counts.reduce((sum, part) => sum + part.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

type Counts = { passed: number; failed: number; skipped: number };

async function runUnits(files: string[]): Promise<Counts> {
  const paths = files.map((file) => join(root, file));
  const execArgv = ['--import', join(root, 'tests/support/ending.ts')]; // the runner's own forced end cuts reports off
  const events = run({ files: paths, concurrency: true, execArgv, timeout: longestMs });
  const counts = { passed: 0, failed: 0, skipped: 0 };
  events.on('test:fail', ({ name, file, details }) => {
    const why = String(details.error.cause ?? details.error).slice(0, 1000);
    failures.push(`FAILED ${name}\n  ${file}\n  ${why}`);
  });
  events.on('test:summary', ({ file, counts: total }) => {
    if (file) return; // one for each file, then one for all
    counts.passed = total.passed;
    counts.skipped = total.skipped;
    counts.failed = total.tests - total.passed - total.skipped;
  });
  for await (const text of events.compose(spec)) process.stdout.write(text);
  return counts;
}

function runJourneys(): Counts {
  const report = join(temporaryFolder(), 'journeys.json');
  const playwright = join(root, 'node_modules/@playwright/test/cli.js');
  spawnSync(process.execPath, [playwright, 'test', '--reporter=list,json'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = stats.unexpected + stats.flaky + errors.length;
  return { passed: stats.expected, failed, skipped: stats.skipped };
}
