import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opening } from '../service/service.ts';
import { formOf, idOf } from './effects.fake.ts';
import { fields, slotsOf } from './fields.ts';
import { type Message, messageFor, type Stamp, tooLate } from './message.ts';
import { cancellationOf } from './message-cancellation.ts';
import { mostListed } from './outbox.ts';
import { parserFor } from './rappel.ts';
import { type Box, boxFor, digestFor, openMessage, sealMessage } from './seal.ts';
import { slotDatesFor } from './slots.ts';

const parseRappel = parserFor(opening);
const slotDates = slotDatesFor(opening);
const box = boxFor('a secret', 'message');
const message: Message = {
  kind: 'demande',
  subject: 'Demande abricot-lampe 01',
  reference: 'abricot-lampe 01',
  thread: ['demande-abricot-lampe-01'],
  text: 'Zoé, 01 99 00 12 34, hirondelle',
  calendars: [{ method: 'PUBLISH', file: 'BEGIN:VCALENDAR' }],
};
const mailbox = 'equipe@example.org';
const receivedAt = new Date(0);
const withdrawn = { id: idOf(1), receivedAt, dates: [] };

/** A box that closes nothing, to prove that a search finds what is there. */
const glass: Box = { close: (clear) => clear, open: (closed) => closed };

/** The e-mail of a form. */
function messageOf(answers: Record<string, string | string[]>, stamp: Partial<Stamp> = {}): Message {
  const parsed = parseRappel(formOf(answers));
  assert.ok(parsed.ok);
  const at = new Date('2026-12-23T12:00:00Z');
  const dates = slotDates(parsed.rappel.slots, at);
  return messageFor(parsed.rappel, dates, { id: idOf(1), receivedAt: at, mailbox, ...stamp });
}

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

test('the shortest request, the fullest one and a cancellation have one length', () => {
  const limits = Object.entries(fields).flatMap(([name, field]) =>
    'limit' in field ? [[name, '🌿'.repeat(field.limit)]] : [],
  );
  const slots = slotsOf(opening);
  const fullest = {
    ...Object.fromEntries(limits),
    ...{ tel: '06 39 98 12 34', tiers: 'autre', message: 'neutre', essais: '2' },
    quand: slots,
  };
  const mostSpans = { ...fullest, quand: slots.filter((slot) => !/^...-midi$/.test(slot)) };
  const others = Array(mostListed.others).fill(idOf(3));
  const stamp = { replaces: { id: idOf(2) }, others, isUnverified: true };
  const stampOfGiven = { ...stamp, given: Array(mostListed.given).fill(idOf(4)) };
  const all = [
    messageOf({}),
    messageOf(fullest, stamp),
    messageOf(mostSpans, stamp),
    tooLate(messageOf(fullest, stampOfGiven)),
    tooLate(messageOf(mostSpans, stampOfGiven)),
    cancellationOf(withdrawn, new Date(0), []),
    cancellationOf(withdrawn, new Date(0), others),
  ];
  for (const one of all) assert.equal(sealMessage(one, box).length, 8220); // 8 kB, a nonce of 12 bytes, a tag of 16
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
