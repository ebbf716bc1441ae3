// Clients with a pace of their own. One that takes its time is told so, with the number, and cut off; everybody else is
// served meanwhile. One that says at once that it has nothing more to send gets its answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSite } from './support/site.ts';
import { headOf, say, slowClients } from './support/sockets.ts';
import { keyFile } from './support/team-keys.ts';

test('300 slow clients are cut off with the number, while pages answer', {
  timeout: 60_000,
}, async (context) => {
  const site = await startSite();
  context.after(() => site.stop());
  const page = async () => {
    const answer = await fetch(`${site.origin}/contact`);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /<\/html>/);
  };
  const clients = slowClients(site.origin, 100);
  await page();
  for (const { kind, answer } of clients) {
    const told = await answer;
    await page();
    assert.match(told, /^HTTP\/1\.1 408 /, kind);
    assert.match(told, /tel:\+33189119494[\s\S]*<\/html>/, kind);
  }
});

test('a client that closes its side as soon as its form is sent gets its answer', async (context) => {
  const site = await startSite({ PGP_PUBLIC_KEY_FILE: await keyFile(100) }); // sealing takes a while
  context.after(() => site.stop());
  for (let n = 10; n < 40; n += 1) {
    const body = `tel=01990000${n}&quand=lun-matin`;
    const type = 'Content-Type: application/x-www-form-urlencoded';
    const head = `POST /contact/envoi HTTP/1.1\r\nHost: site\r\n${type}\r\nContent-Length: ${body.length}`;
    const { status } = headOf(await say(site.origin, `${head}\r\n\r\n${body}`, { isLast: true }));
    assert.equal(status, 303);
  }
});
