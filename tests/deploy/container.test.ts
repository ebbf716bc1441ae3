// No image is built here: its steps are followed one by one in a folder, then its command is run as it says. Only with
// LONG=1.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../support/folder.ts';
import { freePort } from '../support/port.ts';

const root = new URL('../..', import.meta.url).pathname;

const instructions = readFileSync(join(root, 'deploy/Containerfile'), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1)] as const);

const skip = process.env.LONG ? false : 'LONG=1: it installs and builds a second time';

test('the steps of the image, followed by hand, give a site that needs none of the tools that made it', {
  skip,
}, async (t) => {
  const folder = temporaryFolder();
  t.after(() => rmSync(folder, { recursive: true }));
  const [stage, image] = [join(folder, 'site'), join(folder, 'image')];
  const [first, last] = stages();
  for (const [word, rest] of first) {
    if (word === 'COPY') copy(rest, root, stage);
    if (word === 'RUN') run(rest, stage);
  }
  for (const [word, rest] of last)
    if (word === 'COPY') copy(rest.replaceAll('/srv/un-premier-pas/', ''), stage, image);
  renameSync(stage, join(folder, 'construction'));
  renameSync(image, stage); // the image has it at the path where it was built
  for (const tool of ['typescript', '@playwright/test', '@biomejs/biome', 'smtp-server'])
    assert.equal(existsSync(join(stage, 'node_modules', tool)), false, tool);

  const port = await freePort();
  const settings = {
    ...Object.fromEntries(
      argumentsOf('ENV', last)
        .split(' ')
        .map((one) => one.split('=')),
    ),
    ...{
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: temporaryFolder(),
      OUTBOX_SECRET: 'un secret pour essayer, assez long',
    },
    ...{ PUBLIC_ORIGIN: 'https://exemple.fr', SMTP_HOST: '127.0.0.1', SMTP_PORT: '1' },
    ...{ MAIL_FROM: 'site@example.org', MAIL_TO: 'equipe@example.org', MORNING_TEST: 'false' },
  };
  const [program = '', ...words] = JSON.parse(argumentsOf('CMD', last)) as string[];
  const site = spawn(program, words, {
    cwd: stage,
    env: settings,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  process.once('exit', () => site.kill('SIGKILL'));
  await Promise.race([once(site.stdout, 'data'), once(site, 'exit')]);
  const [probe = '', ...question] = JSON.parse(
    argumentsOf('HEALTHCHECK', last).replace(/^CMD /, ''),
  ) as string[];
  const inside = { cwd: stage, env: { PORT: String(port) } };
  execFileSync(probe, question, inside); // throws when it finds nobody
  assert.equal((await fetch(`http://127.0.0.1:${port}/contact`)).status, 200);
  const body = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin' });
  const post = { method: 'POST', body, redirect: 'manual' } as const;
  assert.equal((await fetch(`http://127.0.0.1:${port}/contact/envoi`, post)).status, 303);
  const ended = once(site, 'exit');
  site.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  assert.throws(() => execFileSync(probe, question, inside));
});

test('both stages have the library that Node needs and a small Debian lacks, before Node is asked for', () => {
  for (const stage of stages()) {
    const steps = stage.map(([word, rest]) => `${word} ${rest}`);
    const installed = steps.findIndex((step) => /^RUN apt-get .*install .* libatomic1\b/.test(step));
    const asked = steps.findIndex((step) => /npm |bin\/node/.test(step));
    assert.ok(installed > 0 && installed < asked, steps.join('\n'));
  }
});

test('the image runs as nobody in particular, and its data are outside', () => {
  const [, last] = stages();
  assert.match(argumentsOf('USER', last), /^[1-9]\d+:[1-9]\d+$/);
  assert.ok(argumentsOf('ENV', last).includes(`DATA_DIR=${argumentsOf('VOLUME', last)}`));
});

test('the image has the folder where Node looks for the authorities of the machine, and its user only reads it', () => {
  const steps = stages()[1].map(([word, rest]) => `${word} ${rest}`);
  const made = steps.findIndex((step) => step.startsWith('RUN install -d /etc/ssl/certs '));
  const left = steps.findIndex((step) => step.startsWith('USER '));
  assert.ok(made > 0 && made < left, steps.join('\n'));
});

function stages() {
  const second = instructions.findLastIndex(([word]) => word === 'FROM');
  return [instructions.slice(0, second), instructions.slice(second)] as const;
}

function argumentsOf(word: string, among: typeof instructions): string {
  return among.find(([one]) => one === word)?.[1] ?? '';
}

function copy(words: string, from: string, to: string): void {
  const names = words.split(' ').filter((word) => !word.startsWith('--'));
  const target = names.pop() ?? '';
  for (const name of names) {
    const place = target === './' ? join(to, name) : join(to, target);
    cpSync(join(from, name), place, { recursive: true, verbatimSymlinks: true });
  }
}

// The packages are those of this folder, as `npm install` brought them; those of Debian are on this machine.
function run(command: string, folder: string): void {
  if (command.startsWith('apt-get ')) return;
  if (command === 'npm install') execFileSync('cp', ['-al', join(root, 'node_modules'), folder]);
  else
    execFileSync('sh', ['-c', command], {
      cwd: folder,
      stdio: 'ignore',
      env: { ...process.env, PUBLIC_ORIGIN: 'https://exemple.fr' },
    });
}
