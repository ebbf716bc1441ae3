// A closed request in a mail tool that people use: notmuch opens it with GnuPG, and shows the true subject (RFC 9788).
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { idOf } from '../src/rappel/effects.fake.ts';
import { datesOf, messageOf } from '../src/rappel/message.fake.ts';
import { letterFor } from '../src/server/mail/mime.ts';
import { sealerFor } from '../src/server/mail/sealer.ts';
import { readTeamKeys } from '../src/server/mail/team-keys.ts';
import { temporaryFolder } from './support/folder.ts';
import { gpgKey, withoutGnupg } from './support/gnupg.ts';

const withoutNotmuch =
  spawnSync('notmuch', ['--version']).status === 0
    ? false
    : 'notmuch is not installed (Debian package: notmuch)';

/** notmuch over a folder with one mail, with the keys of a home. */
function openedByNotmuch(letter: Buffer, home: string): (...args: string[]) => string {
  const folder = temporaryFolder();
  for (const name of ['mail', 'mail/new', 'mail/cur', 'mail/tmp']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'mail/new/1.eml'), letter);
  const config = join(folder, 'notmuch.conf');
  writeFileSync(
    config,
    `[database]\npath=${folder}/mail\n[user]\nname=Equipe\nprimary_email=equipe@mail.example\n[index]\ndecrypt=true\n`,
  );
  const env = { PATH: process.env.PATH, HOME: folder, GNUPGHOME: home, NOTMUCH_CONFIG: config };
  const run = (...args: string[]) => execFileSync('notmuch', args, { env, encoding: 'utf8', stdio: 'pipe' });
  run('new', '--quiet');
  return run;
}

test('a mail tool shows the true subject of a closed mail, finds it by it, and reads its text', {
  skip: withoutGnupg || withoutNotmuch,
}, async () => {
  const { home, publicKey } = gpgKey('future-default');
  const addresses = { from: 'site@mail.example', to: 'equipe@mail.example' };
  const team = await readTeamKeys(publicKey, Date.now);
  const sealer = sealerFor({ secret: 'the secret of a test', team, addressesOf: () => addresses });
  const message = messageOf({}, { replaces: { id: idOf(7), dates: datesOf(['lun-midi']) } });
  const envelope = { id: idOf(1), receivedAt: Date.parse('2026-11-23T08:05:00Z') };
  const content = await sealer.contentOf({ ...envelope, sealed: await sealer.seal(message, envelope) });
  const letter = await letterFor(content, envelope, addresses);
  assert.match(String(letter), /^Subject: abricot-lampe 01\r$/m);

  const notmuch = openedByNotmuch(letter, home);
  const [found] = JSON.parse(notmuch('search', '--format=json', 'subject:REMPLACE'));
  assert.equal(found.subject, message.subject);
  const shown = notmuch('show', '--format=json', '--decrypt=true', '*');
  assert.ok(shown.includes(JSON.stringify(message.text).slice(1, -1)));
  assert.ok(shown.includes('creneaux.ics') && shown.includes('creneaux-annules.ics'));

  const stranger = openedByNotmuch(letter, temporaryFolder());
  assert.deepEqual(JSON.parse(stranger('search', '--format=json', 'subject:REMPLACE')), []);
  assert.equal(JSON.parse(stranger('search', '--format=json', '*'))[0].subject, 'abricot-lampe 01');
});
