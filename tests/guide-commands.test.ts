// Every command of the guide is run by a test, as the guide writes it; what cannot be run here is told, with the reason.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fromGuide, guideCommands, notCommands } from './support/guide.ts';

const root = new URL('..', import.meta.url).pathname;

const registry = 'it asks a registry of npm, and these tests have no network';
const whole = 'it stands for a longer command of the same page, which is run';
const isTheRun = 'it is the run itself: tests/run.ts builds, then starts every test';
const engine = 'no image can be fetched here: tests/deploy/container.test.ts follows its steps by hand';
const debian = 'it asks an archive of Debian: .ci/run installs the same packages by their names';

const notRunHere: Record<string, string> = {
  'sudo apt install git curl openssl libatomic1 npm nginx certbot': debian,
  'nginx certbot': whole,
  'apt install': whole,
  'sudo certbot certonly --webroot -w /var/www/html -d exemple.fr --deploy-hook "systemctl reload nginx"':
    'an authority looks for a public name; its deploy hook is run with nginx',
  'npm install': registry,
  'npm audit': registry,
  'npm audit --omit=dev': registry,
  'npm audit signatures': registry,
  'npm install --save --save-exact paquet@version': registry,
  'npm run build': isTheRun,
  'npm test': isTheRun,
  'npm run bench ceiling': 'a measure of minutes, alone on a machine: docs/mesures/ keeps what it said',
  'npm run paquet':
    'it compresses for minutes: tests/deploy/package.test.ts makes the same package, less compressed',
  'podman network inspect podman': engine,
  'podman exec un-premier-pas bin/un-premier-pas relancer': engine,
  'systemctl edit': whole,
  pg_upgradecluster: 'it takes two major versions of PostgreSQL on one machine',
};

// The words of each call of fromGuide, wherever a test takes a command.
const taken = globSync('tests/**/*.{ts,sh}', { cwd: root }).flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/\bfromGuide(?:\(\s*| )(['"])(.+?)\1,?\s*\)/g)].map(
    ([, , words = '']) => words.replaceAll('\\\\', '\\'),
  ),
);

test('every command of the guide is taken by a test that runs it, or told here with why it is not', () => {
  const run = new Set(taken.map((words) => bare(fromGuide(words))));
  const left = guideCommands.filter((command) => !run.has(bare(command)));
  assert.deepEqual(left.toSorted(), Object.keys(notRunHere).toSorted());
  assert.ok(guideCommands.length > 70, String(guideCommands.length));
});

test('what only looks like a command is still in the guide', () => {
  const guide = globSync('docs/*.md', { cwd: root }).map((page) => readFileSync(join(root, page), 'utf8'));
  for (const words of notCommands)
    assert.ok(
      guide.some((page) => page.includes(words)),
      words,
    );
});

// The same command, as root, or from the folder of the site.
function bare(command: string): string {
  return command.replace(/^(sudo |bin\/)/, '');
}
