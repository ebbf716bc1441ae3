// The environment, read against one schema: each setting by its name, given as itself or, for secrets, as a file.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { addFaults } from './read-all.ts';
import { type Faults, lineOf, refuse, SettingError } from './setting-error.ts';

/** What a process is started with. */
export type Environment = Record<string, string | undefined>;

/** A port, or a fallback. */
export const port = (fallback: number) => {
  const error = 'un nombre de 0 à 65535';
  return z.coerce.number(error).int(error).min(0, error).max(65_535, error).default(fallback);
};

const yesOrNo = z.enum(['true', 'false'], 'true ou false');

/** One address of e-mail, if any. */
export const address = z.email('une seule adresse, sans nom').optional();

/** The longest that a request which has left may be kept, to be sent again should it come back: what `/donnees` says. */
export const longestBounceHours = 48;

const hours = `un nombre entier d’heures, de 2 à ${longestBounceHours}`;

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
  MAIL_TO_SECOND: address,
  TEST_TO: address,
  IMAP_HOST: z.string().optional(),
  IMAP_PORT: port(993),
  IMAP_USER: z.string().optional(),
  IMAP_PASS: z.string().optional(),
  BOUNCE_HOURS: z.coerce.number(hours).int(hours).min(2, hours).max(longestBounceHours, hours).default(48),
  TEST_IMAP_HOST: z.string().optional(),
  TEST_IMAP_PORT: port(993),
  TEST_IMAP_USER: z.string().optional(),
  TEST_IMAP_PASS: z.string().optional(),
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
  'IMAP_USER',
  'IMAP_PASS',
  'TEST_IMAP_USER',
  'TEST_IMAP_PASS',
  'HEALTH_TOKEN',
  'HCAPTCHA_SECRET',
];

/** The names of those that give a file. */
export const fileNames = [...fromFiles.map((name) => `${name}_FILE`), 'PGP_PUBLIC_KEY_FILE'];

/** The settings as they were given, of the right shape. */
export type Given = z.output<typeof schema>;

/**
 * The environment as far as it can be read: what is at fault counts as not given. `faults` has a line for each setting that is
 * ill written, unreadable or empty as a file, or missing in production.
 */
export function parseEnvironment(environment: Environment): { given: Given; faults: Faults } {
  const whole = withFiles(environment, { secrets: fromFiles, files: fileNames });
  const present = sift(schema, whole, environment.NODE_ENV === 'production' ? missingIn(whole.given) : []);
  return { given: schema.parse(present), faults: whole.faults };
}

/** What was given, of the shape of a schema; `missing`: those that others ask for. Throws `SettingError` with every line at once. */
export function parseGiven<Shape extends z.ZodObject>(
  schema: Shape,
  whole: Whole,
  missing: Missing[],
): z.output<Shape> {
  const present = sift(schema, whole, missing);
  if (whole.faults.size > 0) throw new SettingError(whole.faults);
  return schema.parse(present);
}

type Missing = [name: string, why: string];

// What of it can be read; each of the others is one of the faults.
function sift(schema: z.ZodObject, { given, faults }: Whole, missing: Missing[]): Environment {
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const issues = schema.safeParse(present).error?.issues ?? [];
  const wrong = issues.map(({ path, message }): Missing => [String(path[0]), message]);
  for (const [name, why] of [...wrong, ...missing]) {
    delete present[name];
    if (!faults.has(name)) faults.set(name, lineOf(name, why));
  }
  return present;
}

function missingIn(environment: Environment): Missing[] {
  const needed = {
    OUTBOX_SECRET: 'obligatoire en production',
    PUBLIC_ORIGIN: 'obligatoire en production',
    SMTP_HOST: 'obligatoire en production : les demandes partent par courriel',
  };
  return Object.entries(needed).filter(([name]) => !environment[name] && !environment[`${name}_FILE`]);
}

/** What was given, its files read, and a line for each setting that cannot be used. */
type Whole = { given: Environment; faults: Faults };

/**
 * An environment with its secrets, which may come as files (`SMTP_PASS_FILE`): neither a process list nor a crash report shows
 * them.
 */
export function withFiles(
  environment: Environment,
  { secrets, files }: { secrets: string[]; files: string[] },
): Whole {
  const whole: Whole = { given: { ...environment }, faults: new Map() };
  for (const name of files) {
    const file = environment[name];
    if (!file) continue;
    if (isAbsentCredential(file, environment)) delete whole.given[name];
    else
      try {
        Object.assign(whole.given, readSetting(name, { text: readText(name, file), secrets, environment }));
      } catch (error) {
        addFaults(whole.faults, error);
      }
  }
  return whole;
}

// The unit names a file for each secret there may be; the folder of secrets holds those that there are.
function isAbsentCredential(file: string, { CREDENTIALS_DIRECTORY: folder }: Environment): boolean {
  return folder !== undefined && dirname(file) === resolve(folder) && !existsSync(file);
}

type Read = { text: string; secrets: string[]; environment: Environment };

// The keys of the team are only looked at here: they are read as a file, later.
function readSetting(fileName: string, { text, secrets, environment }: Read): Environment {
  const name = fileName.slice(0, -'_FILE'.length);
  if (!secrets.includes(name)) return {};
  if (environment[name]) refuse(name, `donné deux fois : ${name} et ${fileName}`);
  return { [name]: text };
}

/** The text of the file that a setting names. Throws `SettingError` when it is empty or cannot be read. */
export function readText(name: string, file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch {
    return refuse(name, 'fichier illisible');
  }
  return text || refuse(name, 'fichier vide ; ce qui n’est pas réglé n’a pas de fichier');
}
