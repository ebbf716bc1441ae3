import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureIn } from './bounce.ts';

const id = '0123456789abcdef'.repeat(2);

const status = (...recipients: string[]) =>
  ['Reporting-MTA: dns; mx.example.org', ...recipients].join('\r\n\r\n').concat('\r\n');
const failed = 'Final-Recipient: rfc822; equipe@example.org\r\nAction: failed\r\nStatus: 5.2.2 (full)';
const header = `Subject: Demande\r\nMessage-ID: <${id}@example.org>\r\n`;

test('a failure names its message by the header that came back, and its code', () => {
  assert.deepEqual(failureIn({ status: status(failed), header }), { id, sending: 'first', code: '5.2.2' });
});

test('one recipient of several that failed is a failure; a delay, an arrival, a relay are not', () => {
  const other = (action: string) =>
    `Final-Recipient: rfc822; a@example.org\r\nAction: ${action}\r\nStatus: 4.0.0`;
  assert.equal(failureIn({ status: status(other('expanded'), failed), header })?.code, '5.2.2');
  for (const action of ['delayed', 'delivered', 'relayed', 'expanded', 'failing', ''])
    assert.equal(failureIn({ status: status(other(action)), header }), undefined, action);
});

test('what was sent to the second mailbox is told apart, and its first header counts', () => {
  const resent = `Resent-To: seconde@example.org\r\nResent-Message-ID: <${id}.seconde@example.org>\r\n${header}`;
  assert.equal(failureIn({ status: status(failed), header: resent })?.sending, 'second');
});

test('without a header, the id that we gave to the server names it', () => {
  const named = (envelope: string) =>
    ['Reporting-MTA: dns; mx', `Original-Envelope-Id: ${envelope}`].join('\r\n').concat('\r\n\r\n', failed);
  assert.deepEqual(failureIn({ status: named(id), header: '' })?.id, id);
  assert.deepEqual(failureIn({ status: named(`${id}.seconde`), header: '' })?.sending, 'second');
});

test('a folded field is one, whatever its letters and ends of line; a body is no header', () => {
  const folded = `message-id:\n <${id}@example.org>\n\nMessage-ID: <${'f'.repeat(32)}@example.org>`;
  assert.equal(failureIn({ status: status(failed).replaceAll('\r', ''), header: folded })?.id, id);
  const inBody = `Subject: a\r\n\r\nMessage-ID: <${id}@example.org>`;
  assert.equal(failureIn({ status: status(failed), header: inBody }), undefined);
});

test('what names nothing of ours is nobody’s: another id, a longer one, a root, none', () => {
  for (const one of [
    '',
    'Message-ID: <a@b>',
    `Message-ID: <${id}0@a>`,
    'Message-ID: <demande-galet-sapin-54@a>',
  ])
    assert.equal(failureIn({ status: status(failed), header: one }), undefined, one);
});

test('a code that is none is said so: nothing of the server’s words is kept', () => {
  const strange = failed.replace('5.2.2 (full)', 'equipe@example.org');
  assert.equal(failureIn({ status: status(strange), header })?.code, 'UNKNOWN');
});
