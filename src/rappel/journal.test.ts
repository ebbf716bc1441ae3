import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, type Journal } from './journal.ts';

test('an error is reduced to its codes', () => {
  assert.equal(codeOf(Object.assign(new Error('disk'), { code: 'ERR_SQLITE_ERROR' })), 'ERR_SQLITE_ERROR');
  assert.equal(codeOf({ code: 'EENVELOPE', responseCode: 550 }), 'EENVELOPE 550');
  const expired = { code: 'ESOCKET', originalCode: 'CERT_HAS_EXPIRED' };
  assert.equal(codeOf(expired), 'ESOCKET CERT_HAS_EXPIRED');
  assert.equal(codeOf({ code: 'ETIMEDOUT', originalCode: 'ETIMEDOUT' }), 'ETIMEDOUT');
});

test('words never pass for a code', () => {
  const words = [
    'Zoé',
    'zoe',
    'DE ZOE',
    'EFAIL\nZOE',
    'Z'.repeat(41),
    '',
    { toString: () => 'chez Zoé' },
    undefined,
  ];
  for (const code of words) assert.equal(codeOf({ code, message: 'Zoé' }), 'UNKNOWN', String(code));
});

test('whatever is thrown has a code', () => {
  for (const thrown of [undefined, null, 'Zoé', 12, new Error('Zoé')])
    assert.equal(codeOf(thrown), 'UNKNOWN');
});

test('an event that is not in the list does not compile, nor a detail that is not its own', () => {
  const written: unknown[] = [];
  const journal: Journal = (event, details) => written.push(event, details);
  journal('delivered', { id: 'f'.repeat(32), seconds: '0.4' });
  journal('outbox-opened', {});
  // @ts-expect-error: misspelt
  journal('deliverd', { id: 'f'.repeat(32), seconds: '0.4' });
  // @ts-expect-error: a detail is missing
  journal('delivered', { id: 'f'.repeat(32) });
  // @ts-expect-error: a word has no place
  journal('request-kept', { id: 'f'.repeat(32), prenom: 'Zoé' });
  assert.equal(written.length, 10);
});
