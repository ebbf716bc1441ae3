// The team's mailbox, with fifty mails of ours in it: a real Dovecot makes as many conversations as there are persons, and puts
// what cancels or replaces a request beside it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { generateKey } from 'openpgp';
import { datesOf, messageOf } from '../src/rappel/message.fake.ts';
import { type Message, tooLate } from '../src/rappel/message.ts';
import { cancellationByReference, cancellationOf } from '../src/rappel/message-cancellation.ts';
import { referenceOf } from '../src/rappel/reference.ts';
import { letterFor } from '../src/server/mail/mime.ts';
import { type Sealer, sealerFor } from '../src/server/mail/sealer.ts';
import { readTeamKeys } from '../src/server/mail/team-keys.ts';
import { askDovecot, withoutDovecot } from './support/dovecot.ts';
import { seeded } from './support/seeded-random.ts';

/** A mail of a person: what it says, and the id under which it was kept. */
type Mail = { person: number; id: string; message: Message };

const persons = 26;
const at = new Date('2026-11-23T08:05:00Z');
const addresses = { from: 'site@mail.example', to: 'equipe@mail.example' };

/** An id as chance would draw it: references of many words. */
const idFor = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 32);

/** What one person sends: a request, perhaps late; perhaps what replaces it, what cancels it, with or without its page. */
function mailsOf(person: number): Mail[] {
  const [first, second, third] = ['first', 'second', 'third'].map((one) => idFor(`${one} ${person}`));
  if (!first || !second || !third) return [];
  const withdrawn = (id: string) => ({ id, receivedAt: at, dates: datesOf(['mar-matin']) });
  const request = messageOf({}, { id: first });
  const mails = [{ id: first, message: person >= 20 && person < 24 ? tooLate(request) : request }];
  if (person < 8) mails.push({ id: second, message: messageOf({}, { id: second, replaces: { id: first } }) });
  if (person >= 4 && person < 8)
    mails.push({ id: third, message: cancellationOf(withdrawn(second), at, []) });
  if (person >= 8 && person < 12)
    mails.push({ id: third, message: cancellationOf(withdrawn(first), at, []) });
  if (person >= 14 && person < 20)
    mails.push({ id: third, message: cancellationByReference(referenceOf(first), '34', at) });
  if (person >= 24) mails.push({ id: third, message: cancellationOf(withdrawn(first), at, []) });
  return mails.map((mail) => ({ person, ...mail }));
}

const mails = Array.from({ length: persons }, (_, person) => mailsOf(person)).flat();
const isSealed = ({ person }: Mail) => person >= 24;

/** As bytes; those of the last two persons are closed for the team. */
async function letterOf(mail: Mail, sealer: Sealer): Promise<Buffer> {
  const envelope = { id: mail.id, receivedAt: at.getTime() };
  const content = isSealed(mail)
    ? await sealer.contentOf({ ...envelope, sealed: await sealer.seal(mail.message, envelope) })
    : { message: mail.message };
  return letterFor(content, envelope, addresses);
}

async function teamSealer(): Promise<Sealer> {
  const userIDs = [{ name: 'Equipe', email: addresses.to }];
  const { publicKey } = await generateKey({ userIDs, format: 'armored' });
  const team = await readTeamKeys(publicKey, Date.now);
  return sealerFor({ secret: 'the secret of a test', team, addressesOf: () => addresses });
}

/** Fifty mails in an order that chance draws, and the conversations that Dovecot makes of them: ids of mails. */
async function conversations(order: string, change = (letter: string) => letter): Promise<string[][]> {
  const sealer = await teamSealer();
  const random = seeded(20);
  const shuffled = mails.map((mail) => ({ mail, at: random() })).sort((a, b) => a.at - b.at);
  const letters = await Promise.all(shuffled.map(({ mail }) => letterOf(mail, sealer)));
  const answer = await askDovecot(
    letters.map((letter) => Buffer.from(change(String(letter)))),
    ['UID FETCH 1:* (BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])', `UID THREAD ${order} UTF-8 ALL`],
  );
  const ids = new Map(
    [...answer.matchAll(/UID (\d+) [^\r]*\r\nMessage-ID: <([0-9a-f]{32})@/gi)].map(([, uid, id]) => [
      uid,
      id ?? '',
    ]),
  );
  assert.equal(ids.size, mails.length);
  const [, threads = ''] = /^\* THREAD (.*)\r$/m.exec(answer) ?? [];
  return topOf(threads).map((thread) => (thread.match(/\d+/g) ?? []).map((uid) => ids.get(uid) ?? '').sort());
}

/** What stands between the outermost brackets. */
function topOf(threads: string): string[] {
  const found: string[] = [];
  let depth = 0;
  for (const sign of threads) {
    if (sign === '(' && depth++ === 0) found.push('');
    found[found.length - 1] += sign;
    if (sign === ')') depth -= 1;
  }
  return found;
}

test('by references, fifty mails are as many conversations as persons, each with all that concerns it', {
  skip: withoutDovecot,
}, async () => {
  assert.equal(mails.length, 50);
  const expected = Array.from({ length: persons }, (_, person) =>
    mails
      .filter((mail) => mail.person === person)
      .map(({ id }) => id)
      .sort(),
  );
  assert.deepEqual((await conversations('REFERENCES')).sort(), expected.sort());
});

test('by subject alone, no conversation holds two persons, and a closed cancellation is beside its request', {
  skip: withoutDovecot,
}, async () => {
  const personOf = (id: string) => mails.find((mail) => mail.id === id)?.person;
  const threads = await conversations('ORDEREDSUBJECT');
  for (const thread of threads) assert.equal(new Set(thread.map(personOf)).size, 1);
  for (const person of [24, 25])
    assert.equal(threads.filter((thread) => thread.some((id) => personOf(id) === person)).length, 1);
});

test('one subject for all would be one conversation of all: that is what this test can see', {
  skip: withoutDovecot,
}, async () => {
  const same = (letter: string) =>
    letter
      .replace(/^Subject: .*(\r\n .*)*/m, 'Subject: Nouvelle demande')
      .replace(/^(References|In-Reply-To): .*(\r\n .*)*\r\n/gm, '');
  assert.equal((await conversations('REFERENCES', same)).length, 1);
  assert.equal((await conversations('ORDEREDSUBJECT', same)).length, 1);
});
