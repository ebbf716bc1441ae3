// The sample and the page of settings know every setting, no other; the sample can be used as it stands, and the guide puts it
// and the secrets in place.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import { fileNames, settingNames } from '../../src/settings/environment.ts';
import { missingNames, publisherNames, securityName } from '../../src/settings/publisher.ts';
import { securityContact } from '../../src/settings/security-contact.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { temporaryFolder } from '../support/folder.ts';
import { fromGuide } from '../support/guide.ts';

const root = new URL('../..', import.meta.url).pathname;

const file = join(root, 'deploy/env.exemple');

const sample = readFileSync(file, 'utf8');

const guide = readFileSync(join(root, 'docs/installer.md'), 'utf8');

const page = readFileSync(join(root, 'docs/reglages.md'), 'utf8');

const ours = {
  NODE_ENV: 'production',
  DATA_DIR: temporaryFolder(),
  OUTBOX_SECRET: 'un secret pour essayer, assez long',
};

const built = [...Object.values(publisherNames), securityName].map(({ setting }) => setting);

// The three tables of the page: needed in production, optional, frozen at build.
const [needed = [], optional = [], frozen = []] = page
  .split(/^## /m)
  .slice(1)
  .map((part) => [...part.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, name = '']) => name));

test('the page of settings has every setting in one of its tables, and no other', () => {
  assert.deepEqual([...needed, ...optional, ...frozen].toSorted(), [...settingNames, ...built].toSorted());
  assert.deepEqual(frozen.toSorted(), ['EXIT_URL', ...built].toSorted());
});

test('with what the page says is needed, a production starts; without one of them, it says which', () => {
  const whole = { ...parseEnv(sample), ...ours };
  const enough = Object.fromEntries(Object.entries(whole).filter(([name]) => needed.includes(name)));
  readSettings({ ...enough, DATA_DIR: ours.DATA_DIR });
  for (const name of needed.filter((one) => one !== 'NODE_ENV'))
    assert.throws(() => readSettings({ ...enough, DATA_DIR: ours.DATA_DIR, [name]: undefined }), {
      message: new RegExp(`^Réglage ${name} : obligatoire`),
    });
});

test('the page names each secret that may come as a file, and no other', () => {
  const [, list = ''] =
    /^## Les secrets, dans des fichiers\n\n([\s\S]+?) peuvent venir d'un fichier/m.exec(page) ?? [];
  const secrets = [...list.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => `${name}_FILE`);
  assert.deepEqual([...secrets, 'PGP_PUBLIC_KEY_FILE'].toSorted(), fileNames.toSorted());
});

test('the sample has every setting once, with a comment, and no other', () => {
  const names = [...sample.matchAll(/^#?([A-Z_]+)=".+"$/gm)].map((found) => found[1]);
  assert.deepEqual(names.toSorted(), [...settingNames, ...built].toSorted());
});

test('the site starts with the sample, and with every line of it uncommented', () => {
  const given = parseEnv(sample);
  const settings = readSettings({ ...given, ...ours });
  assert.equal(settings.publicOrigin, given.PUBLIC_ORIGIN);
  assert.equal(settings.databaseUrl, undefined);
  assert.equal(securityContact(given), given.SECURITY_CONTACT);
  const all = parseEnv(sample.replaceAll(/^#(?=[A-Z_]+=)/gm, ''));
  const whole = readSettings({ ...all, DATA_DIR: ours.DATA_DIR, PGP_PUBLIC_KEY_FILE: file });
  assert.equal(whole.captcha?.sitekey, all.HCAPTCHA_SITEKEY);
  assert.equal(whole.databaseUrl, all.DATABASE_URL);
  assert.equal(securityContact(all), all.SECURITY_CONTACT);
});

test('of what visitors read of who publishes the site, the sample answers nothing: each is told as missing', () => {
  assert.deepEqual(missingNames(parseEnv(sample)), missingNames({}));
  assert.equal(securityContact(parseEnv(sample)), undefined);
});

test('a shell reads what systemd reads', () => {
  const read = execFileSync('sh', ['-c', `set -a; . "${file}"; env`], { env: {}, encoding: 'utf8' });
  for (const [name, value] of Object.entries(parseEnv(sample)))
    assert.ok(read.includes(`${name}=${value}\n`), name);
});

test('the guide names each secret that the unit reads, and no other', () => {
  const unit = readFileSync(join(root, 'deploy/un-premier-pas.service'), 'utf8');
  const read = [...unit.matchAll(/%d\/secrets_(\S+)/g)].map(([, name]) => name);
  const [, list = ''] = /pour chaque secret qu'il y a : ([\s\S]+?)\. Pas de fichier/.exec(guide) ?? [];
  assert.deepEqual([...list.matchAll(/`([^`]+)`/g)].map(([, name]) => name).sort(), read.sort());
});

test('the guide makes the secret that must be drawn, for root alone, no empty file, and keeps what is there', () => {
  const etc = join(temporaryFolder(), 'etc');
  assert.equal(followGuide(etc, root), 0);
  assert.deepEqual(readdirSync(join(etc, 'secrets')), ['outbox-secret']);
  assert.equal(statSync(join(etc, 'secrets/outbox-secret')).mode & 0o777, 0o600);
  assert.equal(statSync(join(etc, 'secrets')).mode & 0o777, 0o700);
  const secret = readFileSync(join(etc, 'secrets/outbox-secret'), 'utf8');
  assert.match(secret, /^[0-9a-f]{64}\n$/);
  appendFileSync(join(etc, 'reglages.env'), 'RATE_PER_HOUR=200\n');
  assert.equal(followGuide(etc, root), 0);
  assert.equal(readFileSync(join(etc, 'secrets/outbox-secret'), 'utf8'), secret);
  assert.equal(readFileSync(join(etc, 'reglages.env'), 'utf8'), `${sample}RATE_PER_HOUR=200\n`);
});

test('where the guide cannot be followed, it stops at once and leaves the folder of whoever tried as it was', () => {
  const home = temporaryFolder();
  assert.notEqual(followGuide('/dev/null/etc', home), 0);
  assert.deepEqual(readdirSync(home), []);
  assert.equal(statSync(home).mode & 0o777, 0o700);
});

// Its commands as they are written, at another place than /etc, as who runs this.
function followGuide(etc: string, folder: string): number | null {
  const commands = fromGuide("sudo sh -ec '").replace('sudo ', '');
  const words = ['-c', commands.replaceAll('/etc/un-premier-pas', etc)];
  return spawnSync('sh', words, { cwd: folder, stdio: 'ignore' }).status;
}
