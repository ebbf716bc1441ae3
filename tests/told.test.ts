// Somebody is told outside: the alert as a program, beside a real site.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openRefusingMailbox } from './outages/refusing-mailbox.ts';
import { runToEnd } from './support/command.ts';
import { temporaryFolder } from './support/folder.ts';
import { mailSettings, openMailbox } from './support/mailbox.ts';
import { startSite } from './support/site.ts';
import { keyFile } from './support/team-keys.ts';

/** The alert, once, with the settings of a test. */
const alert = (settings: NodeJS.ProcessEnv, ...words: string[]) =>
  runToEnd(['src/commands/alert.ts', ...words], settings);

const byMail = (port: number) => ({
  ALERT_BY: 'mail',
  ALERT_NAME: 'site.exemple.fr',
  ALERT_SMTP_HOST: '127.0.0.1',
  ALERT_SMTP_PORT: String(port),
  ALERT_FROM: 'alerte@example.org',
  ALERT_TO: 'astreinte@example.org',
  STATE_DIRECTORY: temporaryFolder(),
});

test('the password of the site is refused: one mail by another server says so, one that it is over, no word of anybody', async () => {
  const refusing = await openRefusingMailbox('login');
  const other = await openMailbox();
  const site = await startSite({
    ...mailSettings(refusing),
    SMTP_USER: 'site',
    SMTP_PASS: 'un mot de passe d’essai',
    PGP_PUBLIC_KEY_FILE: await keyFile(400),
  });
  const settings = { ...byMail(other.port), ALERT_SITE: site.origin };
  assert.deepEqual(await alert(settings), { code: 0, output: '', errors: '' });

  const form = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin', prenom: 'Tournesol' });
  await fetch(`${site.origin}/contact/envoi`, { method: 'POST', body: form, redirect: 'manual' });
  while (!/"delivery-failed"/.test(site.output())) await site.wrote();
  const { code, errors } = await alert(settings);
  assert.deepEqual([code, errors], [0, 'Alerte dite : degraded MAIL_REFUSED.\n']);
  await alert(settings);
  const [mail] = await other.received(1);
  assert.equal(mail?.subject, '[site.exemple.fr] à voir : MAIL_REFUSED');
  assert.deepEqual(
    [mail?.to].flat().map((to) => to?.text),
    ['astreinte@example.org'],
  );
  assert.equal(mail?.headers.get('auto-submitted'), 'auto-generated');
  assert.match(mail?.text ?? '', /^- MAIL_REFUSED : `un-premier-pas etat` dit le dernier refus/m);

  await site.stop();
  await alert(settings);
  const [, silence] = await other.received(2);
  assert.equal(silence?.subject, '[site.exemple.fr] le site ne répond pas : SITE_SILENT');
  assert.match(silence?.text ?? '', /^Raison : ECONNREFUSED$/m);
  assert.equal(other.mails.length, 2);
  const told = Buffer.concat(other.sources).toString();
  assert.doesNotMatch(told + errors, /Tournesol|0199|equipe@|site@example|mot de passe/);
  await refusing.close();
  await other.close();
});

test('a wrong setting of the alert is named and stops it, not the site; a wrong word does nothing', async () => {
  const STATE_DIRECTORY = join(temporaryFolder(), 'neuf');
  const wrong = { ...byMail(1), ALERT_TO: 'Zoé', STATE_DIRECTORY };
  const { code, errors } = await alert(wrong);
  assert.deepEqual([code, errors], [2, 'Réglage ALERT_TO : une seule adresse, sans nom.\n']);
  for (const word of ['--aide', '../main']) assert.equal((await alert(byMail(1), word)).code, 2);
  assert.equal(existsSync(STATE_DIRECTORY), false);
  const site = await startSite(wrong);
  assert.equal((await fetch(`${site.origin}/sante`)).status, 200);
  await site.stop();
});
