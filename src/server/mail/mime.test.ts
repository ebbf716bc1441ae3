// The e-mail as a mail tool reads it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import ICAL from 'ical.js';
import { type ParsedMail, simpleParser } from 'mailparser';
import { idOf } from '../../rappel/effects.fake.ts';
import { datesOf, messageOf } from '../../rappel/message.fake.ts';
import { type Message, tooLate } from '../../rappel/message.ts';
import { cancellationByReference, cancellationOf } from '../../rappel/message-cancellation.ts';
import { letterFor } from './mime.ts';

const addresses = { from: 'site@mail.example', to: 'equipe@mail.example' };
const at = new Date('2026-11-23T08:05:00Z');

async function sent(message: Message, id = idOf(1)): Promise<{ source: string; mail: ParsedMail }> {
  const letter = await letterFor({ message }, { id, receivedAt: at.getTime() }, addresses);
  return { source: String(letter), mail: await simpleParser(letter) };
}

/** The ids that a header names. */
const idsIn = (named: string | string[] | undefined) => [named ?? []].flat();

test('the type of each calendar and the file itself name the same method, under a name of its own', async () => {
  const message = messageOf({}, { replaces: { id: idOf(7), dates: datesOf(['lun-midi']) } });
  const { source, mail } = await sent(message);
  const types = [...source.matchAll(/^Content-Type: text\/calendar;(?:[^\r]|\r\n )*method=(\w+)/gm)];
  const methods = types.map(([, method]) => method);
  assert.deepEqual(methods, ['CANCEL', 'PUBLISH']);
  assert.deepEqual(
    mail.attachments.map(({ content }) =>
      new ICAL.Component(ICAL.parse(String(content))).getFirstPropertyValue('method'),
    ),
    methods,
  );
  assert.deepEqual(
    mail.attachments.map(({ filename }) => filename),
    ['creneaux-annules.ics', 'creneaux.ics'],
  );
});

test('the subject comes whole, accents and dashes included, and the kind is for a rule of the mailbox', async () => {
  const cancelled = cancellationOf({ id: idOf(1), receivedAt: at, dates: [] }, at, []);
  for (const message of [messageOf(), cancelled, tooLate(messageOf())]) {
    const { source, mail } = await sent(message);
    assert.equal(mail.subject, message.subject);
    assert.equal(mail.headers.get('x-un-premier-pas'), message.kind);
    assert.doesNotMatch(source, /[^\r\n -~]/);
  }
});

test('a request answers nothing; what concerns it answers its mail, and shares its root', async () => {
  const request = (await sent(messageOf())).mail;
  assert.equal(request.messageId, `<${idOf(1)}@mail.example>`);
  assert.equal(request.inReplyTo, undefined);
  assert.deepEqual(idsIn(request.references), ['<demande-abricot-lampe-01@mail.example>']);

  const withdrawn = { id: idOf(1), receivedAt: at, dates: [] };
  const replacing = messageOf({}, { id: idOf(2), replaces: { id: idOf(1) } });
  for (const [message, root] of [
    [cancellationOf(withdrawn, at, []), []],
    [replacing, ['<demande-abricot-lampe-02@mail.example>']],
    [tooLate(replacing), ['<demande-abricot-lampe-02@mail.example>']],
  ] as const) {
    const { mail } = await sent(message, idOf(9));
    assert.equal(mail.inReplyTo, request.messageId);
    assert.deepEqual(idsIn(mail.references), [...idsIn(request.references), request.messageId, ...root]);
  }

  const { mail } = await sent(cancellationByReference('abricot-lampe 01', '34', at), idOf(9));
  assert.equal(mail.inReplyTo, undefined);
  assert.deepEqual(idsIn(mail.references), idsIn(request.references));
});

test('an e-mail is the same, byte for byte, each time it is made', async () => {
  const message = messageOf({}, { replaces: { id: idOf(7), dates: datesOf(['lun-midi']) } });
  assert.equal((await sent(message)).source, (await sent(message)).source);
});

test('no tool answers by itself, and a mail server that refuses may still say so', async () => {
  const { source } = await sent(messageOf({}));
  assert.match(source, /^Auto-Submitted: auto-generated\r$/m);
  const [, suppressed = ''] = /^X-Auto-Response-Suppress: (.*)\r$/m.exec(source) ?? [];
  const kinds = suppressed.split(', ');
  assert.ok(kinds.includes('OOF') && kinds.includes('AutoReply'), suppressed);
  assert.ok(!kinds.includes('NDR') && !kinds.includes('All'), suppressed);
});
