// Three servers behind one nginx, on one PostgreSQL; one is killed in the middle of a load.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { certifyLocalhost } from '../support/certificates.ts';
import { mailSettings, openMailbox } from '../support/mailbox.ts';
import { skip as skipNginx } from '../support/nginx.ts';
import { skip as skipPostgres, startPostgres } from '../support/postgres.ts';
import { startSite } from '../support/site.ts';
import { startLoad } from './load.ts';
import { startProxy } from './samples.ts';

const skip = skipNginx || skipPostgres;

const postgres = skip ? undefined : await startPostgres();
after(() => postgres?.kill());

test('one of three servers is killed under load: every answer is right, nothing that was noted is lost', {
  skip,
}, async (t) => {
  const mailbox = await openMailbox();
  const settings = {
    ...mailSettings(mailbox),
    PUBLIC_ORIGIN: 'https://exemple.fr',
    TRUSTED_PROXIES: '127.0.0.1',
    DATABASE_URL: (await postgres?.freshDatabase()) ?? '',
    OUTBOX_SECRET: 'un secret assez long, le même partout',
  };
  const sites = [await startSite(settings), await startSite(settings), await startSite(settings)];
  const ports = sites.map(({ origin }) => Number(new URL(origin).port));
  const proxy = await startProxy(ports, certifyLocalhost());
  const load = startLoad(proxy.origin);
  t.after(load.stop);

  await load.more(40);
  await sites[1]?.stop('SIGKILL'); // answers are on their way
  await load.more(40);
  await sites[2]?.stop('SIGTERM'); // and one leaves as it should
  await load.more(20);
  const { pages, posts, noted } = await load.stop();
  assert.deepEqual([Object.keys(pages), Object.keys(posts)], [['200'], ['303']]);

  const known = () => new Map(mailbox.mails.map(({ messageId, text }) => [messageId, text ?? '']));
  while (known().size < noted.length) await mailbox.received(mailbox.mails.length + 1);
  for (const name of noted) {
    const arrived = [...known().values()].filter((text) => text.includes(`« ${name} »`));
    assert.equal(arrived.length, 1, name); // one request, though two servers may have seen the form
  }
  await sites[0]?.stop();
  await proxy.stop();
  await mailbox.close();
});
