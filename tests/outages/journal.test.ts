// Nobody takes what the site writes: a full disk, or the other end of the pipe is gone. It works on, and says so.
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { environment } from '../support/command.ts';
import { temporaryFolder } from '../support/folder.ts';
import { type Mailbox, mailSettings, openMailbox } from '../support/mailbox.ts';
import { freePort } from '../support/port.ts';

const timeout = 180_000; // what never comes is a failure, not a wait

const root = new URL('../..', import.meta.url).pathname;

/** A site whose two outputs are an open file. */
async function siteInto(output: number, settings: NodeJS.ProcessEnv) {
  const port = await freePort();
  const places = { HOST: '127.0.0.1', PORT: String(port), DATA_DIR: temporaryFolder() };
  const child = spawn(process.execPath, ['src/server/main.ts'], {
    cwd: root,
    env: { ...environment, ...places, ...settings },
    stdio: ['ignore', output, output],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const origin = `http://127.0.0.1:${port}`;
  while (!(await fetch(origin).catch(() => undefined)))
    assert.equal(child.exitCode, null, 'it did not start');
  return { child, origin };
}

async function end(child: ChildProcess, mailbox: Mailbox): Promise<void> {
  child.kill('SIGKILL');
  await mailbox.close();
}

async function ask(origin: string, prenom: string): Promise<number> {
  const body = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin', prenom });
  return (await fetch(`${origin}/contact/envoi`, { method: 'POST', body, redirect: 'manual' })).status;
}

async function alarms(origin: string): Promise<string[]> {
  return ((await (await fetch(`${origin}/sante`)).json()) as { alarms: string[] }).alarms;
}

async function lostLines(origin: string): Promise<number> {
  const metrics = await (await fetch(`${origin}/metriques`)).text();
  return Number(/^premierpas_journal_lost_total (\d+)$/m.exec(metrics)?.[1]);
}

test('the journal meets a full disk: requests are kept and leave, and an alarm says it', {
  timeout,
}, async (context) => {
  const mailbox = await openMailbox();
  const { child, origin } = await siteInto(openSync('/dev/full', 'w'), mailSettings(mailbox));
  context.after(() => end(child, mailbox));
  assert.equal(await ask(origin, 'Tournesol'), 303);
  await mailbox.received(1);
  assert.equal(await ask(origin, 'Coquelicot'), 303);
  await mailbox.received(2);
  assert.ok((await alarms(origin)).includes('JOURNAL_LOST'));
  assert.ok((await lostLines(origin)) >= 3); // two kept, one delivered at least
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('the other end of the journal goes away, then comes back: the alarm ends with the next line', {
  timeout,
}, async (context) => {
  const pipe = join(temporaryFolder(), 'journal');
  execFileSync('mkfifo', [pipe]);
  const listen = () => openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const listener = listen();
  const output = openSync(pipe, 'w');
  const mailbox = await openMailbox();
  const { child, origin } = await siteInto(output, mailSettings(mailbox));
  context.after(() => end(child, mailbox));
  closeSync(output);

  closeSync(listener);
  assert.equal(await ask(origin, 'Tournesol'), 303);
  assert.ok((await alarms(origin)).includes('JOURNAL_LOST'));
  const again = listen();
  await mailbox.received(1);
  assert.equal(await ask(origin, 'Coquelicot'), 303);
  await mailbox.received(2);
  assert.ok(!(await alarms(origin)).includes('JOURNAL_LOST'));
  closeSync(again);
});
