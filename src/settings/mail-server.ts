// The mail server, from its settings; undefined when none is named.
import { isIPv4 } from 'node:net';
import type { Given } from './environment.ts';
import { refuse } from './setting-error.ts';

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
  /** Another mailbox of the team, for what comes back from `to`. */
  second: string | undefined;
  /** The mailbox for test requests. */
  testTo: string;
};

/** Throws `SettingError` when a mail server is named without what it needs. */
export function smtpFrom(given: Given, publicOrigin: string): Smtp | undefined {
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
    second: given.MAIL_TO_SECOND,
    testTo: given.TEST_TO ?? given.MAIL_TO,
  };
}

// The name of the site; an address is greeted in brackets (RFC 5321).
function greetingOf({ hostname }: URL): string {
  return isIPv4(hostname) ? `[${hostname}]` : hostname.replace(/^\[(?=.*:)/, '[IPv6:');
}
