// The running site, directly and behind both proxies, under connections that nobody honest holds. `LINKS` says how many
// go straight to it (1,000; with LONG=1, 3,000; a tenth more through each proxy), `FUZZ_SEED` which.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipCaddy, startCaddy, startProxy } from '../deploy/samples.ts';
import { certifyLocalhost } from '../support/certificates.ts';
import { skip as skipNginx } from '../support/nginx.ts';
import { type Site, startSite } from '../support/site.ts';
import { playLinks } from './links.ts';
import { marker } from './requests.ts';

const count = Number(process.env.LINKS ?? (process.env.LONG ? 3000 : 1000));
const seed = Number(process.env.FUZZ_SEED ?? 189119494);
const certificate = certifyLocalhost();

// Go answers 501 by itself, before any word of a Caddyfile, to a form in pieces of a kind that nobody knows.
const fronts = [
  { way: 'directly', skip: false, links: count, own: [] as number[], start: reach },
  { way: 'behind nginx', skip: skipNginx, links: count / 10, own: [], start: throughNginx },
  { way: 'behind Caddy', skip: skipCaddy, links: count / 10, own: [501], start: throughCaddy },
];

for (const { way, skip, links, own, start } of fronts)
  test(`${links} connections ${way}: no 5xx, no crash, no word in a log, nothing left open`, {
    skip,
    timeout: 120_000 + 60 * links,
  }, async (context) => {
    const site = await startSite();
    const front = await start(site);
    context.after(() => Promise.all([site.stop(), front.stop()]));
    const before = await openFiles(site);

    const statuses = await playLinks(front.origin, links, seed);

    assert.equal(site.process.exitCode, null, site.output());
    const isFault = (status: number) => (status >= 500 && !own.includes(status)) || status === 101;
    const faults = [...statuses.keys()].filter(isFault);
    assert.deepEqual(faults, []);
    for (const status of [200, 303, 400, 405]) assert.ok(statuses.has(status), `no ${status}`);
    assert.equal((await fetch(front.origin)).status, 200);
    await front.stop();
    while ((await openFiles(site)) > before); // what is closed there is soon closed here
    assert.ok(!site.output().includes(marker), 'a word is in the log');
    assert.doesNotMatch(site.output(), /page-failed|Error|at .*\.ts:\d/);
    assert.deepEqual(await site.stop(), { code: 0, signal: null });
  });

async function reach({ origin }: Site) {
  return { origin, stop: async () => {} };
}

function throughNginx({ origin }: Site) {
  return startProxy([Number(new URL(origin).port)], certificate);
}

function throughCaddy({ origin }: Site) {
  return startCaddy(Number(new URL(origin).port), certificate);
}

async function openFiles({ origin }: Site): Promise<number> {
  const metrics = await (await fetch(`${origin}/metriques`, { headers: { connection: 'close' } })).text();
  return Number(/^process_open_fds (\d+)$/m.exec(metrics)?.[1]);
}
