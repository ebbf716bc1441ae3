// `npm test`: four steps, build, unit, discretion and journeys; with names, only those (`npm test -- unit`). `npm run
// test:quick`: what needs no built site. `LONG=1`, as `.ci/run` asks: the campaigns too, beside the units, every look, every
// draw. Ends with how long each step took, then `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { temporaryFolder } from './support/folder.ts';

// What Node compiles of our files, once for the hundreds of processes of a run.
process.env.NODE_COMPILE_CACHE ??= temporaryFolder();

type Counts = { passed: number; failed: number; skipped: number };

const root = new URL('..', import.meta.url).pathname;
const longestMs = 15 * 60_000; // a file that hangs fails, and the others are told

// Most files wait: for a process that starts, a lease that ends, a mail server that says no. Some keep two cores busy.
const atOnce = 4;

// Bad days played for minutes: machines that die, disks that fill, households and attackers over many hours.
const campaigns = [
  'tests/admission/{household,lockout}.test.ts',
  'tests/deploy/{alert,container,package,proxy,service,several}.test.ts',
  'tests/fuzz/*.test.ts',
  'tests/outages/{campaign,clock,database,disk,fault,mail-chain,refused-mail,restore}.test.ts',
];

// The longest files of the units: begun first, they end beside the others.
const longest = [
  'tests/preflight/preflight.test.ts',
  'tests/partners/{frame,frame-size,paper}.test.ts',
  'tests/{component,operations,start,sealing,policies}.test.ts',
  'tests/writing/{voice,origin}.test.ts',
];

// Firefox takes as long as the other two, one after the other.
const browsers = ['firefox', 'epiphany', 'chromium'].map((name) => `tests/discretion/${name}.test.ts`);

// Without LONG=1 the journeys are made on a phone, where most people are; accessibility/ looks at wide screens too.
const phoneOnly = ['téléphone', 'accès', 'lettres de téléphone', 'pixels'];

const failures: string[] = []; // said again at the end, thousands of lines after they were met

const steps: Record<string, () => Counts | Promise<Counts>> = {
  build: () => runCommand('build', ['node_modules/astro/bin/astro.mjs', 'build']),
  quick: runQuick,
  unit: runUnits,
  campaigns: async () => runFiles(await filesIn(...campaigns), atOnce),
  // Real keys and clicks in real windows, within a second: two browsers at once, and nothing beside them; with three, keys are lost.
  discretion: async () => runFiles(browsers, 2),
  journeys: runJourneys,
};
const rest = ['quick', 'campaigns'];
const names =
  process.argv.length > 2 ? process.argv.slice(2) : Object.keys(steps).filter((step) => !rest.includes(step));
const unknown = names.filter((name) => !steps[name]);
if (unknown.length > 0) throw new Error(`no step ${unknown}: there are ${Object.keys(steps)}`);

const sum: Counts = { passed: 0, failed: 0, skipped: 0 };
const durations: string[] = [];
for (const name of names) {
  const start = performance.now();
  const counts = (await steps[name]?.()) ?? sum;
  durations.push(`${name} ${Math.round((performance.now() - start) / 1000)} s`);
  for (const key of ['passed', 'failed', 'skipped'] as const) sum[key] += counts[key];
  if (name === 'build' && counts.failed > 0) break; // the others would look at an old site
}
if (sum.skipped > 0) console.log(`${sum.skipped} skipped: their reasons are above`);
for (const one of failures) console.log(one);
console.log(durations.join(', '));
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;

/** What needs no built site: the code beside its tests, the walls of the house, the documents, the types. */
async function runQuick(): Promise<Counts> {
  const types = runCommand('types', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.']);
  const files = await filesIn(
    '{src,integrations}/**/*.test.ts',
    'tests/{house,loops,alarms,docs,guide-commands}.test.ts',
  );
  return added(types, await runFiles(files, atOnce));
}

async function runUnits(): Promise<Counts> {
  const files = await filesIn('{src,integrations,tests}/**/*.test.ts');
  const elsewhere = await filesIn(...campaigns, ...browsers);
  const others = files.filter((file) => !elsewhere.includes(file));
  const long = [...(process.env.LONG ? await filesIn(...campaigns) : []), ...(await filesIn(...longest))];
  return runFiles([...new Set([...long, ...others])], atOnce);
}

async function filesIn(...places: string[]): Promise<string[]> {
  return (await Array.fromAsync(glob(places, { cwd: root }))).sort();
}

function added(one: Counts, other: Counts): Counts {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** Runs test files, some at a time. */
async function runFiles(files: string[], concurrency: number): Promise<Counts> {
  const paths = files.map((file) => join(root, file));
  const execArgv = ['--import', join(root, 'tests/support/ending.ts')]; // the runner's own forced end cuts reports off
  const events = run({ files: paths, concurrency, execArgv, timeout: longestMs });
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

/** Runs a command of ours that must end well: a test of its own. */
function runCommand(name: string, words: string[]): Counts {
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
  const { status } = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit', env });
  if (status !== 0) failures.push(`FAILED ${name}: ended with ${status}`);
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

function runJourneys(): Counts {
  const report = join(temporaryFolder(), 'journeys.json');
  const playwright = join(root, 'node_modules/@playwright/test/cli.js');
  const projects = process.env.LONG ? [] : phoneOnly.map((project) => `--project=${project}`);
  spawnSync(process.execPath, [playwright, 'test', '--reporter=list,json', ...projects], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = stats.unexpected + stats.flaky + errors.length;
  return { passed: stats.expected, failed, skipped: stats.skipped };
}
