// Where a form stood is counted, from the page to the outbox, and kept through what is to correct.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSqliteOutbox } from '../src/server/outbox/sqlite.ts';
import { startSite } from './support/site.ts';

const built = new URL('../dist/client/', import.meta.url).pathname;

/** The fields of a page that nobody sees, as a browser sends them. */
function hiddenIn(page: string): Record<string, string> {
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)];
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
}

test('the form of the frame counts as such, even corrected; the form of the site, whatever it says it is, does not', async () => {
  const site = await startSite({ FRAME_ORIGINS: 'https://ville.example' });
  const [contact, frame] = ['contact', 'encart/rappel'].map((page) =>
    readFileSync(join(built, `${page}.html`), 'utf8'),
  );
  const send = (fields: Record<string, string>) =>
    fetch(`${site.origin}/contact/envoi`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  const answers = (n: number) => ({ tel: `01 99 00 00 0${n}`, quand: 'lun-matin' });
  const inFrame = hiddenIn(frame ?? '');
  assert.equal(inFrame.par, 'encart');
  assert.equal(hiddenIn(contact ?? '').par, undefined);

  const corrected = await send({ ...inFrame, ...answers(1), tel: '01' });
  assert.equal(corrected.status, 422);
  const again = hiddenIn(await corrected.text());
  assert.equal(again.par, 'encart');
  const refused = await send({ ...answers(2), tel: '01', par: '"><script>' });
  assert.doesNotMatch(await refused.text(), /name="par"/);
  const kept = [
    await send({ ...inFrame, ...answers(1) }),
    await send({ ...again, ...answers(2) }),
    await send({ ...hiddenIn(contact ?? ''), ...answers(3) }),
    await send({ ...answers(4), par: 'ailleurs' }),
  ];
  assert.deepEqual(
    kept.map(({ status }) => status),
    [303, 303, 303, 303],
  );
  await site.stop();
  const outbox = openSqliteOutbox(join(site.dataDir, 'demandes.sqlite'), {
    journal: () => {},
    checkRoom: () => {},
  });
  const [, year = ''] = /(\d{4})/.exec(new Date().toISOString()) ?? [];
  const counts = (await outbox.report(Number(year))).map(({ name, count }) => [name, count]);
  assert.deepEqual(counts.sort(), [
    ['kept-form', 2],
    ['kept-frame', 2],
  ]);
  await outbox.close();
});
