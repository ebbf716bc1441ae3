import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { networksIn } from '../../settings/networks.ts';
import { isBehindUnknownProxy, visitorOf } from './client-address.ts';

const from = (remoteAddress: string | undefined, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

const proxies = networksIn('127.0.0.1, 10.0.0.0/8, ::1, fd00::/8');

const visitors: [string, string | undefined, string | undefined, string][] = [
  ['a visitor without a proxy', '192.0.2.1', undefined, '192.0.2.1'],
  ['what a stranger says of itself', '192.0.2.1', '198.51.100.7', '192.0.2.1'],
  ['one proxy', '127.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['two proxies', '127.0.0.1', '198.51.100.7, 10.1.2.3', '198.51.100.7'],
  ['a forged beginning', '127.0.0.1', '203.0.113.5, 198.51.100.7, 10.1.2.3', '198.51.100.7'],
  ['a proxy that adds the port', '10.0.0.1', '198.51.100.7:52311', '198.51.100.7'],
  ['a proxy that says nothing', '127.0.0.1', undefined, '127.0.0.1'],
  ['a proxy that says nonsense', '127.0.0.1', '198.51.100.7, inconnu', '127.0.0.1'],
  ['IPv4 written as IPv6', '::ffff:192.0.2.1', undefined, '192.0.2.1'],
  ['one household in IPv6', '2001:db8:1:200::1', undefined, '20010db8000102'],
  ['another address of that household', '2001:db8:1:2ff:5::9', undefined, '20010db8000102'],
  ['a proxy in IPv6', 'fd00::1', '[2001:db8:1:300::1]:443', '20010db8000103'],
  ['a connection already gone', undefined, '198.51.100.7', ''],
];

for (const [what, peer, forwarded, place] of visitors)
  test(`${what}: counted as ${place || 'nobody'}`, () =>
    assert.equal(visitorOf(from(peer, forwarded), proxies), place));

test('a list of proxies that holds something else is refused', () => {
  for (const wrong of ['proxy.exemple.fr', '10.0.0.0/64', '10.0.0.1 10.0.0.2'])
    assert.throws(() => networksIn(wrong), wrong);
  assert.deepEqual(networksIn(''), []);
});

test('a proxy on the same network that nobody named is noticed; a stranger who claims to be one is not', () => {
  assert.equal(isBehindUnknownProxy(from('172.16.0.9', '198.51.100.7'), proxies), true);
  assert.equal(isBehindUnknownProxy(from('127.0.0.1', '198.51.100.7'), proxies), false);
  assert.equal(isBehindUnknownProxy(from('172.16.0.9'), proxies), false);
  assert.equal(isBehindUnknownProxy(from('192.0.2.1', '198.51.100.7'), proxies), false);
});
