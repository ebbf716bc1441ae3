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

const slips = [
  ['SMTP_HOTS', 'SMTP_HOST'],
  ['SMTP_HOS', 'SMTP_HOST'],
  ['SMTPP_HOST', 'SMTP_HOST'],
  ['SMTP_HOSTS', 'SMTP_HOST'],
  ['smtp_host', 'SMTP_HOST'],
  ['MAIL_TP', 'MAIL_TO'],
  ['HCAPTCHA_SITE_KEY', 'HCAPTCHA_SITEKEY'],
  ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
  ['OUTBOX_SECRET_FIEL', 'OUTBOX_SECRET_FILE'],
  ['DPO_CONTACTS', 'DPO_CONTACT'],
] as const;

test('a name written with a slip is told with the one that was meant', () => {
  for (const [written, meant] of slips)
    assert.deepEqual(misspellingsIn({ [written]: 'x' }), [`${written} : voulez-vous dire ${meant} ?`]);
});

// What Debian, systemd, npm, a shell, a container and a continuous integration put in an environment.
const ordinary =
  `BASH_ENV CI COLORTERM CONTAINER_ID CREDENTIALS_DIRECTORY DATABASE DBUS_SESSION_BUS_ADDRESS DEBUG DISPLAY EDITOR
  FRAME GIT_DIR GITHUB_ENV HISTFILE HOME HOSTNAME HOST_IP HTTPS_PROXY HTTP_PROXY INIT_CWD INVOCATION_ID JOURNAL_STREAM LANG LC_ALL
  LISTEN_FDNAMES LISTEN_FDS LISTEN_PID LOGNAME LS_COLORS MAIL MAILCHECK MAILTO MAINPID MALLOC_ARENA_MAX MEMORY_PRESSURE_WATCH NODE
  NODE_COMPILE_CACHE NODE_EXTRA_CA_CERTS NODE_OPTIONS NODE_PATH NODE_USE_SYSTEM_CA NOTIFY_SOCKET NO_COLOR NO_PROXY OLDPWD OUTBOX
  PATH PGDATABASE PGHOST PGPASSFILE PGUSER PUBLIC_URL PWD RUNTIME_DIRECTORY SHELL SHLVL SMTP_PORT_25_TCP SMTP_SERVICE_HOST
  SSH_CLIENT STATE_DIRECTORY SUDO_USER SYSTEMD_EXEC_PID TERM TEST_WORKER_INDEX TMPDIR TZ USER XDG_DATA_DIRS XDG_DATA_HOME
  XDG_RUNTIME_DIR all_proxy http_proxy https_proxy no_proxy npm_config_user_agent npm_lifecycle_event npm_node_execpath
  npm_package_version _`.split(/\s+/);

test('what is not ours is left alone: no variable of an ordinary machine is taken for a setting', () => {
  for (const name of [...ordinary, ...settingNames, ...fileNames])
    assert.deepEqual(misspellingsIn({ [name]: 'x' }), [], name);
  for (const name of ordinary) assert.equal(refusal({ [name]: 'x', LISTEN_PID: '1' }), '', name);
});

test('production refuses a misspelt name whose setting nobody gave; elsewhere, given as well or of the build, it is only told', () => {
  const SMTP_HOTS = 'courriel.exemple.fr';
  assert.equal(
    refusal({ SMTP_HOST: '', SMTP_HOTS }),
    'Réglage SMTP_HOST : obligatoire en production : les demandes partent par courriel.\nRéglage SMTP_HOTS : voulez-vous dire SMTP_HOST ?',
  );
  assert.equal(refusal({ PGP_PUBLIC_KEY_FIEL: 'x' }).split('\n').length, 1);
  assert.match(refusal({ TRUSTED_PROXY: '127.0.0.1' }), /^Réglage TRUSTED_PROXY : .* TRUSTED_PROXIES \?$/);
  assert.equal(refusal({ TRUSTED_PROXY: '127.0.0.1', TRUSTED_PROXIES: '127.0.0.1' }), '');
  assert.equal(refusal({ TRUSTED_PROXY: '127.0.0.1', NODE_ENV: 'test' }), '');
  assert.equal(refusal({ DPO_CONTACTS: 'x' }), '');
});

test('every fault is told at once, whichever part of the settings finds it, and what follows from one is none of its own', () => {
  const vide = file('vide', '');
  const said = refusal({
    PORT: 'x',
    OUTBOX_SECRET: '',
    OUTBOX_SECRET_FILE: vide,
    DATABASE_URL: 'postgres://base.exemple.fr/demandes',
    PUBLIC_ORIGIN: 'http://exemple.fr',
    EXIT_URL: 'meteo',
    DATA_DIR: join(vide, 'dossier'),
    MAIL_FROM: '',
    MAIL_TO: 'x',
    SMTP_USER: 'site',
    SMTP_REQUIRE_TLS: 'false',
    TRUSTED_PROXIES: 'x',
    FRAME_ORIGINS: 'x',
    HCAPTCHA_SECRET: 'x',
    RATE_PER_HOURS: '50',
  });
  assert.deepEqual(
    said.split('\n').map((line) => line.split(' ')[1]),
    `OUTBOX_SECRET_FILE PORT MAIL_TO RATE_PER_HOURS PUBLIC_ORIGIN EXIT_URL DATA_DIR MAIL_FROM SMTP_PASS SMTP_REQUIRE_TLS
      TRUSTED_PROXIES FRAME_ORIGINS HCAPTCHA_SITEKEY`.split(/\s+/),
  );
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
