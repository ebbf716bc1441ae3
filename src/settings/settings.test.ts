import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileNames, settingNames } from './environment.ts';
import { misspellingsIn } from './misspellings.ts';
import { SettingError } from './setting-error.ts';
import { readSettings } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'un-premier-pas-'));
process.chdir(folder); // where a setting that names a folder makes it
after(() => rmSync(folder, { recursive: true }));

const production = {
  NODE_ENV: 'production',
  DATA_DIR: folder,
  OUTBOX_SECRET: 'un secret assez long pour servir de secret',
  PUBLIC_ORIGIN: 'https://exemple.fr',
  SMTP_HOST: 'courriel.exemple.fr',
  MAIL_FROM: 'site@example.org',
  MAIL_TO: 'equipe@example.org',
};

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** What the person who runs the site reads; empty when nothing is refused. */
function refusal(change: Record<string, string>): string {
  try {
    readSettings({ ...production, ...change });
    return '';
  } catch (error) {
    if (error instanceof SettingError) return error.message;
    throw error;
  }
}

test('a file of a key or a secret that is empty is refused by its name, one that is not there in the folder of systemd is not', () => {
  const others = { OUTBOX_SECRET: '', DATABASE_URL: '' };
  for (const name of fileNames)
    for (const text of ['', ' \n'])
      assert.match(
        refusal({ ...others, [name]: file('vide', text) }),
        new RegExp(`^Réglage ${name} : fichier vide`, 'm'),
      );
  const there = { CREDENTIALS_DIRECTORY: folder };
  for (const name of fileNames) {
    const absent = join(folder, `absent-${name}`);
    const said = refusal({ ...there, [name]: absent });
    assert.equal(said, '', name);
    assert.match(refusal({ [name]: absent }), new RegExp(`^Réglage ${name} : fichier illisible`));
  }
  assert.match(
    refusal({ ...there, OUTBOX_SECRET: '', OUTBOX_SECRET_FILE: join(folder, 'absent') }),
    /^Réglage OUTBOX_SECRET : obligatoire en production\.$/,
  );
});

test('a secret comes from a file, and is not given twice', () => {
  const OUTBOX_SECRET_FILE = file('secret', `${production.OUTBOX_SECRET}\n`);
  const settings = readSettings({ ...production, OUTBOX_SECRET: '', OUTBOX_SECRET_FILE });
  assert.equal(settings.outboxSecret, production.OUTBOX_SECRET);
  assert.match(refusal({ OUTBOX_SECRET_FILE }), /^Réglage OUTBOX_SECRET : donné deux fois/);
});

test('a secret of too few different characters is refused, kindly', () => {
  for (const OUTBOX_SECRET of ['x'.repeat(40), 'ab'.repeat(20), '0123456'.repeat(8)])
    assert.match(refusal({ OUTBOX_SECRET }), /^Réglage OUTBOX_SECRET : .*openssl rand -hex 32\.$/);
  assert.equal(refusal({ OUTBOX_SECRET: '0123456789abcdef0123456789abcdef' }), '');
});

test('in production the public address is https, but for this very machine', () => {
  assert.match(refusal({ PUBLIC_ORIGIN: 'http://exemple.fr' }), /^Réglage PUBLIC_ORIGIN : https obligatoire/);
  for (const PUBLIC_ORIGIN of ['http://localhost:4321', 'http://127.0.0.1', 'http://site.localhost'])
    assert.equal(refusal({ PUBLIC_ORIGIN }), '', PUBLIC_ORIGIN);
  assert.equal(refusal({ PUBLIC_ORIGIN: 'http://exemple.fr', NODE_ENV: 'test' }), '');
});

test('we greet the mail server by a setting, else by the name of the site', () => {
  const name = (change: Record<string, string>) => {
    const { mail } = readSettings({ ...production, ...change });
    return 'host' in mail && mail.name;
  };
  assert.equal(name({}), 'exemple.fr');
  assert.equal(name({ SMTP_NAME: 'site.exemple.fr' }), 'site.exemple.fr');
  assert.equal(name({ PUBLIC_ORIGIN: 'http://127.0.0.1' }), '[127.0.0.1]');
  assert.equal(name({ PUBLIC_ORIGIN: 'http://[::1]' }), '[IPv6:::1]');
  assert.match(refusal({ SMTP_NAME: 'deux noms' }), /^Réglage SMTP_NAME : un nom de machine/);
});

