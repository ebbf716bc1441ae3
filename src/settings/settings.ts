// Reads the environment once. What is wrong or missing stops the start and names itself.
import { join, resolve } from 'node:path';
import { madeFolder, secretIn } from './data-folder.ts';
import { type Environment, type Given, parseEnvironment, readText } from './environment.ts';
import { exitUrlFrom, isSafe } from './exit-url.ts';
import { type Smtp, smtpFrom } from './mail-server.ts';
import { type Bounces, bouncesFrom, type Imap, testMailboxFrom } from './mailboxes.ts';
import { lostIn } from './misspellings.ts';
import { type Network, networksIn } from './networks.ts';
import { readAll } from './read-all.ts';
import { refuse } from './setting-error.ts';

/** The keys of hCaptcha; `always`: every form is in doubt. */
export type CaptchaKeys = { sitekey: string; secret: string; always: boolean };

/** All that the environment says, of the right shape. */
export type Settings = {
  host: string;
  port: number;
  /** Whether systemd hands over its listening socket, as file 3: connections made during a restart wait in it. */
  isSocketHanded: boolean;
  /** Where to write the address that is listened on, for who waits for the start; undefined: nobody does. */
  addressFile: string | undefined;
  publicOrigin: string;
  exitUrl: string;
  dataDir: string;
  /** A PostgreSQL for several machines; undefined: a file in `dataDir`. */
  databaseUrl: string | undefined;
  outboxSecret: string;
  /** The team's public keys, armoured; undefined: requests are closed with `outboxSecret` only. */
  teamKeys: string | undefined;
  mail: Smtp | { folder: string };
  /** Where bounces are read; undefined: accepted by the mail server is all that is known. */
  bounces: Bounces | undefined;
  /** Where the test of the morning is looked for; undefined: nowhere. */
  testMailbox: Imap | undefined;
  /** Whether a test request leaves each opening day before nine. */
  morningTest: boolean;
  /** The proxies before us, whose word about a visitor's address is believed. */
  trustedProxies: Network[];
  /** How many forms one address may send in an hour. */
  ratePerHour: number;
  /** The partners whose pages may frame the callback form. */
  frameOrigins: string[];
  /** hCaptcha; undefined: off. */
  captcha: CaptchaKeys | undefined;
  /** Opens the details of `/sante` and `/metriques` to another machine. */
  healthToken: string | undefined;
};

/**
 * The settings of the process. Throws one `SettingError` that names each setting that is ill written, misspelt (`misspellings.ts`),
 * missing, or given without what it needs. Makes `DATA_DIR`, and outside production a secret kept in it.
 */
export function readSettings(environment: Environment): Settings {
  const { given, faults } = parseEnvironment(environment);
  const production = given.NODE_ENV === 'production';
  if (production) for (const [name, line] of lostIn(environment)) faults.set(name, line);
  const publicOrigin = given.PUBLIC_ORIGIN ?? `http://localhost:${given.PORT}`;
  const { smtp, ...read } = readAll(
    {
      isSocketHanded: () => isSocketHanded(environment),
      publicOrigin: () => bareOrigin(publicOrigin, production),
      exitUrl: () => exitUrlFrom(environment),
      dataDir: () => madeFolder(resolve(given.DATA_DIR)),
      databaseUrl: () => databaseFrom(given),
      teamKeys: () => given.PGP_PUBLIC_KEY_FILE && readText('PGP_PUBLIC_KEY_FILE', given.PGP_PUBLIC_KEY_FILE),
      smtp: () => smtpFrom(given, publicOrigin),
      bounces: () => bouncesFrom(given),
      testMailbox: () => testMailboxFrom(given),
      trustedProxies: () => proxiesIn(given.TRUSTED_PROXIES),
      frameOrigins: () => originsIn(given.FRAME_ORIGINS),
      captcha: () => captchaFrom(given),
    },
    faults,
  );
  return {
    ...read,
    host: given.HOST,
    port: given.PORT,
    addressFile: environment.RUNTIME_DIRECTORY && join(environment.RUNTIME_DIRECTORY, 'adresse'),
    outboxSecret: given.OUTBOX_SECRET ?? secretIn(read.dataDir),
    mail: smtp ?? { folder: madeFolder(join(read.dataDir, 'courriels')) },
    morningTest: given.MORNING_TEST ? given.MORNING_TEST === 'true' : production,
    ratePerHour: given.RATE_PER_HOUR,
    healthToken: given.HEALTH_TOKEN,
  };
}

function bareOrigin(written: string, production: boolean): string {
  const url = new URL(written);
  if (url.origin !== written) refuse('PUBLIC_ORIGIN', 'une origine seule, sans chemin ni / final');
  if (production && !isSafe(url))
    refuse('PUBLIC_ORIGIN', 'https obligatoire en production : sans lui, tout se lirait en chemin');
  return written;
}

function databaseFrom({ DATABASE_URL, OUTBOX_SECRET }: Given): string | undefined {
  if (DATABASE_URL && !OUTBOX_SECRET)
    refuse('OUTBOX_SECRET', 'obligatoire avec DATABASE_URL : les machines doivent avoir le même');
  return DATABASE_URL;
}

// Several would each need to be listened on; a second one has always been a first one that was not taken away.
function isSocketHanded({ LISTEN_PID, LISTEN_FDS }: Environment): boolean {
  if (LISTEN_PID !== String(process.pid)) return false; // handed to another process
  if (LISTEN_FDS !== '1')
    refuse(
      'ListenStream',
      `une seule prise, systemd en donne ${LISTEN_FDS} : une ligne « ListenStream= » vide d’abord`,
    );
  return true;
}

function proxiesIn(written: string): Network[] {
  try {
    return networksIn(written);
  } catch {
    return refuse('TRUSTED_PROXIES', 'des adresses IP ou des réseaux, séparés par des virgules');
  }
}

function originsIn(written: string): string[] {
  const origins = written.split(/[\s,]+/).filter(Boolean);
  for (const origin of origins) {
    const url = URL.parse(origin);
    if (url?.origin !== origin || !isSafe(url))
      refuse('FRAME_ORIGINS', 'des origines https seules, sans chemin, séparées par des virgules');
  }
  return origins;
}

function captchaFrom(given: Given): CaptchaKeys | undefined {
  const { HCAPTCHA_SITEKEY: sitekey, HCAPTCHA_SECRET: secret } = given;
  const always = given.HCAPTCHA_ALWAYS === 'true';
  if (sitekey && secret) return { sitekey, secret, always };
  if (sitekey) return refuse('HCAPTCHA_SECRET', 'va avec HCAPTCHA_SITEKEY');
  if (secret || always) return refuse('HCAPTCHA_SITEKEY', 'va avec HCAPTCHA_SECRET');
  return undefined;
}
