import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { inboxOf, inTime } from './inbox.ts';

const imap = { host: 'imap.invalid', port: 993, user: 'site', pass: 'secret' };

test('a mailbox that says nothing is cut, and told by a code', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const inbox = inboxOf(imap);
  const work = inTime(inbox, () => new Promise(() => {}));
  mock.timers.tick(30_000);
  await assert.rejects(work, { code: 'ETIMEDOUT' });
  assert.equal(inbox.usable, false);
  mock.timers.reset();
});

test('what a server says stays out: a code alone, in capitals, or none', async () => {
  const told = async (error: object) => {
    const work = inTime(inboxOf(imap), () => Promise.reject(Object.assign(new Error('chez Zoé'), error)));
    return work.then(String, ({ code, message }) => `${code} ${message}`);
  };
  assert.match(await told({ authenticationFailed: true, code: 'NO' }), /^EAUTH /);
  assert.match(await told({ code: 'NoConnection' }), /^NOCONNECTION /);
  assert.match(await told({ code: 'chez Zoé' }), /^UNKNOWN /);
  assert.doesNotMatch(await told({ code: 'chez Zoé' }), /Zoé/);
});
