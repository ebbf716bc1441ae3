import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { answerUnread } from './client-errors.ts';

const page = Buffer.from('01 99 00 12 34\n');
const failed = (status: number) => ({
  status,
  body: { type: 'text/plain', identity: page, br: page, gzip: page },
});

/** A connection to a server whose headers end at 16 kB. */
async function connected(use: (socket: Socket) => Promise<void>): Promise<void> {
  const server = createServer({ maxHeaderSize: 16 * 1024 }).listen(0, '127.0.0.1');
  answerUnread(server, { failed, every: {} });
  await once(server, 'listening');
  const socket = connect({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    allowHalfOpen: true,
  });
  await use(socket);
  socket.destroy();
  server.close();
}

test('a connection that the machine has no room to accept throws nothing', () => {
  const server = createServer();
  answerUnread(server, { failed: () => assert.fail('nobody to answer'), every: {} });
  const full = Object.assign(new Error('accept'), { code: 'ENFILE' });
  assert.ok(server.emit('error', full)); // node throws it when nobody listens
});

test('whoever sends far too much before reading still reads the answer: the connection is not reset under it', () =>
  connected(async (socket) => {
    const sent = once(socket, 'close').catch(({ code }) => code);
    let answer = '';
    socket.write(`GET / HTTP/1.1\r\nX: ${'x'.repeat(4 * 1024 * 1024)}`, () => {
      socket.setEncoding('latin1').on('data', (chunk) => {
        answer += chunk;
      });
      socket.resume();
    });
    socket.pause();
    await Promise.race([sent, once(socket, 'end')]);
    assert.match(answer, /^HTTP\/1\.1 431 [\s\S]*01 99 00 12 34\n$/);
  }));

test('whoever goes on sending after that is cut off within seconds', () =>
  connected(async (socket) => {
    const isCut = new Promise((resolve) => socket.on('error', resolve)); // while it writes
    const goOn = () => socket.write('x'.repeat(64 * 1024), () => socket.destroyed || setImmediate(goOn));
    socket.write('GET / HTTP/1.1\r\nX: ', goOn);
    socket.resume();
    await isCut;
  }));