test('whatever is written in a setting, it is refused in French or taken; all that are wrong are told at once', () => {
  for (const name of settingNames)
    for (const wrong of ['?', '-1', '1.5', '99999', 'Zoé']) {
      const said = refusal({ [name]: wrong });
      assert.doesNotMatch(
        said,
        /Invalid|expected|received|Too (small|big)|option|string|number/,
        `${name}: ${said}`,
      );
      assert.ok(!said.includes('Zoé'), said);
    }
  const said = refusal({ PORT: 'x', SMTP_PORT: 'x', MAIL_TO: 'x', RATE_PER_HOUR: 'x', NODE_ENV: 'prod' });
  assert.deepEqual(
    said.split('\n').map((line) => line.split(' ')[1]),
    ['NODE_ENV', 'PORT', 'SMTP_PORT', 'MAIL_TO', 'RATE_PER_HOUR'],
  );
});

test('a name written with a slip is told with the one that was meant; what is not ours is left alone', () => {
  for (const [written, meant] of [
    ['SMTP_HOTS', 'SMTP_HOST'],
    ['SMTP_HOS', 'SMTP_HOST'],
    ['SMTPP_HOST', 'SMTP_HOST'],
    ['SMTP_HOSTS', 'SMTP_HOST'],
    ['MAIL_TP', 'MAIL_TO'],
    ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
    ['OUTBOX_SECRET_FIEL', 'OUTBOX_SECRET_FILE'],
    ['DPO_CONTACTS', 'DPO_CONTACT'],
  ])
    assert.deepEqual(misspellingsIn({ [`${written}`]: 'x' }), [
      `${written} n’est pas un réglage : ${meant} ?`,
    ]);
  const others = ['PATH', 'HOME', 'HOSTNAME', 'LANG', 'NODE_OPTIONS', 'NODE_PATH', 'CREDENTIALS_DIRECTORY'];
  const names = [...others, 'XDG_DATA_DIRS', 'LISTEN_FDS', 'MALLOC_ARENA_MAX', 'HTTP_PROXY', ...settingNames];
  for (const name of names) assert.deepEqual(misspellingsIn({ [name]: 'x' }), [], name);
});

test('a mailbox is read with all that it needs, or not at all; half of it is refused by the name that is missing', () => {
  const whole = { IMAP_HOST: 'imap.exemple.fr', IMAP_USER: 'site', IMAP_PASS: 'secret' };
  assert.equal(refusal({ ...whole, MAIL_TO_SECOND: 'autre@example.net' }), '');
  for (const name of Object.keys(whole)) {
    assert.match(refusal({ ...whole, [name]: '' }), new RegExp(`^Réglage ${name} : va avec`));
    const tests = {
      ...Object.fromEntries(Object.entries(whole).map(([key, value]) => [`TEST_${key}`, value])),
    };
    assert.match(refusal({ ...tests, [`TEST_${name}`]: '' }), new RegExp(`^Réglage TEST_${name} : va avec`));
  }
  assert.match(refusal({ MAIL_TO_SECOND: 'autre@example.net' }), /^Réglage IMAP_HOST : obligatoire/);
  assert.match(
    refusal({ ...whole, MAIL_TO_SECOND: 'Equipe@example.org' }),
    /^Réglage MAIL_TO_SECOND : une autre/,
  );
  for (const BOUNCE_HOURS of ['1', '49', 'deux'])
    assert.match(
      refusal({ ...whole, BOUNCE_HOURS }),
      /^Réglage BOUNCE_HOURS : un nombre entier d’heures, de 2 à 48/,
    );
  const settings = readSettings({ ...production, ...whole });
  assert.deepEqual(settings.bounces?.imap, {
    host: 'imap.exemple.fr',
    port: 993,
    user: 'site',
    pass: 'secret',
  });
  assert.equal(readSettings(production).bounces, undefined);
  assert.equal(readSettings(production).testMailbox, undefined);
});
