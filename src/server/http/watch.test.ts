import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import type { Site } from './site.ts';
import { metricsAnswer } from './watch.ts';

test('a stranger who asks for the metrics makes nothing work', async () => {
  const stranger = { socket: { remoteAddress: '192.0.2.7' }, headers: {} } as IncomingMessage;
  let looks = 0;
  const health = () => {
    looks += 1;
    return Promise.reject(new Error('looked'));
  };
  const application = {
    settings: { healthToken: 'a token long enough' },
    health,
  } as unknown as Site['application'];
  const failed = (status: number) => ({ status }) as ReturnType<Site['failed']>;
  const answer = await metricsAnswer(stranger, { application, failed } as Site);
  assert.equal(answer.status, 404);
  assert.equal(looks, 0);
});
