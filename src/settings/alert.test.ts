import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../tests/support/folder.ts';
import { alertFileNames, alertNames, readAlertSettings } from './alert.ts';
import { misspellingsIn } from './misspellings.ts';
import { SettingError } from './setting-error.ts';

const byMail = {
  ALERT_BY: 'mail',
  ALERT_NAME: 'site.exemple.fr',
  ALERT_SMTP_HOST: 'autre.exemple.fr',
  ALERT_FROM: 'alerte@example.org',
  ALERT_TO: 'astreinte@example.org',
};

/** What is refused, a line each; empty when nothing is. */
function refusal(change: Record<string, string>): string[] {
  try {
    readAlertSettings({ ...byMail, ...change });
    return [];
  } catch (error) {
    if (error instanceof SettingError) return error.message.split('\n');
    throw error;
  }
}

test('each way is refused without what it needs, every line at once, by its name', () => {
  const empty = Object.fromEntries(Object.keys(byMail).map((name) => [name, '']));
  const missing = (change: Record<string, string>) =>
    refusal({ ...empty, ...change }).map((line) => /^Réglage (\w+) : .+\.$/.exec(line)?.[1]);
  assert.deepEqual(missing({}), ['ALERT_BY', 'ALERT_NAME']);
  assert.deepEqual(missing({ ALERT_BY: 'mail', ALERT_NAME: 'a' }), [
    'ALERT_SMTP_HOST',
    'ALERT_FROM',
    'ALERT_TO',
  ]);
  assert.deepEqual(missing({ ALERT_BY: 'commande', ALERT_NAME: 'a' }), ['ALERT_COMMAND']);
  for (const ALERT_BY of ['ntfy', 'webhook'])
    assert.deepEqual(missing({ ALERT_BY, ALERT_NAME: 'a' }), ['ALERT_URL']);
  assert.match(refusal({ ALERT_SMTP_USER: 'alerte' }).join(), /^Réglage ALERT_SMTP_PASS : va avec/);
});

test('whatever is written in one of them, it is refused in French or taken, and not repeated', () => {
  assert.deepEqual(refusal({}), []);
  for (const name of alertNames)
    for (const wrong of [
      '?',
      '-1',
      '99999',
      'Zoé\nBcc: x',
      '../programme',
      'http://ailleurs.example/s3cret',
    ]) {
      const said = refusal({ [name]: wrong }).join();
      assert.doesNotMatch(said, /Invalid|expected|received|Too (small|big)|option|string|number|Zoé|s3cret/);
    }
  for (const [name, wrong] of [
    ['ALERT_URL', 'http://ailleurs.example/'],
    ['ALERT_COMMAND', 'prevenir'],
    ['ALERT_NAME', 'Zoé\nBcc: x'],
    ['ALERT_SITE', 'ftp://site.example'],
  ] as [string, string][])
    assert.equal(refusal({ [name]: wrong }).length, 1, name);
});

test('a secret comes from a file; an empty one is refused, one that systemd does not have is not', () => {
  const folder = temporaryFolder();
  for (const fileName of alertFileNames) {
    writeFileSync(join(folder, fileName), '');
    assert.match(refusal({ [fileName]: join(folder, fileName) }).join(), /fichier vide/);
    assert.deepEqual(refusal({ [fileName]: join(folder, 'absent'), CREDENTIALS_DIRECTORY: folder }), []);
  }
  writeFileSync(join(folder, 'user'), 'alerte\n');
  writeFileSync(join(folder, 'pass'), 'mot de passe\n');
  const files = { ALERT_SMTP_USER_FILE: join(folder, 'user'), ALERT_SMTP_PASS_FILE: join(folder, 'pass') };
  const { way } = readAlertSettings({ ...byMail, ...files });
  assert.deepEqual(way.by === 'mail' && way.login, { user: 'alerte', pass: 'mot de passe' });
});

test('a name written with a slip is told with the one that was meant', () => {
  assert.deepEqual(misspellingsIn({ ALERT_TP: 'x' }), ['ALERT_TP : voulez-vous dire ALERT_TO ?']);
  for (const name of [...alertNames, ...alertFileNames])
    assert.deepEqual(misspellingsIn({ [name]: 'x' }), []);
});
