// Reads the environment once. What is wrong or missing stops the start and names itself.

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { CaptchaKeys } from '../server/admission/captcha.ts';
import { type Network, networksIn } from '../server/admission/client-address.ts';

/** A setting that cannot be used; its message is for the person who runs the site. */
export class SettingError extends Error {
  override name = 'SettingError';
}

export type Settings = {
  host: string;
  port: number;
  /** Whether systemd hands over its listening socket, as file 3: what knocks during a restart waits in it. */
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

/** A mail server; `requireTls` refuses to speak in clear. */
export type Smtp = {
  host: string;
  port: number;
  login: { user: string; pass: string } | undefined;
  requireTls: boolean;
  /** How we greet it: strict servers refuse a name without a dot, or an address. */
  name: string;
  from: string;
  to: string;
  /** The mailbox for test requests. */
  testTo: string;
};

type Environment = Record<string, string | undefined>;

const port = (fallback: number) => {
  const error = 'un nombre de 0 à 65535';
  return z.coerce.number(error).int(error).min(0, error).max(65_535, error).default(fallback);
};

const yesOrNo = z.enum(['true', 'false'], 'true ou false');

const address = z.email('une seule adresse, sans nom').optional();

const schema = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'production, development ou test')
    .default('development'),
  HOST: z.string().default('localhost'),
  PORT: port(4321),
  PUBLIC_ORIGIN: z
    .url({ protocol: /^https?$/, error: 'une adresse web, comme https://exemple.fr' })
    .optional(),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'une adresse postgres://' }).optional(),
  OUTBOX_SECRET: z
    .string()
    .min(32, 'au moins 32 caractères')
    .refine(
      isVaried,
      'trop peu de caractères différents ; un bon secret se tire au sort : openssl rand -hex 32',
    )
    .optional(),
  PGP_PUBLIC_KEY_FILE: z.string().optional(),
  SMTP_HOST: z.string().optional(),
  SMTP_PORT: port(587),
  SMTP_USER: z.string().optional(),
  SMTP_PASS: z.string().optional(),
  SMTP_NAME: z
    .string()
    .regex(/^[a-z\d]([a-z\d.-]*[a-z\d])?$/i, 'un nom de machine, comme site.exemple.fr')
    .optional(),
  SMTP_REQUIRE_TLS: yesOrNo.default('true'),
  MAIL_FROM: address,
  MAIL_TO: address,
  TEST_TO: address,
  MORNING_TEST: yesOrNo.optional(),
  HEALTH_TOKEN: z.string().min(16, 'au moins 16 caractères').optional(),
  TRUSTED_PROXIES: z.string().default(''),
  RATE_PER_HOUR: z.coerce
    .number('un nombre entier')
    .int('un nombre entier')
    .min(10, 'au moins 10')
    .default(120),
  FRAME_ORIGINS: z.string().default(''),
  HCAPTCHA_SITEKEY: z.string().optional(),
  HCAPTCHA_SECRET: z.string().optional(),
  HCAPTCHA_ALWAYS: yesOrNo.default('false'),
});

// A secret typed with one finger guards nothing; one drawn as hexadecimal has some fourteen different characters.
function isVaried(secret: string): boolean {
  return new Set(secret).size >= 8;
}

/** The name of every setting that the server reads. */
export const settingNames = [...Object.keys(schema.shape), 'EXIT_URL'];

const fromFiles = [
  'DATABASE_URL',
  'OUTBOX_SECRET',
  'SMTP_USER',
  'SMTP_PASS',
  'HEALTH_TOKEN',
  'HCAPTCHA_SECRET',
];

/** The names of those that give a file. */
export const fileNames = [...fromFiles.map((name) => `${name}_FILE`), 'PGP_PUBLIC_KEY_FILE'];

/**
 * The settings of the process. Throws `SettingError` with the name of each setting that is ill written, empty as a file or
 * missing in production, else of the first that is given without what it needs. Makes `DATA_DIR`, and outside production a secret kept in it.
 */
