import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { memoryOutbox } from '../../rappel/outbox.fake.ts';
import { BounceWatch } from './bounce-watch.ts';

test('a stop does not wait for a mailbox that says nothing', async () => {
  const server = createServer(() => {}); // no greeting, no TLS
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connected = once(server, 'connection');
  const { port } = server.address() as AddressInfo;
  const watch = new BounceWatch({
    imap: { host: '127.0.0.1', port, user: 'site', pass: 'secret' },
    hasSecond: false,
    outbox: memoryOutbox(),
    wake: () => {},
    now: Date.now,
    journal: () => assert.fail('a stop is no trouble'),
  });
  const [socket] = await connected;
  await watch.stop(); // the mailbox alone would be waited for ten seconds
  assert.equal(watch.isBlind(), false);
  socket.destroy();
  server.close();
});
