// What is closed for the team, opened with its key: the true header is inside (RFC 9788), the reference alone outside.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ParsedMail, simpleParser } from 'mailparser';
import { decrypt, generateKey, readMessage, readPrivateKey } from 'openpgp';
import { idOf } from '../../rappel/effects.fake.ts';
import { datesOf, everything, fromShortestToFullest, messageOf } from '../../rappel/message.fake.ts';
import type { Message } from '../../rappel/message.ts';
import { asExercise, asTest } from '../../rappel/message-example.ts';
import { boxFor, sealMessage } from '../../rappel/seal.ts';
import { letterFor } from './mime.ts';
import { protectedPart } from './protected.ts';
import { armourIn } from './sealed-frame.ts';
import { sealerFor } from './sealer.ts';
import { readTeamKeys } from './team-keys.ts';

const { publicKey, privateKey } = await generateKey({
  userIDs: [{ name: 'Equipe', email: 'equipe@mail.example' }],
  format: 'armored',
});
const team = await readTeamKeys(publicKey, Date.now);
const secret = 'the secret of a test';
const addresses = { from: 'site@mail.example', to: 'equipe@mail.example' };
const addressesOf = () => addresses;
const sealer = sealerFor({ secret, team, addressesOf });
const envelope = { id: idOf(1), receivedAt: Date.parse('2026-11-23T08:05:00Z') };

const replacing = messageOf(everything, { replaces: { id: idOf(7), dates: datesOf(['lun-midi']) } });

async function letterOf(sealed: Uint8Array, by = sealer): Promise<string> {
  return String(await letterFor(await by.contentOf({ ...envelope, sealed }), envelope, addresses));
}

/** What the owner of the key reads in an e-mail. */
async function opened(letter: string): Promise<{ source: string; mail: ParsedMail }> {
  const armour = /-----BEGIN PGP MESSAGE-----[\s\S]*-----END PGP MESSAGE-----/.exec(letter)?.[0] ?? '';
  const { data } = await decrypt({
    message: await readMessage({ armoredMessage: armour }),
    decryptionKeys: await readPrivateKey({ armoredKey: privateKey }),
  });
  const source = String(data);
  return { source, mail: await simpleParser(source) };
}

/** The fields of the first header in some text, unfolded. */
function fieldsIn(text: string): string[] {
  const [header = ''] = text.split(/\r?\n\r?\n/);
  return header.replace(/\r?\n[ \t]/g, ' ').split(/\r?\n/);
}

test('outside, a closed e-mail shows its reference and kind, and nothing that ties it to another', async () => {
  const letter = await letterOf(await sealer.seal(replacing, envelope));
  const { headers, subject } = await simpleParser(letter);
  assert.equal(subject, 'abricot-lampe 01');
  assert.equal(headers.get('x-un-premier-pas'), 'remplacement');
  for (const name of ['in-reply-to', 'references']) assert.ok(!headers.has(name), name);
  assert.doesNotMatch(letter, /REMPLACE|lun\.|abricot-lampe 07/);
});

test('inside stands the true header, and what was shown outside of each field (RFC 9788)', async () => {
  const letter = await letterOf(await sealer.seal(replacing, envelope));
  const { source, mail } = await opened(letter);
  assert.equal(mail.subject, replacing.subject);
  assert.equal(mail.inReplyTo, `<${idOf(7)}@mail.example>`);
  assert.deepEqual(mail.references, [
    '<demande-abricot-lampe-07@mail.example>',
    `<${idOf(7)}@mail.example>`,
    '<demande-abricot-lampe-01@mail.example>',
  ]);
  assert.equal(mail.text?.trimEnd(), replacing.text.trimEnd());
  const inside = fieldsIn(source);
  const type = inside.find((field) => /^content-type:/i.test(field)) ?? '';
  assert.match(type, /^Content-Type: multipart\/mixed; hp="?cipher"?; protected-headers="?v1"?; boundary=/);
  const shown = inside.flatMap((field) => /^hp-outer: (.*)$/i.exec(field)?.[1] ?? []);
  const outside = fieldsIn(letter).filter((field) => !/^(content-|mime-version)/i.test(field));
  assert.deepEqual(shown.sort(), outside.sort());
  for (const field of outside.filter((one) => !one.startsWith('Subject:')))
    assert.ok(inside.includes(field), field);
});