export function readSettings(environment: Environment): Settings {
  const given = parse(withFiles(environment));
  const production = given.NODE_ENV === 'production';

  if (given.DATABASE_URL && !given.OUTBOX_SECRET)
    refuse('OUTBOX_SECRET', 'obligatoire avec DATABASE_URL : les machines doivent avoir le même');

  const publicOrigin = given.PUBLIC_ORIGIN ?? `http://localhost:${given.PORT}`;
  if (new URL(publicOrigin).origin !== publicOrigin)
    refuse('PUBLIC_ORIGIN', 'une origine seule, sans chemin ni / final');
  if (production && !isSafe(new URL(publicOrigin)))
    refuse('PUBLIC_ORIGIN', 'https obligatoire en production : sans lui, tout se lirait en chemin');
  const dataDir = madeFolder(resolve(given.DATA_DIR));
  return {
    host: given.HOST,
    port: given.PORT,
    isSocketHanded: isSocketHanded(environment),
    addressFile: environment.RUNTIME_DIRECTORY && join(environment.RUNTIME_DIRECTORY, 'adresse'),
    publicOrigin,
    exitUrl: exitUrlFrom(environment),
    dataDir,
    databaseUrl: given.DATABASE_URL,
    outboxSecret: given.OUTBOX_SECRET ?? secretIn(dataDir),
    teamKeys: given.PGP_PUBLIC_KEY_FILE && readText('PGP_PUBLIC_KEY_FILE', given.PGP_PUBLIC_KEY_FILE),
    mail: smtpFrom(given, publicOrigin) ?? { folder: madeFolder(join(dataDir, 'courriels')) },
    morningTest: given.MORNING_TEST ? given.MORNING_TEST === 'true' : production,
    trustedProxies: proxiesIn(given.TRUSTED_PROXIES),
    ratePerHour: given.RATE_PER_HOUR,
    frameOrigins: originsIn(given.FRAME_ORIGINS),
    captcha: captchaFrom(given),
    healthToken: given.HEALTH_TOKEN,
  };
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

/** Where quick exit leads: https, or http on this very machine. Throws `SettingError` otherwise. */
export function exitUrlFrom(environment: Environment): string {
  const written = environment.EXIT_URL || 'https://meteofrance.com/';
  const url = URL.parse(written);
  if (!url) return refuse('EXIT_URL', 'ce n’est pas une adresse web');
  if (!isSafe(url)) refuse('EXIT_URL', 'une adresse https');
  const origin = environment.PUBLIC_ORIGIN;
  if (origin && url.origin === URL.parse(origin)?.origin) refuse('EXIT_URL', 'un autre site que le nôtre');
  return url.href;
}

function parse({ given: environment, wrong }: WithFiles) {
  const present = Object.entries(environment).filter(([, value]) => value !== '');
  const parsed = schema.safeParse(Object.fromEntries(present));
  const issues = Object.entries(z.flattenError(parsed.error ?? new z.ZodError([])).fieldErrors).map(
    ([name, why]) => lineOf(name, String((why as string[])[0])),
  );
  const missing = environment.NODE_ENV === 'production' ? missingIn(environment) : [];
  const lines = [...wrong, ...issues, ...missing];
  if (!parsed.success || lines.length > 0) throw new SettingError(lines.join('\n'));
  return parsed.data;
}

function missingIn(environment: Environment): string[] {
  const needed = {
    OUTBOX_SECRET: 'obligatoire en production',
    PUBLIC_ORIGIN: 'obligatoire en production',
    SMTP_HOST: 'obligatoire en production : les demandes partent par courriel',
  };
  return Object.entries(needed).flatMap(([name, why]) =>
    environment[name] || environment[`${name}_FILE`] ? [] : [lineOf(name, why)],
  );
}

type WithFiles = { given: Environment; wrong: string[] };

// Secrets may come as files (`SMTP_PASS_FILE`), which neither a process list nor a crash report shows.
function withFiles(environment: Environment): WithFiles {
  const given = { ...environment };
  const wrong: string[] = [];
  for (const name of fileNames) {
    const file = environment[name];
    if (!file) continue;
    if (isAbsentCredential(file, environment)) delete given[name];
    else
      try {
        Object.assign(given, readSetting(name, file, environment));
      } catch (error) {
        wrong.push((error as SettingError).message);
      }
  }
  return { given, wrong };
}

// The unit names a file for each secret there may be; the folder of secrets holds those that there are.
function isAbsentCredential(file: string, { CREDENTIALS_DIRECTORY: folder }: Environment): boolean {
  return folder !== undefined && dirname(file) === resolve(folder) && !existsSync(file);
}

// The keys of the team are only looked at here: they are read as a file, later.
function readSetting(fileName: string, file: string, environment: Environment): Environment {
  const text = readText(fileName, file);
  const name = fileName.slice(0, -'_FILE'.length);
  if (!fromFiles.includes(name)) return {};
  if (environment[name]) refuse(name, `donné deux fois : ${name} et ${fileName}`);
  return { [name]: text };
}

function readText(name: string, file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch {
    return refuse(name, 'fichier illisible');
  }
  return text || refuse(name, 'fichier vide ; ce qui n’est pas réglé n’a pas de fichier');
}

function smtpFrom(given: z.output<typeof schema>, publicOrigin: string): Smtp | undefined {
  if (!given.SMTP_HOST) return undefined;
  if (!given.MAIL_FROM) return refuse('MAIL_FROM', 'obligatoire avec SMTP_HOST');
  if (!given.MAIL_TO) return refuse('MAIL_TO', 'obligatoire avec SMTP_HOST');
  if (!given.SMTP_USER !== !given.SMTP_PASS) return refuse('SMTP_PASS', 'va avec SMTP_USER');
  const requireTls = given.SMTP_REQUIRE_TLS === 'true';
  if (!requireTls && given.NODE_ENV === 'production') refuse('SMTP_REQUIRE_TLS', 'obligatoire en production');
  return {
    host: given.SMTP_HOST,
    port: given.SMTP_PORT,
    login: given.SMTP_USER && given.SMTP_PASS ? { user: given.SMTP_USER, pass: given.SMTP_PASS } : undefined,
    requireTls,
    name: given.SMTP_NAME ?? greetingOf(new URL(publicOrigin)),
    from: given.MAIL_FROM,
    to: given.MAIL_TO,
    testTo: given.TEST_TO ?? given.MAIL_TO,
  };
}

// The name of the site; an address is greeted in brackets (RFC 5321).
function greetingOf({ hostname }: URL): string {
  return isIPv4(hostname) ? `[${hostname}]` : hostname.replace(/^\[(?=.*:)/, '[IPv6:');
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

// https, or http on this very machine.
function isSafe({ protocol, hostname }: URL): boolean {
  const isLocal = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLocal);
}

function captchaFrom(given: z.output<typeof schema>): CaptchaKeys | undefined {
  const { HCAPTCHA_SITEKEY: sitekey, HCAPTCHA_SECRET: secret } = given;
  const always = given.HCAPTCHA_ALWAYS === 'true';
  if (sitekey && secret) return { sitekey, secret, always };
  if (sitekey) return refuse('HCAPTCHA_SECRET', 'va avec HCAPTCHA_SITEKEY');
  if (secret || always) return refuse('HCAPTCHA_SITEKEY', 'va avec HCAPTCHA_SECRET');
  return undefined;
}

function madeFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  } catch {
    return refuse('DATA_DIR', 'dossier impossible à créer');
  }
}

// A first start needs no setting: the secret is drawn once and kept beside the outbox.
function secretIn(dataDir: string): string {
  const file = join(dataDir, 'secret');
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch {
    // it is there already, or the folder is read-only and reading says so
  }
  return readText('DATA_DIR', file);
}

function refuse(name: string, why: string): never {
  throw new SettingError(lineOf(name, why));
}

function lineOf(name: string, why: string): string {
  return `Réglage ${name} : ${why}.`;
}
