import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { answerUnread } from './client-errors.ts';

test('a connection that the machine has no room to accept throws nothing', () => {
  const server = createServer();
  answerUnread(server, { failed: () => assert.fail('nobody to answer'), every: {} });
  const full = Object.assign(new Error('accept'), { code: 'ENFILE' });
  assert.ok(server.emit('error', full)); // node throws it when nobody listens
});
