// The e-mail as a mail tool reads it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import { formOf, idOf } from '../../rappel/effects.fake.ts';
import { messageFor } from '../../rappel/message.ts';
import { parserFor } from '../../rappel/rappel.ts';
import { slotDatesFor } from '../../rappel/slots.ts';
import { opening } from '../../service/service.ts';
import { letterFor } from './mime.ts';

test('the type of the calendar and the file itself name the same method', async () => {
  const parsed = parserFor(opening)(formOf());
  assert.ok(parsed.ok);
  const [id, receivedAt] = [idOf(1), new Date('2026-11-23T08:05:00Z')];
  const message = messageFor(parsed.rappel, slotDatesFor(opening)(parsed.rappel.slots, receivedAt), {
    id,
    receivedAt,
    mailbox: 'equipe@mail.example',
  });
  const outgoing = { id, receivedAt: receivedAt.getTime(), sealed: new Uint8Array() };
  const letter = await letterFor({ message }, outgoing, {
    from: 'site@mail.example',
    to: 'equipe@mail.example',
  });
  const type = /^Content-Type: text\/calendar;(?:[^\r]|\r\n )*method=(\w+)/m.exec(String(letter));
  const [attached] = (await simpleParser(letter)).attachments;
  const file = new ICAL.Component(ICAL.parse(String(attached?.content)));
  assert.equal(file.getFirstPropertyValue('method'), type?.[1]);
  assert.equal(type?.[1], 'PUBLISH');
});
