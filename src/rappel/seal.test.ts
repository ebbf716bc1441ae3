import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idOf } from './effects.fake.ts';
import { fromShortestToFullest } from './message.fake.ts';
import type { Message } from './message.ts';
import { messageIn } from './message-earlier.ts';
import { type Box, boxFor, digestFor, openMessage, sealMessage } from './seal.ts';

const box = boxFor('a secret', 'message');
const message: Message = {
  kind: 'demande',
  subject: 'Demande abricot-lampe 01',
  reference: 'abricot-lampe 01',
  thread: ['demande-abricot-lampe-01'],
  text: 'Zoé, 01 99 00 12 34, hirondelle',
  calendars: [{ method: 'PUBLISH', file: 'BEGIN:VCALENDAR' }],
};

/** A box that closes nothing, to prove that a search finds what is there. */
const glass: Box = { close: (clear) => clear, open: (closed) => closed };

/** Every way in which a word could be read: as it is, in hexadecimal, in base64 from each of its three alignments. */
function writingsOf(word: string): string[] {
  const bytes = Buffer.from(word);
  const base64 = [0, 1, 2].map((skipped) => {
    const whole = bytes.subarray(skipped);
    return whole.subarray(0, whole.length - (whole.length % 3)).toString('base64');
  });
  return [word, bytes.toString('hex'), bytes.toString('hex').toUpperCase(), ...base64];
}

function isReadable(word: string, sealed: Uint8Array): boolean {
  const shown = ['latin1', 'utf8', 'hex', 'base64'] as const;
  const views = shown.map((encoding) => Buffer.from(sealed).toString(encoding));
  return writingsOf(word).some((writing) => views.some((view) => view.includes(writing)));
}

test('what was sealed opens to the same message', () => {
  assert.deepEqual(openMessage(sealMessage(message, box), box), message);
});

test('nobody else opens it: another secret and another purpose both fail', () => {
  const sealed = sealMessage(message, box);
  assert.throws(() => openMessage(sealed, boxFor('another secret', 'message')));
  assert.throws(() => openMessage(sealed, boxFor('a secret', 'token')));
});

test('one changed bit anywhere, or one missing byte, and it does not open', () => {
  const sealed = box.close(Buffer.from('a short text'));
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = sealed.map((byte, index) => (index === at ? byte ^ 1 : byte));
    assert.throws(() => box.open(changed), `byte ${at}`);
  }
  for (const cut of [
    sealed.subarray(1),
    sealed.subarray(0, -1),
    sealed.subarray(0, 12),
    sealed.subarray(0, 0),
  ])
    assert.throws(() => box.open(cut));
});

test('no word of a message can be read in its sealed bytes', () => {
  for (const word of ['hirondelle', '01 99 00', 'VCALENDAR']) {
    assert.ok(isReadable(word, sealMessage(message, glass)), `${word} is found when nothing is closed`);
    assert.ok(!isReadable(word, sealMessage(message, box)), word);
  }
});

test('the same message sealed twice gives different bytes', () => {
  assert.notDeepEqual(sealMessage(message, box), sealMessage(message, box));
});

test('the shortest request, the fullest replacement and a cancellation have one length', () => {
  for (const one of fromShortestToFullest()) assert.equal(sealMessage(one, box).length, 12_288 + 28); // a nonce of 12 bytes, a tag of 16
});

test('a message that the first version kept leaves as one of today, with a subject of its own', () => {
  const kept = (earlier: object, isTest?: true) => {
    const sealed = box.close(Buffer.from(JSON.stringify(earlier)));
    return messageIn(openMessage(sealed, box), { id: idOf(1), receivedAt: 0, isTest });
  };
  const text = 'INTERDITS\n- SMS : NON\n';
  assert.deepEqual(kept({ text, calendar: 'BEGIN:VCALENDAR' }), {
    ...message,
    text,
    calendars: [{ method: 'PUBLISH', file: 'BEGIN:VCALENDAR' }],
  });
  const subjectOf = (words: string, isTest?: true) => kept({ text: words }, isTest).subject;
  assert.equal(subjectOf('ANNULATION réf. galet-sapin 54\n\nNE PLUS APPELER'), 'ANNULÉE galet-sapin 54');
  assert.equal(subjectOf(`${text}\nANNULATION réf. galet-sapin 54\n`), 'Demande abricot-lampe 01');
  assert.equal(subjectOf('ESSAI TECHNIQUE', true), 'Essai technique');
  assert.deepEqual(messageIn(message, { id: idOf(2), receivedAt: 0 }), message);
});

test('a fingerprint recognises a text and depends on its secret and purpose', () => {
  const digest = digestFor('a secret', 'digest');
  assert.equal(digest('Zoé'), digestFor('a secret', 'digest')('Zoé'));
  assert.match(digest('Zoé'), /^[0-9a-f]{64}$/);
  const others = [
    digest('Zoe'),
    digestFor('another', 'digest')('Zoé'),
    digestFor('a secret', 'token')('Zoé'),
  ];
  assert.equal(new Set([digest('Zoé'), ...others]).size, 4);
});
