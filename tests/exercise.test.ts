// `npm run boite -- exercice`: invented requests, from the outbox of a real site to a real mailbox that is not the team's.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ParsedMail } from 'mailparser';
import { openSqliteOutbox } from '../src/server/outbox/sqlite.ts';
import { boite } from './support/command.ts';
import { temporaryFolder } from './support/folder.ts';
import { mailSettings, openMailbox } from './support/mailbox.ts';
import { startSite } from './support/site.ts';

/** What a file of an outbox holds: how many wait, what it counted. */
async function heldIn(folder: string) {
  const effects = { journal: () => {}, checkRoom: () => {} };
  const outbox = openSqliteOutbox(join(folder, 'demandes.sqlite'), effects);
  const { count } = await outbox.waiting();
  const counted = await Promise.all([-1, 0].map((more) => outbox.report(new Date().getFullYear() + more)));
  await outbox.close();
  return { waiting: count, counted: counted.flat() };
}

const referenceIn = ({ subject = '' }: ParsedMail) => /\p{L}+-\p{L}+ \d\d/u.exec(subject)?.[0] ?? '';

test('an exercise goes the whole way to the mailbox for tests: seven mails on five requests, counted nowhere', async () => {
  const mailbox = await openMailbox();
  const settings = {
    ...mailSettings(mailbox),
    TEST_TO: 'astreinte@example.org',
    DATA_DIR: temporaryFolder(),
  };
  const site = await startSite({ ...settings, MORNING_TEST: 'false' });
  const { code, output, errors } = await boite(settings, 'exercice');
  assert.deepEqual([code, errors], [0, ''], output);
  assert.match(
    output,
    /^Accepté par le serveur de courriel en \d+\.\d s\.\n7 courriels EXERCICE, à lire avec docs\/equipe\.md :\n/,
  );
  const { mails } = mailbox;
  assert.equal(mails.length, 7);
  for (const mail of mails) {
    assert.deepEqual(
      [mail.to].flat().map((to) => to?.text),
      ['astreinte@example.org'],
    );
    assert.equal(mail.headers.get('x-un-premier-pas'), 'exercice');
    assert.match(mail.text ?? '', /^EXERCICE : NE PAS APPELER\n/);
  }
  const kinds = mails.map(({ subject = '' }) => subject.replace(/^EXERCICE (\p{L}+(?: TARD)?) .*$/u, '$1'));
  assert.deepEqual(kinds, ['Demande', 'Demande', 'Demande', 'ANNULÉE', 'Demande', 'REMPLACE', 'TROP TARD']);
  const [, other, toCancel, cancelled, toReplace, replaced, late] = mails as [
    ...[ParsedMail, ParsedMail, ParsedMail, ParsedMail, ParsedMail, ParsedMail, ParsedMail],
  ];
  assert.match(other.text ?? '', /tamoul/);
  assert.equal(referenceIn(cancelled), referenceIn(toCancel));
  assert.equal(cancelled.inReplyTo, toCancel.messageId);
  assert.equal(referenceIn(replaced), referenceIn(toReplace));
  assert.equal(replaced.inReplyTo, toReplace.messageId);
  assert.match(late.text ?? '', /\nNE PLUS APPELER\n/);
  const numbers = mails.flatMap(({ text = '' }) => text.match(/\+\d{11}/g) ?? []);
  assert.ok(
    numbers.length >= 6 && numbers.every((number) => /^\+33(19900|63998)\d{4}$/.test(number)),
    numbers.join(),
  );
  await site.stop();
  assert.deepEqual(await heldIn(settings.DATA_DIR), { waiting: 0, counted: [] });
  await mailbox.close();
});

test('without a mailbox of its own an exercise is refused, and nothing is kept', async () => {
  const DATA_DIR = temporaryFolder();
  for (const testTo of [{}, { TEST_TO: 'Equipe@example.org' }]) {
    const { code, output, errors } = await boite(
      { ...mailSettings({ port: 1 }), ...testTo, DATA_DIR },
      'exercice',
    );
    assert.deepEqual([code, output], [2, '']);
    assert.match(errors, /^Réglage TEST_TO : obligatoire pour un exercice, et autre que MAIL_TO/);
  }
  assert.deepEqual(await heldIn(DATA_DIR), { waiting: 0, counted: [] });
});
