// The sample of settings knows every setting, no other, and can be used as it stands.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import { publisherNames, securityName } from '../../src/server/publisher.ts';
import { securityContact } from '../../src/server/security-file.ts';
import { readSettings, settingNames } from '../../src/server/settings.ts';
import { temporaryFolder } from '../site.ts';

const file = new URL('../../deploy/env.exemple', import.meta.url).pathname;

const sample = readFileSync(file, 'utf8');

const ours = {
  NODE_ENV: 'production',
  DATA_DIR: temporaryFolder(),
  OUTBOX_SECRET: 'un secret pour essayer, assez long',
};

test('the sample has every setting once, with a comment, and no other', () => {
  const built = [...Object.values(publisherNames), securityName].map(({ setting }) => setting);
  const names = [...sample.matchAll(/^#?([A-Z_]+)=".+"$/gm)].map((found) => found[1]);
  assert.deepEqual(names.toSorted(), [...settingNames, ...built].toSorted());
});

test('the site starts with the sample, and with every line of it lit', () => {
  const given = parseEnv(sample);
  const settings = readSettings({ ...given, ...ours });
  assert.equal(settings.publicOrigin, given.PUBLIC_ORIGIN);
  assert.equal(settings.databaseUrl, undefined);
  assert.equal(securityContact(given), given.SECURITY_CONTACT);
  const all = parseEnv(sample.replaceAll(/^#(?=[A-Z_]+=)/gm, ''));
  const whole = readSettings({ ...all, DATA_DIR: ours.DATA_DIR, PGP_PUBLIC_KEY_FILE: file });
  assert.equal(whole.captcha?.sitekey, all.HCAPTCHA_SITEKEY);
  assert.equal(whole.databaseUrl, all.DATABASE_URL);
});

test('a shell reads what systemd reads', () => {
  const read = execFileSync('sh', ['-c', `set -a; . "${file}"; env`], { env: {}, encoding: 'utf8' });
  for (const [name, value] of Object.entries(parseEnv(sample)))
    assert.ok(read.includes(`${name}=${value}\n`), name);
});