test('every line of what is closed ends as an e-mail does', async () => {
  const part = Buffer.from(await protectedPart(replacing, envelope, addresses)).toString('latin1');
  assert.deepEqual(part.match(/.*(?<!\r)\n|\r(?!\n)/g), null);
});

test('short or full, every closed message has one length, in the outbox and on its way', async () => {
  const lengths = await Promise.all(
    fromShortestToFullest().map(async (message) => {
      const sealed = await sealer.seal(message, envelope);
      const body = (await letterOf(sealed)).split('-----BEGIN PGP MESSAGE-----')[1] ?? '';
      return `${sealed.length} ${body.length}`;
    }),
  );
  assert.ok(lengths.length > 10);
  assert.equal(new Set(lengths).size, 1, [...new Set(lengths)].join());
});

test('what nobody must act on says so outside too', async () => {
  const outsideOf = async (message: Message) =>
    (await simpleParser(await letterOf(await sealer.seal(message, envelope)))).subject;
  assert.equal(await outsideOf(asTest(messageOf())), 'Essai technique');
  assert.equal(await outsideOf(asExercise(messageOf())), 'EXERCICE abricot-lampe 01');
});

test('a closed e-mail is the same, byte for byte, each time it is made', async () => {
  const sealed = await sealer.seal(replacing, envelope);
  assert.equal(await letterOf(sealed), await letterOf(sealed));
});

test('neither what is inside nor what is shown outside can be read in the outbox', async () => {
  const sealed = await sealer.seal(asTest(messageOf()), envelope);
  assert.doesNotMatch(Buffer.from(sealed).toString('latin1'), /subject|Essai|kind/);
  assert.ok(await sealer.isWhole(sealed));
  assert.ok(await team.opens(sealed));
});

test('a message that the first version closed, or another secret, leaves all the same, named by its id', async () => {
  const sealed = await sealer.seal(replacing, envelope);
  const bare = Buffer.from(armourIn(sealed) ?? '');
  for (const [kept, by] of [
    [bare, sealer],
    [sealed, sealerFor({ secret: 'another', team, addressesOf })],
  ] as const) {
    const letter = await letterOf(kept, by);
    const { subject, headers } = await simpleParser(letter);
    assert.deepEqual([subject, headers.get('x-un-premier-pas')], ['abricot-lampe 01', 'demande']);
    assert.equal((await opened(letter)).mail.subject, replacing.subject);
    assert.ok(await by.isWhole(kept));
  }
  const test = await sealer.contentOf({ ...envelope, isTest: true, sealed: bare });
  assert.deepEqual('outside' in test && test.outside, { kind: 'essai', subject: 'Essai technique' });
});

test('what was closed under the secret before the team had keys leaves closed for them, under its true header', async () => {
  const sealed = sealMessage(replacing, boxFor(secret, 'message'));
  const letter = await letterOf(sealed);
  assert.equal((await simpleParser(letter)).headers.get('x-un-premier-pas'), 'remplacement');
  assert.equal((await opened(letter)).mail.subject, replacing.subject);
});

test('a changed byte of what is closed is told, and never leaves as something else', async () => {
  const withoutKeys = sealerFor({ secret, team: undefined, addressesOf });
  const sealed = await withoutKeys.seal(replacing, envelope);
  const changed = sealed.map((byte, index) => (index === 20 ? byte ^ 1 : byte));
  await assert.rejects(withoutKeys.contentOf({ ...envelope, sealed: changed }), {
    name: 'UnreadableMessage',
  });
  assert.equal(await withoutKeys.isWhole(changed), false);
  const cut = (await sealer.seal(replacing, envelope)).subarray(0, -500);
  assert.equal(await sealer.isWhole(cut), false);
});
