// Time goes wrong: days pass while mail is down, the clock of the machine jumps.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../support/folder.ts';
import { mailSettings, openMailbox } from '../support/mailbox.ts';
import { type Site, startSite } from '../support/site.ts';

const hour = 3_600_000;
const preload = new URL('wrong-clock.ts', import.meta.url).href;

/** A site whose clock can be set wrong, and a mail server that is away. */
async function siteWithoutMail() {
  const { port, close } = await openMailbox();
  await close();
  const CLOCK_FILE = join(temporaryFolder(), 'clock');
  const setClock = (wrongByMs: number) => writeFileSync(CLOCK_FILE, String(wrongByMs));
  setClock(0);
  const settings = { ...mailSettings({ port }), NODE_OPTIONS: `--import ${preload}`, CLOCK_FILE };
  return { site: await startSite(settings), port, setClock, settings };
}

async function ask(site: Site, form: Record<string, string> = {}): Promise<void> {
  const body = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin', ...form });
  const answer = await fetch(`${site.origin}/contact/envoi`, { method: 'POST', body, redirect: 'manual' });
  assert.equal(answer.status, 303);
}

test('its days have passed while mail was down: the request arrives, once, and says first not to call', async () => {
  const { site, port, setClock } = await siteWithoutMail();
  await ask(site);
  while (!/delivery-failed/.test(site.output())) await site.wrote(); // what is under way was written for today
  setClock(8 * 24 * hour);
  await ask(site, { prenom: 'Tournesol' });
  const mailbox = await openMailbox(port);
  await mailbox.received(2);
  const texts = mailbox.mails.map(({ text }) => text ?? '');
  const [old, young] = [false, true].map((isYoung) =>
    texts.find((text) => text.includes('Tournesol') === isYoung),
  );
  assert.match(old ?? '', /^NE PLUS APPELER\n[\s\S]*\n {2}01 99 00 12 34 {3}\(/);
  assert.match(young ?? '', /^Ce qui n’est pas précisé/);
  await site.stop();
  assert.equal(mailbox.mails.length, 2);
  await mailbox.close();
});

test('the clock is set back a day while a request waits: it leaves as soon as mail is back', async () => {
  const { site, port, setClock } = await siteWithoutMail();
  setClock(24 * hour);
  await ask(site);
  setClock(0);
  const mailbox = await openMailbox(port);
  await mailbox.received(1);
  await site.stop();
  await mailbox.close();
});

test('the clock is set a month ahead, then right again: nothing is lost, new requests are taken', async () => {
  const { site, port, setClock } = await siteWithoutMail();
  await ask(site);
  setClock(30 * 24 * hour);
  await ask(site, { prenom: 'Tournesol' });
  setClock(0);
  await ask(site, { prenom: 'Coquelicot' });
  const mailbox = await openMailbox(port);
  const mails = await mailbox.received(3);
  assert.equal(new Set(mails.map(({ messageId }) => messageId)).size, 3);
  await site.stop();
  await mailbox.close();
});
