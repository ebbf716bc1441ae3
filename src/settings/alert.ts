// The settings of the alert, in a file of their own: the site starts without them, and with wrong ones.
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { address, type Environment, parseGiven, port, withFiles } from './environment.ts';
import { isSafe } from './exit-url.ts';

/** How somebody is told, by another way than the site's own mail. */
export type AlertWay =
  | {
      by: 'mail';
      host: string;
      port: number;
      login: { user: string; pass: string } | undefined;
      from: string;
      to: string;
    }
  | { by: 'commande'; command: string }
  | { by: 'ntfy' | 'webhook'; url: string };

/** What the alert watches, and whom it tells. */
export type AlertSettings = {
  /** The name of the machine, as an alert gives it. */
  name: string;
  /** The origin of the site that is watched. */
  site: string;
  /** Opens the details of health from another machine. */
  healthToken: string | undefined;
  /** Where the memory of what was told is kept. */
  folder: string;
  way: AlertWay;
};

const needed = 'obligatoire';

const schema = z.object({
  ALERT_BY: z.enum(['mail', 'commande', 'ntfy', 'webhook'], 'mail, commande, ntfy ou webhook'),
  ALERT_NAME: z
    .string(needed)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u, 'un nom court, sans autre signe que . _ et -'),
  ALERT_SITE: z
    .url({ protocol: /^https?$/, error: 'une adresse web, comme http://127.0.0.1:4321' })
    .default('http://127.0.0.1:4321'),
  ALERT_HEALTH_TOKEN: z.string().min(16, 'au moins 16 caractères').optional(),
  ALERT_SMTP_HOST: z.string().optional(),
  ALERT_SMTP_PORT: port(587),
  ALERT_SMTP_USER: z.string().optional(),
  ALERT_SMTP_PASS: z.string().optional(),
  ALERT_FROM: address,
  ALERT_TO: address,
  ALERT_COMMAND: z.string().refine(isAbsolute, 'le chemin entier d’un programme').optional(),
  ALERT_URL: z.string().refine(isSafeUrl, 'une adresse https, ou http sur cette machine').optional(),
});

/** The name of every setting of the alert. */
export const alertNames = Object.keys(schema.shape);

const secrets = ['ALERT_HEALTH_TOKEN', 'ALERT_SMTP_USER', 'ALERT_SMTP_PASS', 'ALERT_URL'];

/** The names of those that give a file. */
export const alertFileNames = secrets.map((name) => `${name}_FILE`);

/** Throws `SettingError` with a line for each setting that is ill written, unreadable as a file, or missing. */
export function readAlertSettings(environment: Environment): AlertSettings {
  const whole = withFiles(environment, { secrets, files: alertFileNames });
  const given = parseGiven(schema, whole, missingIn(whole.given));
  return {
    name: given.ALERT_NAME,
    site: new URL(given.ALERT_SITE).origin,
    healthToken: given.ALERT_HEALTH_TOKEN,
    folder: environment.STATE_DIRECTORY ?? 'data',
    way: wayOf(given),
  };
}

/** Whether any setting of the alert is given. */
export function isAlertGiven(environment: Environment): boolean {
  return alertNames.some((name) => environment[name]);
}

const neededBy: Record<string, string[]> = {
  mail: ['ALERT_SMTP_HOST', 'ALERT_FROM', 'ALERT_TO'],
  commande: ['ALERT_COMMAND'],
  ntfy: ['ALERT_URL'],
  webhook: ['ALERT_URL'],
};

function missingIn(given: Environment): [name: string, why: string][] {
  const by = `${given.ALERT_BY}`;
  const missing = (neededBy[by] ?? []).filter((name) => !given[name] && !given[`${name}_FILE`]);
  const isHalfLogin = !given.ALERT_SMTP_USER !== !given.ALERT_SMTP_PASS;
  return [
    ...missing.map((name): [string, string] => [name, `${needed} avec ALERT_BY=${by}`]),
    ...(isHalfLogin ? [['ALERT_SMTP_PASS', 'va avec ALERT_SMTP_USER'] as [string, string]] : []),
  ];
}

function wayOf(given: z.output<typeof schema>): AlertWay {
  const { ALERT_BY: by, ALERT_SMTP_USER: user, ALERT_SMTP_PASS: pass } = given;
  if (by === 'commande') return { by, command: `${given.ALERT_COMMAND}` };
  if (by !== 'mail') return { by, url: `${given.ALERT_URL}` };
  return {
    by,
    host: `${given.ALERT_SMTP_HOST}`,
    port: given.ALERT_SMTP_PORT,
    login: user && pass ? { user, pass } : undefined,
    from: `${given.ALERT_FROM}`,
    to: `${given.ALERT_TO}`,
  };
}

function isSafeUrl(written: string): boolean {
  const url = URL.parse(written);
  return url !== null && isSafe(url);
}
