// Clients that take their time: each is told so, with the number, and cut off; everybody else is served meanwhile.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSite } from './site.ts';
import { slowClients } from './sockets.ts';

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
