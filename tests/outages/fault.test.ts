// A fault of ours that nobody caught, and a loop that never rests: told as alarms, and nothing accepted is lost.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../support/folder.ts';
import { mailSettings, openMailbox } from '../support/mailbox.ts';
import { type Site, startSite } from '../support/site.ts';

const timeout = 180_000; // what never comes is a failure, not a wait

const preload = (name: string) => `--import ${new URL(name, import.meta.url).href}`;

async function alarms(site: Site): Promise<string[]> {
  return ((await (await fetch(`${site.origin}/sante`)).json()) as { alarms: string[] }).alarms;
}

/** Whether a request was accepted, as far as its sender can know. */
async function ask({ origin }: Site, prenom: string): Promise<boolean> {
  const body = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin', prenom });
  const posted = fetch(`${origin}/contact/envoi`, { method: 'POST', body, redirect: 'manual' });
  return (await posted.catch(() => undefined))?.status === 303;
}

for (const [fault, code, at] of [
  ['throw', 'UNKNOWN', /^server\/monitoring\/event-loop\.ts:\d+$/],
  ['reject', 'EFAUTE', /^unknown$/],
] as const)
  test(`a fault (${fault}) ends with code 1 and a line without a word; the next start says so and loses nothing`, {
    timeout,
  }, async (context) => {
    const mailbox = await openMailbox();
    const settings = { ...mailSettings(mailbox), DATA_DIR: temporaryFolder() };
    const site = await startSite({ ...settings, NODE_OPTIONS: preload('faulty.ts'), FAULT: fault });
    const asked = Array.from({ length: 40 }, (_, index) => ask(site, `Fleur${index}`));
    await Promise.any(asked);
    const ended = site.stop('SIGUSR2');
    const accepted = (await Promise.all(asked)).filter(Boolean).length;
    assert.deepEqual(await ended, { code: 1, signal: null });
    const said = [...site.output().matchAll(/^.*"event":"fault".*$/gm)].map(([line]) => JSON.parse(line));
    assert.deepEqual(
      said.map((line) => line.code),
      [code],
    );
    assert.match(said[0].at, at);
    assert.doesNotMatch(site.output(), /Tournesol|01 99|TypeError/);

    const CLOCK_FILE = join(temporaryFolder(), 'clock');
    writeFileSync(CLOCK_FILE, '0');
    const again = await startSite({ ...settings, NODE_OPTIONS: preload('wrong-clock.ts'), CLOCK_FILE });
    context.after(async () => {
      await again.stop();
      await mailbox.close();
    });
    await mailbox.received(accepted);
    const names = mailbox.mails.map(({ text }) => /Fleur\d+/.exec(text ?? '')?.[0]);
    assert.equal(new Set(names).size, names.length); // nothing was half sent: none comes twice
    assert.ok((await alarms(again)).includes('RESTARTED_AFTER_FAULT'));
    writeFileSync(CLOCK_FILE, String(24 * 3_600_000));
    assert.ok(!(await alarms(again)).includes('RESTARTED_AFTER_FAULT'));
  });

test('a loop that never rests is seen in health and in the metrics, until it rests', {
  timeout,
}, async (context) => {
  const site = await startSite({ NODE_OPTIONS: preload('faulty.ts'), FAULT: 'busy' });
  context.after(() => site.stop());
  const metrics = async () => (await fetch(`${site.origin}/metriques`)).text();
  site.process.kill('SIGUSR2');
  while (!(await alarms(site)).includes('LOOP_SLOW'));
  assert.match(await metrics(), /^premierpas_event_loop_busy_share (1|0\.[89]\d*)$/m);
  assert.match(await metrics(), /^premierpas_event_loop_delay_seconds \d[\d.e-]*$/m);
  site.process.kill('SIGUSR2');
  while ((await alarms(site)).includes('LOOP_SLOW'));
});
